"""FL209: a model gets more or fewer arrays than it has inputs or outputs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from flatlint.catalogue.eras import Era
from flatlint.catalogue.metrics import CHOSEN
from flatlint.catalogue.training import TAKES_LABELS
from flatlint.diagnostics import Severity
from flatlint.graph import Array, DataCall, ModelKind, ProgramFacts, TensorTree, tensors_of
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.refused_feed import method_of


class WrongNumberOfArrays(Rule):
    """A model gets more or fewer arrays than it has inputs or outputs, or gets them by wrong names.

    A model with two inputs takes a list of two arrays, or a dict with the names of its `Input`
    layers; a model with two outputs takes two arrays of labels. One array for two outputs is
    refused by Keras 3; Keras 2 trains every output with it, where the loss does not refuse it.

    A **list of samples** is no list of inputs: to a model with one input, pass `np.array(samples)`.

    Source: `assert_input_compatibility` in keras/src/layers/input_spec.py and
    tf_keras/src/engine/input_spec.py; `CompileLoss.call` in keras/src/trainers/compile_utils.py.

    Bad:
        import numpy as np
        from keras import Input, Model
        from keras.layers import Dense, concatenate

        left, right = Input((4,)), Input((4,))
        model = Model([left, right], Dense(1)(concatenate([left, right])))
        model.predict(np.zeros((10, 4)))  # finding

    Good:
        import numpy as np
        from keras import Input, Model
        from keras.layers import Dense, concatenate

        left, right = Input((4,)), Input((4,))
        model = Model([left, right], Dense(1)(concatenate([left, right])))
        model.predict([np.zeros((10, 4)), np.zeros((10, 4))])
    """

    code = "FL209"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Count the arrays for the inputs, then those for the outputs."""
        if call.guarded or call.model.kind is ModelKind.SUBCLASS:
            return
        found = _inputs(call, facts) or _labels(call, facts)
        if found is not None:
            text, severity = found
            yield Finding(call.site, f"{method_of(call)} {text}", severity=severity)


def _names(tree: TensorTree) -> list[str]:
    if isinstance(tree, Mapping):
        return sorted(tree)
    return [t.made_by.layer.name if t.made_by is not None else "" for t in tensors_of(tree)]


def _hangs_on_era(name: str, facts: ProgramFacts) -> bool:
    """Whether an input has no name of its own: `input_layer` in Keras 3 is `input_1` in Keras 2."""
    return len(facts.eras) > 1 and re.fullmatch(r"input_layer(_\d+)?", name) is not None


def _count(value: object) -> int | None:
    """How many arrays there are; `None` where not all parts are arrays."""
    if isinstance(value, Array):
        return 1
    if isinstance(value, list | tuple) and value:
        return len(value) if all(isinstance(part, Array) for part in value) else None
    return None


def _inputs(call: DataCall, facts: ProgramFacts) -> tuple[str, Severity | None] | None:
    names, data = _names(call.model.inputs), call.arguments.get("x")
    if not names or any(tensor.is_given for tensor in tensors_of(call.model.inputs)):
        return None  # Without eager execution an input that has its values takes no data.
    if isinstance(data, Mapping):
        if "" in names:
            return None  # An input whose name the program's own code makes.
        is_missing = any(name not in data and not _hangs_on_era(name, facts) for name in names)
        return (_misnamed(names, data, "inputs"), None) if is_missing and _are_named(data) else None
    count = _count(data)
    if count is None or count == len(names):
        return None
    if call.model.kind is ModelKind.SEQUENTIAL and Era.KERAS_3 in facts.eras:
        return None  # A Sequential of Keras 3 takes the first array and leaves the others.
    return f"gets {_arrays(count)}, and the model has {_things(len(names), 'input')}", None


def _are_named(data: Mapping[object, object]) -> bool:
    return all(isinstance(key, str) for key in data)


def _misnamed(names: list[str], data: Mapping[object, object], what: str) -> str:
    given, wanted = ", ".join(map(repr, data)), ", ".join(map(repr, names))
    return f"gets {what} for {given}, and those of the model are called {wanted}"


def _labels(call: DataCall, facts: ProgramFacts) -> tuple[str, Severity | None] | None:
    names, labels = _names(call.model.outputs), call.arguments.get("y")
    if call.method not in TAKES_LABELS or not names or call.compiled is None:
        return None
    if facts.eras == (Era.KERAS_2,) and _are_in_another_form(call, labels):
        outputs = "a dict" if isinstance(call.model.outputs, Mapping) else "one array"
        return f"gets labels in a list, and the outputs of the model are {outputs}", None
    count = _count(labels)
    is_list = isinstance(labels, list | tuple)
    if facts.eras == (Era.KERAS_2,) and is_list and count is not None and len(names) > 1:
        # Keras 2 brings a list into the structure of the outputs before it asks for losses.
        return (_surplus(count, names), None) if count != len(names) else None
    # The names of as many labels as outputs are compared whatever the losses are; the metrics of
    # Keras 3 look up every name (`CompileMetrics._flatten_y` in keras/src/trainers).
    is_compared = isinstance(labels, Mapping) and (
        facts.eras == (Era.KERAS_2,)
        or len(labels) == len(names) > 1
        or (facts.eras == (Era.KERAS_3,) and len(names) > 1 and _has_metrics(call))
    )
    if not is_compared and not _has_one_loss(call, names):
        return None
    if isinstance(labels, Mapping):
        return _misnamed_labels(names, labels, facts) if _are_named(labels) else None
    if count is None or count == len(names):
        return None
    text = _surplus(count, names)
    if Era.KERAS_2 in facts.eras and not (is_list and len(names) > 1):
        left = "each of them is trained with it" if count < len(names) else "the rest is not used"
        return f"{text}: in Keras 2 {left}", Severity.WARNING
    return text, None


def _surplus(count: int, names: list[str]) -> str:
    outputs = _things(len(names), "output")
    return f"gets {_arrays(count)} of labels, and the model has {outputs}"


def _has_metrics(call: DataCall) -> bool:
    """Whether the model surely was compiled with metrics."""
    assert call.compiled is not None
    metrics = call.compiled.arguments.get("metrics")
    return isinstance(metrics, list | tuple | Mapping) and bool(metrics)


def _are_in_another_form(call: DataCall, labels: object) -> bool:
    """Whether labels stand in a list that Keras 2 does not unpack.

    It has a dict for a dict of outputs, and looks for the shape of the list itself where it is to
    choose an accuracy for a single output.
    """
    if not isinstance(labels, list | tuple) or _count(labels) is None:
        return False
    if isinstance(call.model.outputs, Mapping):
        return True
    assert call.compiled is not None
    metrics = call.compiled.arguments.get("metrics")
    words = metrics if isinstance(metrics, list | tuple) else [metrics]
    return len(labels) == len(call.outputs) == 1 and any(word in CHOSEN for word in words)


def _misnamed_labels(
    names: list[str], labels: Mapping[object, object], facts: ProgramFacts
) -> tuple[str, Severity | None] | None:
    """Keras 2 trains the outputs that have labels; labels for no output are refused in any era."""
    if any(name not in names for name in labels):
        return _misnamed(names, labels, "labels"), None
    # Keras 3 wants a dict for a list of outputs to be whole, and takes none for a single output.
    if facts.eras == (Era.KERAS_3,) and (len(labels) < len(names) or len(names) == 1):
        return _misnamed(names, labels, "labels"), None
    return None


def _has_one_loss(call: DataCall, names: list[str]) -> bool:
    """Whether the same loss, or one each, surely stands at every output."""
    loss = call.compiled.arguments.get("loss") if call.compiled is not None else None
    if isinstance(loss, Mapping):
        return set(loss) == set(names) and all(isinstance(part, str) for part in loss.values())
    if isinstance(loss, list | tuple):
        return len(loss) == len(names) and all(isinstance(part, str) for part in loss)
    return isinstance(loss, str)


def _arrays(count: int) -> str:
    return "one array" if count == 1 else f"{count} arrays"


def _things(count: int, what: str) -> str:
    return f"one {what}" if count == 1 else f"{count} {what}s"

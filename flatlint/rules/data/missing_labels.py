"""FL214: a model with a loss is given no labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import libcst as cst

from flatlint.catalogue.eras import Era
from flatlint.diagnostics import Applicability, Severity
from flatlint.graph import Array, DataCall, ModelKind, ProgramFacts, Unknown
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.arrays import arrays_in, origins
from flatlint.rules.data.call_arguments import site_of, written_argument
from flatlint.rules.data.label_meetings import losses_of
from flatlint.rules.data.refused_feed import method_of
from flatlint.rules.edits import NodeEdit, NodeFix, Where
from flatlint.shapes import Shape, are_equal

_TRAINS = frozenset({"fit", "train_on_batch"})
_EVALUATES = frozenset({"evaluate", "test_on_batch"})


class MissingLabels(Rule):
    """A model that was compiled with a loss is trained or evaluated without labels.

    A loss compares the output with labels. An autoencoder is trained on its own inputs, and has to
    be told so: `fit(x, x)`. A dataset or generator for `fit` gives pairs, `(inputs, labels)`: one
    of inputs alone is made for `predict`.

    Source: `CompileLoss.call` in keras/src/trainers/compile_utils.py,
    `Model._validate_target_and_loss` in tf_keras/src/engine/training.py.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((8,)), Dense(2, activation="relu"), Dense(8)])
        model.compile("adam", "mse")
        model.fit(np.zeros((100, 8)))  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((8,)), Dense(2, activation="relu"), Dense(8)])
        model.compile("adam", "mse")
        x = np.zeros((100, 8))
        model.fit(x, x)
    """

    code = "FL214"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Look whether there are labels where the loss of the model needs some."""
        if call.guarded or call.compiled is None or call.model.kind is ModelKind.SUBCLASS:
            return
        is_checked = call.method in _TRAINS or (
            call.method in _EVALUATES and (facts.eras == (Era.KERAS_3,) or _measures(call))
        )
        if not is_checked or Era.KERAS_1 in facts.eras or call.arguments.get("y") is not None:
            return
        losses = losses_of(call, facts)
        data = call.arguments.get("x")
        if not losses or None in losses or not _are_arrays(data):
            return
        what = f"the {call.part}" if call.part else "data"
        yield Finding(
            call.site,
            f"{method_of(call)} gets {what} without labels, and the loss, {losses[0]}, compares "
            "the output with labels",
            related=(
                *origins(*(("inputs", array) for array in arrays_in(data))),
                ("the loss is set here", call.compiled.site),
            ),
            fix=_onto_itself(call, data),
            help="Keras says: None values not supported (Keras 3), Target data is missing (Keras "
            "2).",
        )


def _onto_itself(call: DataCall, data: object) -> NodeFix | None:
    """The inputs as labels, where the output has their shape: an autoencoder."""
    node, written = call.site.node, written_argument(call, "x")
    if not isinstance(data, Array) or not isinstance(written, cst.Name) or len(call.outputs) != 1:
        return None
    if not isinstance(node, cst.Call) or not _are_alike(data.shape, call.outputs[0]):
        return None
    keyword = next((arg.keyword for arg in node.args if arg.value is written), None)
    if keyword is None and sum(arg.keyword is None for arg in node.args) > 1:
        return None
    text = f", y={written.value}" if keyword is not None else f", {written.value}"
    edit = NodeEdit(site_of(call, written), Where.AFTER, text)
    return NodeFix(Applicability.UNSAFE, f"Train the model on {written.value} itself", (edit,))


def _are_alike(data: Shape | Unknown, output: Shape | None) -> bool:
    """Whether an output has the shape of the data, but for the batch."""
    if not isinstance(data, Shape) or output is None or data.rank != output.rank:
        return False
    return data.rank > 1 and all(
        are_equal(a, b) is True for a, b in zip(data[1:], output[1:], strict=True)
    )


def _measures(call: DataCall) -> bool:
    """Whether there is a metric that wants labels where Keras 2 computes no loss without them."""
    metrics = call.compiled.arguments.get("metrics") if call.compiled is not None else None
    return isinstance(metrics, list | tuple) and any(isinstance(part, str) for part in metrics)


def _are_arrays(data: object) -> bool:
    """Whether all inputs are known to be arrays."""
    if isinstance(data, Mapping):
        return bool(data) and all(map(_are_arrays, data.values()))
    if isinstance(data, list | tuple):
        return bool(data) and all(map(_are_arrays, data))
    return isinstance(data, Array)

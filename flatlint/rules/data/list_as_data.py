"""FL210: a Python list of numbers stands where Keras takes an array."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.eras import Era
from flatlint.diagnostics import Applicability, Severity
from flatlint.graph import DataCall, ModelKind, ProgramFacts, tensors_of
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.arrays import arrays_in
from flatlint.rules.data.call_arguments import code_of, numpy_alias, site_of, written_argument
from flatlint.rules.data.refused_feed import method_of
from flatlint.rules.edits import NodeEdit, NodeFix, Where

_NAMES = {"x": "inputs", "y": "labels", "sample_weight": "sample weights"}


class ListAsData(Rule):
    """A Python list of numbers is given to a model where Keras takes an array.

    To Keras a list is a list of inputs, one array each. Keras 3 refuses a list of numbers; Keras 2
    takes one if inputs **and** labels are lists, and refuses a list beside an array. `np.array(x)`
    makes an array of it.

    Source: `can_convert_arrays` in keras/src/trainers/data_adapters/array_data_adapter.py and
    `ListsOfScalarsDataAdapter` in tf_keras/src/engine/data_adapter.py.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((1,)), Dense(1)])
        model.compile("sgd", "mse")
        model.fit(np.array([1.0, 2.0, 3.0]), [2.0, 4.0, 6.0])  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((1,)), Dense(1)])
        model.compile("sgd", "mse")
        model.fit(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0]))
    """

    code = "FL210"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Find lists of numbers among the arguments that hold data."""
        if call.guarded or Era.KERAS_1 in facts.eras:
            return
        if call.method == "__call__" and not _declares_input(call):
            return
        parts = {name: call.arguments.get(name) for name in _NAMES}
        is_on_batch = call.method.endswith("_on_batch")
        if is_on_batch and Era.KERAS_3 in facts.eras:
            # Of one batch Keras 3 makes tensors first: the loss looks at a list of weights.
            del parts["sample_weight"]
        lists = [name for name, value in parts.items() if is_list_of_numbers(value)]
        if facts.is_legacy_keras and facts.eras == (Era.KERAS_2,):
            lists = [name for name in lists if not _is_flat(parts[name])]
        has_array = any(True for value in parts.values() for _ in arrays_in(value))
        is_bare = any(isinstance(parts[name], int | float) for name in lists)
        is_refused = has_array or is_on_batch or is_bare or call.method == "__call__"
        is_refused = is_refused or facts.eras == (Era.KERAS_3,)
        if not lists or not is_refused:
            return
        what = " and ".join(_NAMES[name] for name in lists)
        explained = (
            "as a bare number: a batch has an axis for its samples, as np.array([…]) makes one"
            if is_bare
            else "as a Python list of numbers: to Keras a list is a list of inputs, one array each"
        )
        yield Finding(
            call.site,
            f"{method_of(call)} gets {what} {explained}",
            severity=Severity.WARNING if facts.is_legacy_keras and not is_bare else None,
            fix=None if is_bare else _as_arrays(call, lists),
            help="Keras says: Unrecognized data type (Keras 3), Failed to find data adapter that "
            "can handle input (Keras 2).",
        )


def _declares_input(call: DataCall) -> bool:
    """Whether a model knows what it takes: lists then are inputs too many."""
    return call.model.kind is not ModelKind.SUBCLASS and any(tensors_of(call.model.inputs))


def _is_flat(value: object) -> bool:
    """Whether it is one list of numbers: standalone Keras made an array of that.

    Source: `standardize_input_data` of keras/engine/training_utils.py, 2.2.
    """
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], int | float)


def is_list_of_numbers(value: object) -> bool:
    """Whether this is a number, or a list, or lists in a list, with one at its first place."""
    if isinstance(value, int | float):
        return True
    while isinstance(value, list | tuple) and value:
        value = value[0]
        if isinstance(value, int | float):
            return True
    return False


def _as_arrays(call: DataCall, names: list[str]) -> NodeFix | None:
    alias = numpy_alias(call.site.source)
    edits = []
    for name in names:
        written = written_argument(call, name)
        if written is None or alias is None:
            return None
        text = f"{alias}.array({code_of(written)})"
        edits.append(NodeEdit(site_of(call, written), Where.INSTEAD, text))
    return NodeFix(Applicability.SAFE, f"Make arrays of them with {alias}.array", tuple(edits))

"""FL235: a number of samples, steps or epochs is none that Keras can count to."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from flatlint.catalogue.eras import Era
from flatlint.diagnostics import Applicability, Severity
from flatlint.graph import Array, DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.call_arguments import code_of, site_of, written_argument
from flatlint.rules.data.refused_feed import method_of
from flatlint.rules.edits import NodeEdit, NodeFix, Where
from flatlint.shapes import Shape

_SAMPLES_OR_EPOCHS = ("batch_size", "epochs", "initial_epoch")
_STEPS = ("steps_per_epoch", "validation_steps", "steps")
_POSITIVE = ("batch_size", "epochs")


class ImpossibleCount(Rule):
    """A batch size, a number of epochs or of steps is not a whole number, or not above zero.

    `/` always gives a float: `len(x) / 32` is 187.5, and 6.0 is no integer to Python either.
    `len(x) // 32` leaves the rest of the samples out, `math.ceil(len(x) / 32)` takes it in;
    `np.ceil` gives a float again. Keras 2 took floats for steps, Keras 3 does not. Keras 2 refuses
    a batch size or a number of epochs below one.

    Source: `TFEpochIterator` in keras/src/backend/tensorflow/trainer.py, `DataHandler` in
    tf_keras/src/engine/data_adapter.py.

    Bad:
        import numpy as np
        from tensorflow.keras import Input, Sequential
        from tensorflow.keras.layers import Dense

        x, y = np.zeros((600, 4)), np.zeros((600, 1))
        model = Sequential([Input((4,)), Dense(1)])
        model.compile("adam", "mse")
        model.fit(x, y, batch_size=len(x) / 10)  # finding

    Good:
        import numpy as np
        from tensorflow.keras import Input, Sequential
        from tensorflow.keras.layers import Dense

        x, y = np.zeros((600, 4)), np.zeros((600, 1))
        model = Sequential([Input((4,)), Dense(1)])
        model.compile("adam", "mse")
        model.fit(x, y, batch_size=len(x) // 10)
    """

    code = "FL235"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Look at every argument that counts something."""
        if call.guarded or call.part or Era.KERAS_1 in facts.eras:
            return
        for name in (*_SAMPLES_OR_EPOCHS, *_STEPS):
            reason = _reason(call, name, facts)
            if reason is None or (call.stream is not None and name == "batch_size"):
                continue
            yield Finding(
                call.site,
                f"{method_of(call)} gets {name}={reason}",
                fix=_whole(call, name),
                help="Keras says: 'float' object cannot be interpreted as an integer, Expected "
                "batch_size to be positive.",
            )
            return


def _reason(call: DataCall, name: str, facts: ProgramFacts) -> str | None:
    value = call.arguments.get(name)
    # Standalone Keras 2 ran on Python 2, which divided integers without a rest.
    is_sure = not facts.is_legacy_keras or isinstance(written_argument(call, name), cst.Float)
    if is_sure and (name not in _STEPS or facts.eras == (Era.KERAS_3,)):
        if isinstance(value, float):
            return f"{value}: a whole number is wanted, and this is a float"
        if _is_float(value) or (value is not None and _is_quotient(call, name)):
            return "a float: a whole number is wanted"
    is_counted = name in _POSITIVE and isinstance(value, int) and not isinstance(value, bool)
    if is_counted and facts.eras == (Era.KERAS_2,) and not facts.is_legacy_keras:
        assert isinstance(value, int)
        return f"{value}: at least 1 is wanted" if value < 1 else None
    return None


def _is_float(value: object) -> bool:
    """Whether this is a single float of numpy's."""
    is_single = isinstance(value, Array) and value.shape == Shape(())
    return is_single and isinstance(value, Array) and (value.dtype or "").startswith("float")


def _is_quotient(call: DataCall, name: str) -> bool:
    """Whether the argument is written as a division of numbers, whatever they are."""
    match written_argument(call, name):
        case cst.BinaryOperation(operator=cst.Divide()):
            return not isinstance(call.arguments.get(name), Array)
    return False


def _whole(call: DataCall, name: str) -> NodeFix | None:
    """`//` in the place of `/`, as Python 2 divided; an integer for a float that is one already."""
    match written_argument(call, name):
        case cst.Float() as written if float(written.evaluated_value).is_integer():
            return _instead(call, written, str(int(written.evaluated_value)), Applicability.SAFE)
        case cst.Call(func=cst.Attribute(attr=cst.Name("ceil" | "floor" | "round"))) as written:
            text = f"int({code_of(written)})"
            return _instead(call, written, text, Applicability.SAFE)
        case cst.BinaryOperation(left=left, operator=cst.Divide(), right=right) as written:
            text = f"{code_of(left)} // {code_of(right)}"
            return _instead(call, written, text, Applicability.UNSAFE)
    return None


def _instead(call: DataCall, written: cst.CSTNode, text: str, how_far: Applicability) -> NodeFix:
    edit = NodeEdit(site_of(call, written), Where.INSTEAD, text)
    return NodeFix(how_far, f"Count in whole numbers: {text}", (edit,))

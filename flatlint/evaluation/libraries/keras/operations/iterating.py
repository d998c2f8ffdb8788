"""Going through a symbolic tensor: before data comes, it has no rows."""

from __future__ import annotations

from flatlint.catalogue.eras import Era
from flatlint.evaluation.base import Interpreter, method
from flatlint.evaluation.libraries.keras.operations.recording import refused
from flatlint.evaluation.libraries.keras.operations.symbolic import is_symbolic
from flatlint.evaluation.values import Value
from flatlint.graph import Tensor
from flatlint.shapes import Open, Shape


@method(Tensor, "__iter__")
def iterate(run: Interpreter, tensor: Tensor) -> Value:
    """`a, b = tensor` or `for row in tensor`, outside of any layer's own code.

    Source: `KerasTensor.__iter__` in keras/src/backend/common/keras_tensor.py, `Tensor.__iter__`
    in tensorflow/python/framework/tensor.py.
    """
    if not is_symbolic(run, tensor) or not all(_is_refused(tensor, era) for era in run.eras):
        return None
    return refused(
        run,
        "iter",
        [tensor],
        f"one symbolic tensor {tensor.shape} is gone through as if it were several: before data "
        "comes it has no rows",
        "Iterating over a symbolic KerasTensor is not supported.",
    )


def _is_refused(tensor: Tensor, era: Era) -> bool:
    """Whether an era refuses it: Keras 2 does where it does not know how many rows there are."""
    shape = tensor.shape
    if not isinstance(shape, Shape) or not shape.rank or era is Era.KERAS_1:
        return False
    return era is Era.KERAS_3 or isinstance(shape[0], Open)

"""Functions that pick parts of tensors by number."""

from __future__ import annotations

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.libraries.keras.functions.elementwise import lost, paths
from flatlint.evaluation.libraries.keras.operations.borrowing import borrow
from flatlint.evaluation.libraries.keras.operations.recording import operation
from flatlint.evaluation.values import Value, value_size
from flatlint.graph import Array, Made, Tensor
from flatlint.shapes import UNFIXED, Shape


@models(*paths("gather"))
def gather(
    run: Interpreter,
    params: Value = None,
    indices: Value = None,
    axis: Value = 0,
    x: Value = None,
    reference: Value = None,
    **_: Value,
) -> Value:
    """Rows picked by number; an index that is a tensor leaves its own axes in their place."""
    given = next((value for value in (params, x, reference) if value is not None), None)
    axis = 0 if axis is None else axis
    source = given.shape if isinstance(given, Tensor | Array) else None
    picks = indices.shape if isinstance(indices, Tensor | Array) else None
    if isinstance(source, Shape) and isinstance(picks, Shape) and isinstance(axis, int):
        where = axis % max(source.rank, 1)
        tensors = [value for value in (given, indices) if isinstance(value, Tensor)]
        shape = Shape((*source[:where], *picks, *source[where + 1 :]))
        return operation(run, "gather", tensors, shape)
    return borrow(run, "gather", "take", [given, indices], {"axis": axis})


@models("keras.ops.take", "keras.ops.numpy.take")
def take(run: Interpreter, x: Value, indices: Value, axis: Value = None) -> Value:
    """Without an axis the elements are laid out in one, as numpy does it."""
    if axis is not None:
        return gather(run, x, indices, axis)
    picks = borrow(run, "take", "asarray", [indices])
    if isinstance(x, Tensor) and isinstance(picks, Array | Tensor):
        shape = picks.shape
        return operation(run, "take", [x], shape) if isinstance(shape, Shape) else Tensor(shape)
    return lost(run, "take")


@models(*paths("one_hot"))
def one_hot(
    run: Interpreter,
    indices: Value = None,
    depth: Value = None,
    num_classes: Value = None,
    x: Value = None,
    axis: Value = -1,
    **_: Value,
) -> Value:
    """An axis of `depth` at the end."""
    given = indices if indices is not None else x
    size = value_size(depth if depth is not None else num_classes)
    if isinstance(given, Tensor | Array) and isinstance(given.shape, Shape) and axis == -1:
        shape = Shape((*given.shape, UNFIXED if size is None else size))
        if isinstance(given, Tensor):
            return operation(run, "one_hot", [given], shape)
        return Array(
            shape, "float32", made=Made("one_hot", run.here, (given,)), library="tensorflow"
        )
    return lost(run, "one_hot")

"""Operations that change what the numbers are: casts, one-hot codes."""

from __future__ import annotations

from typing import Any

from flatlint.catalogue.arguments import as_size, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations.operands import tensor
from flatlint.catalogue.operations.registry import operation
from flatlint.shapes import UNFIXED, Open, Shape

DTYPES = frozenset([
    "bool", "string", "bfloat16", "float16", "float32", "float64", "complex64", "complex128", "int",
    "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float8_e4m3fn",
    "float8_e5m2",
])  # fmt: skip
"""The names of dtypes that Keras 3 knows: `standardize_dtype` in keras/src/backend/common."""


@operation("cast")
def cast(x: object, dtype: object) -> Shape:
    """The shape stays."""
    _require_dtype("cast", dtype)
    return tensor("cast", x)


def _require_dtype(name: str, dtype: object) -> None:
    if (isinstance(dtype, str) and dtype not in DTYPES) or isinstance(dtype, int | float | list):
        raise ShapeConflict(
            f"{name}: Keras knows no dtype {dtype!r}",
            f"Invalid dtype: {dtype}",
        )


@operation("convert_to_tensor", "array")
def same(x: object, *_: Any, **__: Any) -> Shape:
    """The shape stays."""
    return tensor("convert_to_tensor", x)


@operation("one_hot")
def one_hot(x: object, num_classes: object, axis: object = -1, **_: Any) -> Shape:
    """A new axis of `num_classes`, which cannot be named from the end but for -1."""
    return _coded("one_hot", tensor("one_hot", x), num_classes, axis)


@operation("multi_hot")
def multi_hot(inputs: object, num_classes: object = None, axis: object = -1, **_: Any) -> Shape:
    """As one_hot, with the axis that held the numbers summed up."""
    coded = _coded("multi_hot", tensor("multi_hot", inputs), num_classes, axis)
    return Shape((coded[-1],)) if coded.rank == 2 else Shape((coded[0], *coded[2:]))


def _coded(name: str, shape: Shape, num_classes: object, axis: object) -> Shape:
    is_count = isinstance(num_classes, int) or is_symbolic(num_classes) or num_classes is None
    if not isinstance(axis, int) or not is_count:
        raise NotKnown(f"the classes and the axis of {name}")
    size = as_size(num_classes)
    if axis == -1:
        return Shape((*shape, size))
    if not 0 <= axis < shape.rank:
        raise ShapeConflict(
            f"{name}: the new axis is -1 or one of 0 to {shape.rank - 1}, not {axis}",
            f"axis must be -1 or between [0, {shape.rank}), but received {axis}.",
        )
    return Shape((*shape[:axis], size, *shape[axis:]))


@operation("view")
def view(x: object, dtype: object = None) -> Shape:
    """The bytes read as another dtype, which the last axis makes up for.

    How wide the numbers are is not known here.
    """
    shape = tensor("view", x)
    _require_dtype("view", dtype)
    if dtype is None or (shape.rank and isinstance(shape[-1], Open)):
        return shape
    if not shape.rank:
        raise NotKnown("how many bytes a number has")
    return shape.with_last(UNFIXED)

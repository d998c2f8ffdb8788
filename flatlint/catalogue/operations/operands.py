"""What operations are given: tensors as shapes, lists of them, axes, and what is none of these."""

from __future__ import annotations

from collections.abc import Sequence

from flatlint.catalogue.arguments import (
    OpaqueArgument,
    UnknownArgument,
    as_size,
    is_symbolic,
)
from flatlint.catalogue.axes import from_front, numbers_of, require_within
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.numpy_integers import is_python_integer
from flatlint.shapes import OPEN, Dim, Open, Shape, are_equal, product


def tensor(name: str, value: object) -> Shape:
    """The shape of an operand that has to be a tensor."""
    if isinstance(value, Shape):
        return value
    if isinstance(value, UnknownArgument):
        raise NotKnown(value.reason, value.origin)
    if isinstance(value, list | tuple | dict | str | int | float) or value is None:
        kind = type(value).__name__
        raise ShapeConflict(
            f"{name} takes a tensor, not a {kind}", f"{kind!r} object has no attribute 'shape'"
        )
    raise NotKnown(f"what {name} is given")


def tensors(name: str, value: object) -> list[Shape]:
    """The shapes of a list of tensors; a tensor itself cannot be iterated over."""
    if isinstance(value, Shape):
        raise ShapeConflict(
            f"{name} takes a list of tensors, not one tensor {value}",
            "Iterating over a symbolic KerasTensor is not supported.",
        )
    if not isinstance(value, list | tuple):
        raise NotKnown(f"what {name} is given")
    return [tensor(name, part) for part in value]


def operand(name: str, value: object) -> Shape:
    """The shape of an operand that may be a number too; Keras 3 makes no tensor of a list."""
    if isinstance(value, bool | int | float | complex) or (
        is_symbolic(value) and not isinstance(value, UnknownArgument)
    ):
        return Shape(())
    if isinstance(value, list | tuple | dict) or value is None:
        kind = type(value).__name__
        raise ShapeConflict(
            f"{name} combines tensors and numbers, not a {kind}", f"Invalid dtype: {kind}"
        )
    if isinstance(value, str):
        raise ShapeConflict(
            f"{name} combines tensors and numbers, not text",
            "dtype='string' is not a valid dtype for Keras type promotion.",
        )
    if isinstance(value, Shape):
        return value
    if isinstance(value, UnknownArgument):
        raise NotKnown(value.reason, value.origin)
    raise NotKnown(f"what {name} is given")


def axis_within(name: str, axis: object, shape: Shape) -> int:
    """An axis counted from 0; refused where the tensor has it not."""
    (number,) = _numbers(name, [axis])
    require_within(name, [number], shape, _beyond(number, shape.rank))
    return number % shape.rank


def axes_within(name: str, axes: object, shape: Shape) -> list[int]:
    """Axes counted from 0; refused where the tensor has one of them not."""
    numbers = _numbers(name, axes if isinstance(axes, list | tuple) else [axes])
    for number in numbers:
        require_within(name, [number], shape, _beyond(number, shape.rank))
    return from_front(numbers, shape.rank)


def _numbers(name: str, axes: Sequence[object]) -> list[int]:
    for axis in axes:
        if isinstance(axis, OpaqueArgument) or is_symbolic(axis):
            raise NotKnown(f"the axis of {name}")
        if isinstance(axis, list | tuple | dict):
            raise ShapeConflict(
                f"{name}: an axis is a whole number, and {axis!r} is none",
                f"{type(axis).__name__!r} object cannot be interpreted as an integer",
            )
    return numbers_of(list(axes))


def _beyond(axis: int, rank: int) -> str:
    return f"axis {axis} is out of bounds for an array with dimension {rank}."


def total(sizes: Sequence[Dim]) -> Dim:
    """The number of elements, open where one size is."""
    return OPEN if any(isinstance(size, Open) for size in sizes) else product(sizes)


def whole_number(name: str, value: object, what: str) -> int:
    """A number that has to be known."""
    if isinstance(value, bool) or not isinstance(value, int):
        if isinstance(value, str | float | list | tuple) or value is None:
            raise ShapeConflict(
                f"{name}: `{what}` must be a whole number, not {value!r}",
                f"unsupported operand: {type(value).__name__!r} object is no integer",
            )
        raise NotKnown(f"`{what}` of {name}")
    return value


def python_integer(name: str, value: object, what: str) -> int:
    """A number that has to be known, and an `int` of Python's."""
    number = whole_number(name, value, what)
    if is_python_integer(number):
        return number
    raise ShapeConflict(
        f"{name}: `{what}` must be an int of Python's own, not numpy's {number}",
        f"Argument `{what}` must be of type `int`.",
    )


def number_or_tensor(name: str, value: object) -> Shape:
    """The shape of an operand that may be a whole number in place of a tensor."""
    return Shape(()) if isinstance(value, int) else tensor(name, value)


def matrix(name: str, value: object) -> Shape:
    """The shape of one matrix or of many."""
    shape = tensor(name, value)
    if shape.rank < 2:
        raise ShapeConflict(
            f"{name} needs 2 axes or more, and {shape} has {shape.rank}",
            f"Expected input to have rank >= 2. Received input with shape {shape}.",
        )
    return shape


def square(name: str, value: object) -> Shape:
    """The shape of matrices with as many rows as columns; an open size is equal to another only."""
    shape = matrix(name, value)
    if is_same_size(shape[-2], shape[-1]) is False:
        raise ShapeConflict(
            f"{name} takes square matrices, and those of {shape} have {shape[-2]} rows and "
            f"{shape[-1]} columns",
            f"Expected a square matrix. Received non-square input with shape {shape}",
        )
    return shape


def vector(name: str, value: object) -> Shape:
    """The shape of a tensor with one axis and no more."""
    shape = tensor(name, value)
    if shape.rank != 1:
        raise ShapeConflict(
            f"{name} takes a tensor of one axis, and {shape} has {shape.rank}",
            f"Input tensor must be 1-dimensional. Received: input.shape={shape}",
        )
    return shape


def is_same_size(left: Dim, right: Dim) -> bool | None:
    """Whether Keras finds two sizes equal with `==`: `None` is equal to `None` and to nothing else.

    `None` where the source does not fix one of them.
    """
    if isinstance(left, int | Open) and isinstance(right, int | Open):
        return left == right
    return are_equal(left, right)


def is_same_shape(left: Shape, right: Shape) -> bool:
    """Whether Keras may find two shapes equal with `==`: `None` differs from every number."""
    return left.rank == right.rank and all(
        is_same_size(a, b) is not False for a, b in zip(left, right, strict=True)
    )


def known_size(name: str, value: object, what: str) -> Dim:
    """A whole number, or one that the source gives a name."""
    return as_size(value) if is_symbolic(value) else whole_number(name, value, what)


def stated_size(name: str, value: object) -> Dim:
    """A size of an output, as `KerasTensor` takes it.

    Source: `standardize_shape` in keras/src/backend/common/variables.py.
    """
    if value is None:
        return OPEN
    if isinstance(value, str | float) or (isinstance(value, int) and value < 0):
        raise ShapeConflict(
            f"{name}: no axis can have the size {value!r}",
            f"Cannot convert to a shape. Found invalid dimension {value!r}.",
        )
    if isinstance(value, int | Open) or is_symbolic(value):
        return as_size(value)
    raise NotKnown(f"the sizes that {name} is to give")


def stated_shape(name: str, value: object) -> Shape:
    """The shape of an output where it is an argument, or was counted."""
    if isinstance(value, UnknownArgument):
        raise NotKnown(value.reason, value.origin)
    if value is None or isinstance(value, int | float):
        raise ShapeConflict(
            f"{name}: a shape is a list of sizes, not {value!r}",
            f"Cannot convert '{value}' to a shape.",
        )
    if isinstance(value, Shape) or not isinstance(value, list | tuple | str):
        raise NotKnown(f"the shape that {name} is to give")
    return Shape(tuple(stated_size(name, size) for size in value))

"""What operations are given: tensors as shapes, lists of them, axes, and what is none of these."""

from __future__ import annotations

from collections.abc import Sequence

from flatlint.catalogue.arguments import OpaqueArgument, UnknownArgument, is_symbolic
from flatlint.catalogue.axes import from_front, numbers_of, require_within
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.shapes import OPEN, Dim, Open, Shape, product


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

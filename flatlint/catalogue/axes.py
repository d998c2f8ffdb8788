"""Axes: which axes of its input a layer means, counted from either end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import UnknownArgument, is_symbolic, refuse
from flatlint.catalogue.conflict import NotKnown, OpenSize, ShapeConflict
from flatlint.catalogue.numpy_integers import is_python_integer
from flatlint.shapes import Open, Shape


def axes(value: object, info: ValidationInfo) -> object:
    """An axis or a list of axes, as Keras's layers check it when they are made."""
    if isinstance(value, UnknownArgument) or is_symbolic(value):
        return value
    if isinstance(value, list | tuple) or is_python_integer(value):
        return value
    return refuse(
        info,
        "an axis or a list of axes",
        value,
        f"Expected an int or a list/tuple of ints for the argument 'axis', but received: {value!r}",
    )


Axes: TypeAlias = Annotated[object, PlainValidator(axes)]


def numbers_of(value: object) -> list[int]:
    """The axes that an argument names, as written.

    Raises `NotKnown` where one depends on what the source does not fix, and `ShapeConflict` where
    one is something else than a number.
    """
    listed: Sequence[object] = value if isinstance(value, list | tuple) else [value]
    numbers = []
    for axis in listed:
        if isinstance(axis, UnknownArgument):
            raise NotKnown(axis.reason)
        if axis is None or isinstance(axis, str | float):
            raise ShapeConflict(
                f"an axis is a whole number, and {axis!r} is none",
                f"list indices must be integers or slices, not {type(axis).__name__}",
            )
        if not isinstance(axis, int):
            raise NotKnown("the axis is not a number")
        numbers.append(axis)
    return numbers


def require_within(layer: str, numbers: Sequence[int], inputs: Shape, keras: str = "") -> None:
    """Refuse an axis that the input has not."""
    for axis in numbers:
        if not -inputs.rank <= axis < inputs.rank:
            raise ShapeConflict(
                f"{layer} is told to use axis {axis}, and its input {inputs} has axes "
                f"0 to {inputs.rank - 1} only",
                keras or f"Axis {axis} is out of bounds for input shape {inputs}.",
            )


def require_sizes(layer: str, numbers: Sequence[int], inputs: Shape, keras: str = "") -> None:
    """Refuse an axis whose size Keras must know and that the input leaves open."""
    for axis in numbers:
        if isinstance(inputs[axis], Open):
            raise OpenSize(
                f"{layer} needs to know the size of axis {axis}, and {inputs} leaves it open",
                keras
                or "Shapes used to initialize variables must be fully-defined (no `None` "
                f"dimensions). Received: shape=({inputs[axis]},)",
            )


def from_front(numbers: Sequence[int], rank: int) -> list[int]:
    """The same axes counted from 0."""
    return [axis % rank for axis in numbers]


def distinct_axes(layer: str, value: object, inputs: Shape) -> list[int]:
    """The axes counted from 0, each named once, as `validate_axis` of tf_keras demands."""
    if not inputs.rank:
        raise ShapeConflict(
            f"{layer} works along an axis, and a scalar has none",
            f"Input has undefined rank. Received: input_shape={inputs}",
        )
    numbers = numbers_of(value)
    require_within(
        layer,
        numbers,
        inputs,
        f"Invalid value for `axis` argument. Expected 0 <= axis < inputs.rank (with "
        f"inputs.rank={inputs.rank}). Received: axis={value}",
    )
    places = from_front(numbers, inputs.rank)
    if len(set(places)) < len(places):
        raise ShapeConflict(f"{layer} is given an axis twice: {value}", f"Duplicate axis: {value}")
    return places

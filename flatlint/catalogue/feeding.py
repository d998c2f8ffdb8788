"""Feeding: how data meets the input that a model declares, in each era.

Source: `_standardize_inputs` and `_adjust_input_rank` in keras/src/models/functional.py,
`assert_input_compatibility` in tf_keras/src/engine/input_spec.py and `_conform_to_reference_input`
in tf_keras/src/engine/functional.py, `standardize_input_data` in keras/engine/training.py of
Keras 1.2.2; measured by the oracle grid `feeding`.
"""

from __future__ import annotations

from enum import Enum, auto

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.shapes import OPEN, Shape


class Checks(Enum):
    """How closely a model looks at what it is fed."""

    RANK_AND_SIZES = auto()
    """A functional model."""
    RANK = auto()
    """A `Sequential`: Keras 2 looks at its sizes too."""
    NOTHING = auto()
    """A model written as a class; in Keras 2 also a `Sequential` without a declared input."""


def fed(data: Shape, declared: Shape, era: Era, checks: Checks, has_sizes: bool = True) -> Shape:
    """The shape in which data reaches the first layer, its batch axis open.

    `has_sizes` unless the sizes show only while it runs, as those of a generator in Keras 2.
    Raises `ShapeConflict` where the model itself refuses it; the layers may refuse it yet.
    """
    if data.rank == 0:
        raise ShapeConflict(
            "a model takes arrays with a batch axis, and this is a single number",
            "at least rank 1",
        )
    batch = Shape((OPEN, *data[1:]))
    if checks is Checks.NOTHING:
        return batch
    if era is Era.KERAS_1:
        return _in_keras_1(batch, declared)
    if era is Era.KERAS_3:
        return _in_keras_3(batch, declared, checks)
    return _in_keras_2(batch, declared, has_sizes)


def _in_keras_1(data: Shape, declared: Shape) -> Shape:
    """An axis of one for bare numbers; then rank and sizes have to be right to the letter."""
    if data.rank == 1:
        data = Shape((*data, 1))
    if data.rank != declared.rank:
        raise ShapeConflict(
            f"the model takes arrays of rank {declared.rank} and gets one of rank {data.rank}",
            f"Error when checking model input: expected input to have {declared.rank} dimensions, "
            f"but got array with shape {data}",
        )
    if first_difference(data, declared) is not None:
        raise ShapeConflict(
            f"the model takes {declared} and gets {data}",
            f"Error when checking model input: expected input to have shape {declared}, but got "
            f"array with shape {data}",
        )
    return data


def _in_keras_3(data: Shape, declared: Shape, checks: Checks) -> Shape:
    if checks is Checks.RANK_AND_SIZES:
        _require_sizes(without_last_one(data), data, without_last_one(declared))
    adapted = _adapted(data, declared)
    if adapted.rank != declared.rank:
        raise ShapeConflict(
            f"the model takes {declared} and gets {data}: rank {declared.rank} is wanted, and "
            f"rank {data.rank} comes",
            f"Invalid input shape for input. Expected shape {declared}, but input has "
            f"incompatible shape {data}",
        )
    return adapted


def _in_keras_2(data: Shape, declared: Shape, has_sizes: bool) -> Shape:
    if not has_sizes and data.rank > declared.rank:
        return data  # A last axis of 1 is not seen to be one.
    # Sizes are compared as far as both shapes go, a last axis of 1 left aside; a rank that
    # differs is not refused here.
    _require_sizes(without_last_one(data), data, without_last_one(declared))
    return _adapted(data, declared)


def _adapted(data: Shape, declared: Shape) -> Shape:
    """The data with a last axis of 1 added or taken away, where that gives the declared rank."""
    if data.rank == declared.rank + 1 and data[-1] == 1:
        return Shape(data[:-1])
    if data.rank == declared.rank - 1 and declared[-1] == 1:
        return Shape((*data, 1))
    return data


def without_last_one(shape: Shape) -> Shape:
    """What of a shape is compared: a last axis of 1 is taken away first.

    Source: `assert_input_compatibility` in keras/src/layers/input_spec.py.
    """
    return Shape(shape[:-1]) if shape.rank and shape[-1] == 1 else shape


def _require_sizes(given: Shape, data: Shape, declared: Shape) -> None:
    axis = first_difference(given, declared)
    if axis is not None:
        raise ShapeConflict(
            f"the model takes {declared[axis]} along axis {axis} and gets {given[axis]}",
            f"expected shape={declared}, found shape={data}",
        )


def first_difference(data: Shape, declared: Shape) -> int | None:
    """The first axis behind the batch along which two shapes of one rank surely differ."""
    for axis in range(1, min(data.rank, declared.rank)):
        ours, theirs = data[axis], declared[axis]
        if isinstance(ours, int) and isinstance(theirs, int) and ours != theirs:
            return axis
    return None

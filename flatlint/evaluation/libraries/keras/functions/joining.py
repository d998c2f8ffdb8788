"""Functions that put tensors together or take them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TypeGuard

from flatlint.catalogue.eras import Era
from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.bounds import MAX_ITEMS
from flatlint.evaluation.iteration import as_tuple
from flatlint.evaluation.libraries.keras.functions.elementwise import lost, paths
from flatlint.evaluation.libraries.keras.operations.borrowing import borrow
from flatlint.evaluation.libraries.keras.operations.recording import operation, refused
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Many, Value
from flatlint.graph import Array, Tensor, WhyUnknown
from flatlint.shapes import OPEN, UNFIXED, Dim, Open, Shape


@models(*paths("concat"), *paths("concatenate"))
def concatenate(
    run: Interpreter,
    values: Value = None,
    axis: Value = -1,
    tensors: Value = None,
    xs: Value = None,
    **_: Value,
) -> Value:
    """Tensors put together along an axis."""
    given = next((value for value in (values, tensors, xs) if value is not None), None)
    parts = as_tuple(run, given)
    alone = parts[0] if isinstance(parts, tuple) and len(parts) == 1 else given
    if isinstance(alone, Tensor):
        return alone  # TensorFlow does not even look whether the axis is there
    if isinstance(given, Array):
        # TensorFlow leaves it as it is, numpy and keras.ops put its rows together.
        return run.unknown(WhyUnknown.NOT_MODELLED, "one array put together with nothing")
    joined = borrow(run, "concat", "concatenate", [given], {"axis": axis})
    return _met_sizes(run, joined, given, axis)


def _all_alike(run: Interpreter, given: Value) -> Value:
    """Tensors with the size that they have together where an axis is open in some of them only."""
    parts = as_tuple(run, given)
    if not isinstance(parts, tuple):
        return given
    return tuple(
        _met_sizes(run, part, parts) if isinstance(part, Tensor) else part for part in parts
    )


def _met_sizes(run: Interpreter, joined: Value, given: Value, along: Value = None) -> Value:
    """The result with the sizes of axes that are open in one tensor and a number in another.

    TensorFlow takes the number. Keras 3 takes what the first tensor has.
    """
    parts = as_tuple(run, given)
    shapes = [p.shape for p in parts if isinstance(p, Tensor)] if isinstance(parts, tuple) else []
    known = [shape for shape in shapes if isinstance(shape, Shape)]
    if not isinstance(joined, Tensor) or not isinstance(joined.shape, Shape) or not known:
        return joined
    rank = joined.shape.rank
    kept = along % rank if isinstance(along, int) and rank else None
    dims = (
        size if axis == kept else _met(run, size, [s[axis] for s in known if axis < s.rank])
        for axis, size in enumerate(joined.shape)
    )
    return replace(joined, shape=Shape(tuple(dims)))


def _met(run: Interpreter, size: Dim, sizes: Sequence[Dim]) -> Dim:
    numbers = {size for size in sizes if not isinstance(size, Open)}
    if not numbers or not any(isinstance(size, Open) for size in sizes):
        return size
    is_taken = run.eras == (Era.KERAS_2,) and len(numbers) == 1
    return numbers.pop() if is_taken else UNFIXED


@models(*paths("stack"))
def stack(
    run: Interpreter, values: Value = None, axis: Value = 0, x: Value = None, **_: Value
) -> Value:
    """Tensors put together along a new axis."""
    given = values if values is not None else x
    if isinstance(axis, float) and axis.is_integer():
        axis = int(axis)
    return borrow(run, "stack", "stack", [_all_alike(run, given)], {"axis": axis})


@models("tensorflow.split", "tensorflow.math.split", "keras.backend.split")
def split(
    run: Interpreter, value: Value, num_or_size_splits: Value, axis: Value = 0, **_: Value
) -> Value:
    """TensorFlow takes sizes where numpy takes places to cut at."""
    sizes = as_tuple(run, num_or_size_splits)
    if isinstance(value, Tensor) and _are_sizes(sizes) and isinstance(axis, int):
        return _cut_into(run, value, sizes, axis)
    if isinstance(sizes, tuple):
        known = [size for size in sizes[:-1] if isinstance(size, int) and size >= 0]
        if len(known) < len(sizes) - 1:
            return lost(run, "split")
        cuts = tuple(accumulate(known))
        return borrow(run, "split", "split", [value, cuts], {"axis": axis})
    if isinstance(run.object_at(sizes), ListObject):
        return lost(run, "split")
    return borrow(run, "split", "split", [value, num_or_size_splits], {"axis": axis})


def _are_sizes(value: Value) -> TypeGuard[tuple[int, ...]]:
    """Whether a value is a tuple of sizes, of which one may be the rest."""
    return (
        isinstance(value, tuple)
        and all(isinstance(part, int) and part >= -1 for part in value)
        and value.count(-1) <= 1
    )


def _cut_into(run: Interpreter, tensor: Tensor, sizes: tuple[int, ...], axis: int) -> Value:
    """Parts of the sizes that are told, whatever the axis shows of its own."""
    shape = tensor.shape
    if not isinstance(shape, Shape):
        return lost(run, "split")
    if not -shape.rank <= axis < shape.rank:
        message = f"split is to cut axis {axis}, which {shape} lacks"
        return refused(run, "split", [tensor], message, "Dimension out of range")
    where = axis % shape.rank
    whole, told = shape[where], sum(size for size in sizes if size != -1)
    if isinstance(whole, int) and (told > whole or (told < whole and -1 not in sizes)):
        message = f"split is to cut {whole} into {sizes}, {told} in all"
        return refused(run, "split", [tensor], message, "Determined shape must either match")
    rest: Dim = whole - told if not isinstance(whole, Open) else OPEN
    cut = [
        Shape((*shape[:where], rest if size == -1 else size, *shape[where + 1 :])) for size in sizes
    ]
    return operation(run, "split", [tensor], cut)


@models("keras.ops.split", "keras.ops.numpy.split")
def split_at(run: Interpreter, x: Value, indices_or_sections: Value, axis: Value = 0) -> Value:
    """`keras.ops.split` takes places to cut at, as numpy does."""
    places = as_tuple(run, indices_or_sections)
    return borrow(run, "split", "split", [x, places], {"axis": axis})


@models("tensorflow.unstack", "keras.ops.unstack")
def unstack(
    run: Interpreter, value: Value = None, num: Value = None, axis: Value = 0, x: Value = None
) -> Value:
    """The parts along an axis as a list."""
    given = value if value is not None else x
    shape = given.shape if isinstance(given, Tensor | Array) else None
    if not isinstance(shape, Shape) or not isinstance(axis, int):
        return lost(run, "unstack")
    if not -shape.rank <= axis < shape.rank:
        return lost(run, "unstack")
    where = axis % shape.rank
    rest = Shape((*shape[:where], *shape[where + 1 :]))
    count = shape[where] if num is None else num
    if isinstance(given, Array):
        part: Value = Array(rest, given.dtype, library="tensorflow")
    else:
        assert isinstance(given, Tensor)
        part = operation(run, "unstack", [given], rest)
    if isinstance(count, int) and count <= MAX_ITEMS:
        return run.allocate(ListObject((part,) * count))
    return Many(part)

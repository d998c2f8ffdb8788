"""Operations that pick parts of tensors: by index, by slice, the largest."""

from __future__ import annotations

from typing import Any

from flatlint.catalogue.arguments import UnknownArgument, as_size, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations.operands import (
    axis_within,
    tensor,
    total,
)
from flatlint.catalogue.operations.registry import operation
from flatlint.catalogue.spec import ShapeTree
from flatlint.shapes import OPEN, Open, Shape, broadcast_shapes


@operation("take")
def take(x: object, indices: object, axis: object = None) -> Shape:
    """The indices' own axes in the place of the one that is picked from."""
    shape, picks = tensor("take", x), _shape_of_indices(indices)
    if axis is None:
        return picks
    place = axis_within("take", axis, shape)
    return Shape((*shape[:place], *picks, *shape[place + 1 :]))


def _shape_of_indices(indices: object) -> Shape:
    """The shape of indices: a tensor's, or that of nested lists of numbers."""
    if isinstance(indices, int):
        return Shape(())
    if isinstance(indices, list | tuple):
        inner = [_shape_of_indices(part) for part in indices]
        if any(part != inner[0] for part in inner):
            raise NotKnown("indices of unequal length")
        return Shape((len(inner), *(inner[0] if inner else ())))
    if isinstance(indices, str | float) or indices is None:
        raise NotKnown("the indices")
    return tensor("take", indices)


@operation("take_along_axis")
def take_along_axis(x: object, indices: object, axis: object = None) -> Shape:
    """As the indices, which have as many axes as the tensor."""
    shape, picks = tensor("take_along_axis", x), tensor("take_along_axis", indices)
    if axis is None:
        shape = Shape((total(shape.dims),))
    if shape.rank != picks.rank:
        raise ShapeConflict(
            f"take_along_axis: {shape} and the indices {picks} must have the same number of axes",
            "`x` and `indices` must have the same number of dimensions, but receive shape "
            f"{shape} and {picks}.",
        )
    place = 0 if axis is None else axis_within("take_along_axis", axis, shape)
    met = broadcast_shapes(shape.with_axis(place, picks[place]), picks)
    if met is None:
        raise ShapeConflict(
            f"take_along_axis: {shape} and the indices {picks} differ in another axis than {place}",
            "Cannot broadcast shape",
        )
    return met


@operation("top_k")
def top_k(x: object, k: object, sorted: object = True) -> ShapeTree:
    """The largest numbers along the last axis, and where they stand."""
    shape = tensor("top_k", x)
    if isinstance(k, str | float | list | tuple):
        raise ShapeConflict(
            f"top_k: `k` must be a whole number, not {k!r}", "Cannot convert to a shape."
        )
    if not shape.rank:
        raise ShapeConflict("top_k of a scalar", "list assignment index out of range")
    if isinstance(k, int) and k < 0:
        raise ShapeConflict(f"top_k: `k` cannot be {k}", "Cannot convert to a shape.")
    if k is not None and not isinstance(k, int) and not is_symbolic(k):
        raise NotKnown("`k` of top_k")
    best = shape.with_last(as_size(k))
    return (best, best)


@operation("in_top_k")
def in_top_k(targets: object, predictions: object, k: object = None) -> Shape:
    """Yes or no for each target."""
    return tensor("in_top_k", targets)


@operation("slice")
def slice_(inputs: object, start_indices: object, shape: object) -> Shape:
    """A block of the shape that is asked for; -1 takes all that is left."""
    given = tensor("slice", inputs)
    if not isinstance(shape, list | tuple):
        raise NotKnown("the shape of the slice")
    if len(shape) != given.rank:
        raise ShapeConflict(
            f"slice: {given} has {given.rank} axes, and `shape` is for {len(shape)}",
            "The number of dimensions in `inputs` must match the number of dimensions in `shape`.",
        )
    starts = list(start_indices) if isinstance(start_indices, list | tuple) else None
    if starts is not None and len(starts) != given.rank:
        raise ShapeConflict(
            f"slice: {given} has {given.rank} axes, and `start_indices` is for {len(starts)}",
            "The number of dimensions in `start_indices` must match the number of dimensions in "
            "`inputs`.",
        )
    dims = []
    for axis, (size, wanted) in enumerate(zip(given, shape, strict=True)):
        if wanted != -1:
            dims.append(OPEN if wanted is None else as_size(wanted))
        elif starts is None or isinstance(size, Open):
            dims.append(OPEN)
        else:
            dims.append(size - as_size(starts[axis]))
    return Shape(tuple(dims))


@operation("slice_update", "scatter_update")
def updated(inputs: object, *_: Any, **__: Any) -> Shape:
    """The shape stays."""
    return tensor("slice_update", inputs)


@operation("select")
def select(condlist: object, choicelist: object, default: object = 0) -> Shape:
    """As the first of the choices."""
    for given in (condlist, choicelist):
        if isinstance(given, UnknownArgument):
            raise NotKnown(given.reason, given.origin)
        if isinstance(given, Shape) or not isinstance(given, list | tuple) or not given:
            raise ShapeConflict(
                "select takes a list of conditions and a list of choices, each with one or more",
                "condlist and choicelist must be lists.",
            )
    assert isinstance(choicelist, list | tuple)
    return tensor("select", choicelist[0])

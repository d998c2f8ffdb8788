"""Operations that arrange axes anew: reshape, transpose, expand and squeeze."""

from __future__ import annotations

from collections.abc import Sequence

from flatlint.catalogue.arguments import UnknownArgument, as_size, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations.elementwise import broadcast
from flatlint.catalogue.operations.operands import (
    axes_within,
    axis_within,
    tensor,
    total,
)
from flatlint.catalogue.operations.registry import operation
from flatlint.shapes import OPEN, UNFIXED, Dim, Open, Shape


@operation("reshape")
def reshape(x: object, newshape: object) -> Shape:
    """Sizes that are `None` stay open; with one of them nothing is checked.

    Source: `compute_reshape_output_shape` in keras/src/ops/operation_utils.py.
    """
    shape = tensor("reshape", x)
    sizes = _wanted(newshape)
    if any(isinstance(size, Open) for size in (*shape, *sizes)):
        return Shape(tuple(OPEN if size == -1 else size for size in sizes))
    if -1 not in sizes:
        if shape.is_fixed and all(isinstance(s, int) for s in sizes):
            _require_size(shape, sizes, total(sizes) == shape.size)
        return Shape(sizes)
    rest = total([size for size in sizes if size != -1])
    if not isinstance(shape.size, int) or not isinstance(rest, int):
        missing: Dim = shape.size // rest if rest != 0 else UNFIXED
    else:
        _require_size(shape, sizes, rest != 0 and shape.size % rest == 0)
        missing = shape.size // rest
    return Shape(tuple(missing if size == -1 else size for size in sizes))


def _wanted(newshape: object) -> tuple[Dim, ...]:
    """The sizes asked for; what is no number there stays open."""
    if isinstance(newshape, UnknownArgument):
        raise NotKnown(newshape.reason, newshape.origin)
    if isinstance(newshape, Shape):
        raise NotKnown("a shape that is a tensor")
    listed: Sequence[object] = (
        tuple(newshape) if isinstance(newshape, list | tuple | str) else (newshape,)
    )
    numbers = [size for size in listed if isinstance(size, int)]
    if any(size < -1 for size in numbers):
        raise ShapeConflict(
            f"reshape: no size can be negative, apart from one -1: {tuple(listed)}",
            "Each dimension in `newshape` must be a non-negative integer, or `-1` for a single "
            "unknown dimension.",
        )
    if numbers.count(-1) > 1:
        raise ShapeConflict(
            f"reshape: only one size can be left to Keras as -1, and {tuple(listed)} has "
            f"{numbers.count(-1)}",
            "There must be at most one unknown dimension (-1) in `newshape`.",
        )
    return tuple(as_size(size) if isinstance(size, int) or is_symbolic(size) else OPEN
                 for size in listed)  # fmt: skip


def _require_size(shape: Shape, sizes: Sequence[Dim], fits: bool) -> None:
    if not fits:
        raise ShapeConflict(
            f"reshape cannot make {Shape(tuple(sizes))} of the {shape.size} numbers of {shape}",
            "The total size of the tensor must be unchanged. Received: "
            f"input_shape={shape}, newshape={Shape(tuple(sizes))}",
        )


@operation("transpose")
def transpose(x: object, axes: object = None) -> Shape:
    """The axes in another order, backwards without one."""
    shape = tensor("transpose", x)
    if axes is None:
        return Shape(shape.dims[::-1])
    if isinstance(axes, int | float):
        raise ShapeConflict(
            f"transpose: `axes` is an order of axes, not {axes!r}",
            f"object of type {type(axes).__name__!r} has no len()",
        )
    if not isinstance(axes, list | tuple | str):
        raise NotKnown("the order of the axes")
    if len(axes) != shape.rank:
        raise ShapeConflict(
            f"transpose: `axes` must name all {shape.rank} axes of {shape}, the batch axis too, "
            f"and {tuple(axes)} names {len(axes)}",
            "axis must be a list of the same length as the input shape, expected "
            f"{shape.rank}, but received {len(axes)}.",
        )
    order = axes_within("transpose", list(axes), shape)
    if len(set(order)) < len(order):
        raise ShapeConflict(
            f"transpose: each axis must come once in {tuple(axes)}",
            "`axes` must be a valid permutation of the input dimensions (no duplicates).",
        )
    return Shape(tuple(shape[axis] for axis in order))


@operation("expand_dims")
def expand_dims(x: object, axis: object) -> Shape:
    """Axes of size 1 are added."""
    shape = tensor("expand_dims", x)
    if axis is None or isinstance(axis, str | float):
        raise ShapeConflict(
            f"expand_dims: `axis` must be a whole number, not {axis!r}",
            "The `axis` argument to `expand_dims` should be an integer, tuple or list.",
        )
    count = len(axis) if isinstance(axis, list | tuple) else 1
    longer = Shape((1,) * (shape.rank + count))
    places = set(axes_within("expand_dims", axis, longer))
    if len(places) < count:
        raise NotKnown("an axis that is added twice")
    rest = iter(shape)
    return Shape(tuple(1 if a in places else next(rest) for a in range(longer.rank)))


@operation("squeeze")
def squeeze(x: object, axis: object = None) -> Shape:
    """Axes of size 1 are taken away."""
    shape = tensor("squeeze", x)
    if axis is None:
        return Shape(tuple(size for size in shape if size != 1))
    if isinstance(axis, str | float):
        raise ShapeConflict(
            f"squeeze: `axis` must be a whole number, not {axis!r}",
            f"`value` must be an integer, tuple or list. Received: value={axis}",
        )
    places = axes_within("squeeze", axis, shape)
    for place in places:
        if isinstance(shape[place], int | Open) and shape[place] != 1:
            raise ShapeConflict(
                f"squeeze takes away axes of size 1, and axis {place} of {shape} is {shape[place]}",
                f"Cannot squeeze axis {place}, because the dimension is not 1.",
            )
    return shape.without_axes(places)


@operation("swapaxes")
def swapaxes(x: object, axis1: object, axis2: object) -> Shape:
    """Two axes change places."""
    shape = tensor("swapaxes", x)
    first, second = axis_within("swapaxes", axis1, shape), axis_within("swapaxes", axis2, shape)
    return shape.with_axis(first, shape[second]).with_axis(second, shape[first])


@operation("moveaxis")
def moveaxis(x: object, source: object, destination: object) -> Shape:
    """Axes move to other places, the others close up."""
    shape = tensor("moveaxis", x)
    froms = source if isinstance(source, list | tuple) else [source]
    tos = destination if isinstance(destination, list | tuple) else [destination]
    if len(froms) != len(tos):
        raise ShapeConflict(
            f"moveaxis: as many axes must go as come, not {len(froms)} to {len(tos)}",
            "`source` and `destination` arguments must have the same number of elements",
        )
    taken = axes_within("moveaxis", froms, shape)
    placed = dict(zip(axes_within("moveaxis", tos, shape), taken, strict=True))
    if len(set(taken)) < len(taken) or len(placed) < len(taken):
        raise NotKnown("an axis that is moved twice")
    rest = iter(axis for axis in range(shape.rank) if axis not in taken)
    order = [placed[a] if a in placed else next(rest) for a in range(shape.rank)]
    return Shape(tuple(shape[axis] for axis in order))


@operation("ravel")
def ravel(x: object) -> Shape:
    """Everything in one axis, the batch included."""
    return Shape((total(tensor("ravel", x).dims),))


@operation("broadcast_to")
def broadcast_to(x: object, shape: object) -> Shape:
    """The shape that is asked for, if the tensor fits into it."""
    given = tensor("broadcast_to", x)
    if not isinstance(shape, list | tuple):
        raise NotKnown("the shape to broadcast to")
    wanted = Shape(tuple(OPEN if size is None else as_size(size) for size in shape))
    broadcast("broadcast_to", given, wanted)
    return wanted


@operation("rot90")
def rot90(array: object, k: object = 1, axes: object = (0, 1)) -> Shape:
    """Two axes change places, however often Keras is told to turn them."""
    shape = tensor("rot90", array)
    if isinstance(axes, UnknownArgument | Shape):
        raise NotKnown("the axes of rot90")
    is_pair = isinstance(axes, list | tuple) and len(axes) == 2 and axes[0] != axes[1]
    if shape.rank < 2 or not is_pair:
        raise ShapeConflict(
            f"rot90 turns a plane of two axes, and {axes} is none of {shape}",
            f"Invalid axes: {axes}. Axes must be a tuple of two different dimensions.",
        )
    assert isinstance(axes, list | tuple)
    return swapaxes(shape, *axes)

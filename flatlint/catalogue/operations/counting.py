"""Operations that count, look up and number: histograms, segments, distinct values, places."""

from __future__ import annotations

from flatlint.catalogue.arguments import UnknownArgument, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations.lines import anything, counted, first, flat, line, second
from flatlint.catalogue.operations.operands import (
    axis_within,
    python_integer,
    stated_shape,
    stated_size,
    tensor,
    vector,
)
from flatlint.catalogue.operations.registry import operation
from flatlint.catalogue.spec import ShapeTree
from flatlint.shapes import OPEN, Shape, are_equal


def _bins(name: str, value: object) -> Shape:
    """The places between which numbers are sorted in."""
    shape = tensor(name, value)
    if shape.rank > 1:
        raise ShapeConflict(
            f"{name}: the bins lie along one axis, and {shape} has {shape.rank}",
            f"`bins` must be a 1D array. Received: bins of shape {shape}",
        )
    return shape


line("bincount", counted, x=tensor)
line("digitize", first, x=tensor, bins=_bins)
line("searchsorted", second, sorted_sequence=vector, values=tensor)
line("isin", first, x1=tensor, x2=anything)
line("nonzero", lambda shape: (Shape((OPEN,)),) * shape.rank, x=tensor)
line("scatter", lambda _, __, shape: shape, indices=anything, values=tensor, shape=stated_shape)


@operation("histogram")
def histogram(x: object, bins: object = 10, range: object = None) -> ShapeTree:
    """How many numbers lie in each bin, and where the bins end."""
    tensor("histogram", x)
    if is_symbolic(bins):
        size = stated_size("histogram", bins)
        return (Shape((size,)), Shape((size + 1,)))
    count = python_integer("histogram", bins, "bins")
    if count < 0:
        raise ShapeConflict(
            f"histogram: there cannot be {count} bins",
            f"Argument `bins` should be a non-negative integer. Received: bins={count}",
        )
    _require_range(range)
    return (Shape((count,)), Shape((count + 1,)))


def _require_range(limits: object) -> None:
    if isinstance(limits, UnknownArgument) or not limits:
        return
    if not isinstance(limits, tuple) or len(limits) < 2:
        raise ShapeConflict(
            f"histogram: `range` is a pair of numbers, not {limits!r}",
            f"Argument `range` must be a tuple of two elements. Received: range={limits}",
        )
    low, high = limits[:2]
    if isinstance(low, int | float) and isinstance(high, int | float) and high < low:
        raise ShapeConflict(
            f"histogram: `range` goes from {low} down to {high}",
            "The second element of `range` must be greater than the first.",
        )


@operation("segment_sum", "segment_max", "segment_min", "segment_prod")
def segmented(
    data: object, segment_ids: object, num_segments: object = None, sorted: object = False
) -> Shape:
    """A row for each segment; how many there are shows with the data, unless it is said."""
    shape, numbers = tensor("segments", data), tensor("segments", segment_ids)
    if numbers.rank != 1 or not shape.rank:
        raise ShapeConflict(
            f"segments are numbered along one axis, and the numbers of {shape} are {numbers}",
            f"Argument `segment_ids` should be an 1-D vector, got shape: {numbers.rank}.",
        )
    if are_equal(shape[0], numbers[0]) is False:
        raise ShapeConflict(
            f"segments: {shape} has {shape[0]} rows, and {numbers[0]} numbers for them",
            "Argument `segment_ids` and `data` should have same leading dimension. "
            f"Got {numbers} v.s. {shape}.",
        )
    return Shape((stated_size("segments", num_segments), *shape[1:]))


@operation("unique")
def unique(
    x: object,
    sorted: object = True,
    return_index: object = False,
    return_inverse: object = False,
    return_counts: object = False,
    axis: object = None,
    size: object = None,
    fill_value: object = None,
) -> ShapeTree:
    """The distinct values, as many as `size` or else the data has, and what goes with them."""
    shape = tensor("unique", x)
    more = (return_index, return_inverse, return_counts)
    if not all(isinstance(flag, bool) for flag in more):
        raise NotKnown("what unique is to give")
    count = stated_size("unique", size)
    row = Shape((count,))
    values, inverse = row, shape
    if axis is not None:
        place = axis_within("unique", axis, shape)
        values, inverse = shape.with_axis(place, count), Shape((shape[place],))
    others = [part for part, is_given in zip((row, inverse, row), more, strict=True) if is_given]
    return (values, *others) if others else values


@operation("unravel_index")
def unravel_index(indices: object, shape: object) -> ShapeTree:
    """A place along each axis of `shape` for each index."""
    numbers = tensor("unravel_index", indices)
    if isinstance(shape, UnknownArgument | Shape):
        raise NotKnown("the shape to unravel into")
    if not isinstance(shape, list | tuple):
        raise ShapeConflict(
            f"unravel_index: a shape is a list of sizes, not {shape!r}",
            f"argument of type {type(shape).__name__!r} is not iterable",
        )
    return [Shape((OPEN,)) if None in shape else numbers] * len(shape)


@operation("argpartition")
def argpartition(x: object, kth: object, axis: object = -1) -> Shape:
    """The shape stays, with an axis; which one is not looked at."""
    if not is_symbolic(kth):
        python_integer("argpartition", kth, "kth")
    return _along_some_axis("argpartition", x, axis)


@operation("nancumsum", "nancumprod")
def cumulated(x: object, axis: object = None, dtype: object = None) -> Shape:
    """As cumsum, but that the axis is not looked at."""
    return _along_some_axis("nancumsum", x, axis)


def _along_some_axis(name: str, x: object, axis: object) -> Shape:
    if isinstance(axis, UnknownArgument):
        raise NotKnown(axis.reason, axis.origin)
    shape = tensor(name, x)
    return flat(shape) if axis is None else shape

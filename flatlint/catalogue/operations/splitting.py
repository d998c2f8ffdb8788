"""Operations that take tensors apart along an axis."""

from __future__ import annotations

from collections.abc import Sequence

from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.numpy_integers import NumpyInteger
from flatlint.catalogue.operations.operands import axis_within, tensor, whole_number
from flatlint.catalogue.operations.registry import Operation, operation
from flatlint.catalogue.spec import ShapeTree
from flatlint.shapes import OPEN, UNFIXED, Dim, Open, Shape

MAX_PARTS = 10_000
"""More tensors than this come of no program that a person wrote."""


@operation("split")
def split(x: object, indices_or_sections: object, axis: object = 0) -> ShapeTree:
    """Equal parts, or those between the places to cut at."""
    shape = tensor("split", x)
    if isinstance(indices_or_sections, float | NumpyInteger | None):
        raise ShapeConflict(
            f"split: a number of parts or a list of places, not {indices_or_sections!r}",
            f"{type(indices_or_sections).__name__!r} object is not iterable",
        )
    if isinstance(indices_or_sections, int):
        return _equal_parts(shape, indices_or_sections, axis_within("split", axis, shape))
    if not isinstance(indices_or_sections, list | tuple | str):
        raise NotKnown("where to split")
    place = axis_within("split", axis, shape)
    cuts = [whole_number("split", cut, "indices_or_sections") for cut in indices_or_sections]
    return _between([0, *cuts], shape, place)


def _equal_parts(shape: Shape, parts: int, place: int) -> ShapeTree:
    size = shape[place]
    if isinstance(size, Open):
        return _times(parts, shape)
    if isinstance(size, int) and (parts == 0 or size % parts):
        raise ShapeConflict(
            f"split cannot cut axis {place} of {shape} into {parts} equal parts",
            "`x` size on given `axis` must be divisible by `indices_or_sections` when "
            f"`indices_or_sections` is an int. But received {size} and {parts}.",
        )
    return _times(parts, shape.with_axis(place, size // parts if parts else UNFIXED))


def _times(parts: int, shape: Shape) -> list[Shape]:
    if parts > MAX_PARTS:
        raise NotKnown(f"a split into {parts} parts")
    return [shape] * parts


def _between(cuts: Sequence[int], shape: Shape, place: int) -> ShapeTree:
    ends: list[Dim] = [*cuts[1:], shape[place]]
    sizes = [end - start for start, end in zip(cuts, ends, strict=True)]
    if any(isinstance(size, int) and size < 0 for size in sizes):
        raise ShapeConflict(
            f"split: the places {list(cuts[1:])} lie outside of axis {place} of {shape}",
            "Cannot convert to a shape. Found invalid dimension",
        )
    return [shape.with_axis(place, size) for size in sizes]


@operation("array_split")
def array_split(x: object, indices_or_sections: object, axis: object = 0) -> ShapeTree:
    """Parts that are as equal as can be."""
    shape = tensor("array_split", x)
    parts = whole_number("array_split", indices_or_sections, "indices_or_sections")
    place = axis_within("array_split", axis, shape)
    size = shape[place]
    if not isinstance(size, int) or parts < 1:
        return _times(parts, shape.with_axis(place, OPEN if isinstance(size, Open) else UNFIXED))
    least, more = divmod(size, parts)
    larger, smaller = shape.with_axis(place, least + 1), shape.with_axis(place, least)
    return _times(more, larger) + _times(parts - more, smaller)


@operation("unstack")
def unstack(x: object, num: object = None, axis: object = 0) -> ShapeTree:
    """One tensor for every place of the axis."""
    shape = tensor("unstack", x)
    place = axis_within("unstack", axis, shape)
    size = shape[place] if num is None else num
    if isinstance(size, Open):
        raise ShapeConflict(
            f"unstack must know the size of axis {place}, and {shape} leaves it open",
            f"Cannot infer argument `num` from shape {shape}.",
        )
    count = whole_number("unstack", size, "num")
    return _times(count, shape.without_axes([place]))


def _along(name: str, least: int, axis: int) -> Operation:
    def shape(x: object, indices_or_sections: object) -> ShapeTree:
        """As split, along an axis that goes with the name."""
        given = tensor(name, x)
        if given.rank < least:
            raise ShapeConflict(
                f"{name} needs {least} axes or more, and {given} has {given.rank}",
                f"`{name}` only works on arrays of at least {least} dimensions.",
            )
        return split(given, indices_or_sections, min(axis, given.rank - 1))

    return shape


operation("hsplit")(_along("hsplit", 1, 1))
operation("vsplit")(_along("vsplit", 2, 0))
operation("dsplit")(_along("dsplit", 3, 2))

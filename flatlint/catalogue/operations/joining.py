"""Operations that put tensors together, repeat and pad them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

from flatlint.catalogue.arguments import as_size, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations.operands import (
    axis_within,
    tensor,
    tensors,
    total,
    whole_number,
)
from flatlint.catalogue.operations.registry import operation
from flatlint.shapes import OPEN, Dim, Open, Shape, are_alike


@operation("concatenate")
def concatenate(xs: object, axis: object = 0) -> Shape:
    """The sizes along the axis add up; all others must agree."""
    if axis is None:
        raise ShapeConflict("concatenate needs an axis", "`axis` cannot be None for `concatenate`.")
    shapes = tensors("concatenate", xs)
    return _joined("concatenate", shapes, axis)


@operation("hstack")
def hstack(xs: object) -> Shape:
    """Side by side, along the second axis."""
    return _joined("hstack", tensors("hstack", xs), 1)


@operation("vstack")
def vstack(xs: object) -> Shape:
    """On top of each other, along the first axis."""
    return _joined("vstack", tensors("vstack", xs), 0)


@operation("dstack")
def dstack(xs: object) -> Shape:
    """One behind the other, along the third axis."""
    return _joined("dstack", [_with_depth(shape) for shape in tensors("dstack", xs)], 2)


def _with_depth(shape: Shape) -> Shape:
    """Numbers and rows become the front of a block, images its layers."""
    return Shape({0: (1, 1, 1), 1: (1, *shape, 1), 2: (*shape, 1)}.get(shape.rank, shape.dims))


def _joined(name: str, shapes: Sequence[Shape], axis: object) -> Shape:
    if not shapes:
        raise NotKnown("an empty list of tensors")
    first = shapes[0]
    place = axis_within(name, axis, first)
    for other in shapes:
        if not are_alike(first, other, [place]):
            raise ShapeConflict(
                f"{name} along axis {place}: all other axes must agree, and {other} does not fit "
                f"{first}",
                "Every value in `xs` must have the same shape except on the `axis` dim. But found "
                f"element of shape {other}, which is different from the first element's shape "
                f"{first}.",
            )
    size: Dim = 0
    for other in shapes:
        size = size + other[place]
    return first.with_axis(place, size)


@operation("stack")
def stack(x: object, axis: object = 0) -> Shape:
    """Tensors of one shape along a new axis."""
    shapes = tensors("stack", x)
    if not shapes:
        raise NotKnown("an empty list of tensors")
    first = shapes[0]
    place = axis_within("stack", axis, Shape((1, *first)))
    for other in shapes:
        if not are_alike(first, other):
            raise ShapeConflict(
                f"stack takes tensors of one shape, and {other} is not {first}",
                f"Every value in `x` must have the same shape. But found element of shape {other}, "
                f" which is different from the first element's shape {first}.",
            )
    return Shape((*first[:place], len(shapes), *first[place:]))


@operation("tile")
def tile(x: object, repeats: object) -> Shape:
    """Each axis repeated; the batch axis too, if there are as many numbers as axes."""
    shape = tensor("tile", x)
    given = list(repeats) if isinstance(repeats, list | tuple) else [repeats]
    if any(isinstance(times, str | float) for times in given):
        raise ShapeConflict(
            f"tile: `repeats` are whole numbers, not {repeats!r}",
            "Cannot convert to a shape. Found invalid dimension",
        )
    if not all(isinstance(times, int) or is_symbolic(times) for times in given):
        raise NotKnown("how often to repeat")
    times = [1] * (shape.rank - len(given)) + [as_size(number) for number in given]
    sizes = [1] * (len(times) - shape.rank) + list(shape)
    tiled = [size * number for size, number in zip(sizes, times, strict=True)]
    if any(isinstance(size, int) and size < 0 for size in tiled):
        raise ShapeConflict(
            f"tile: nothing can be repeated {min(n for n in given if isinstance(n, int))} times",
            f"Cannot convert '{tiled}' to a shape.",
        )
    return Shape(tuple(tiled))


@operation("repeat")
def repeat(x: object, repeats: object, axis: object = None) -> Shape:
    """Every element repeated along an axis, or all of them in one axis."""
    shape = tensor("repeat", x)
    if axis is None:
        size = total(shape.dims)
        return Shape((_repeated(size, repeats, shape),))
    place = axis_within("repeat", axis, shape)
    return shape.with_axis(place, _repeated(shape[place], repeats, shape))


def _repeated(size: Dim, repeats: object, shape: Shape) -> Dim:
    if isinstance(size, Open):
        return OPEN
    if isinstance(repeats, list | tuple) and len(repeats) != 1:
        numbers = [whole_number("repeat", number, "repeats") for number in repeats]
        if isinstance(size, int) and size != len(numbers):
            raise ShapeConflict(
                f"repeat: {len(numbers)} numbers for the {size} elements of an axis of {shape}",
                "Size of `repeats` and dimensions of `x` should be compatible. Received: "
                f"{len(numbers)} and {shape}",
            )
        return sum(numbers)
    times = repeats[0] if isinstance(repeats, list | tuple) else repeats
    if is_symbolic(times):
        return size * as_size(times)
    return size * whole_number("repeat", times, "repeats")


@operation("pad")
def pad(x: object, pad_width: object, mode: object = "constant", **_: Any) -> Shape:
    """Every axis widened on both sides."""
    shape = tensor("pad", x)
    widths = _widths(pad_width)
    if len(widths) == 1:
        widths = widths * shape.rank
    if len(widths) != shape.rank:
        raise ShapeConflict(
            f"pad: `pad_width` must have a pair for each of the {shape.rank} axes of {shape}, the "
            f"batch axis too, and has {len(widths)}",
            "`pad_width` must have the same length as `x.shape`. Received: of length "
            f"{len(widths)} and x.shape={shape} (of length {shape.rank})",
        )
    return Shape(tuple(size + low + high
                       for size, (low, high) in zip(shape, widths, strict=True)))  # fmt: skip


def _widths(pad_width: object) -> list[tuple[Dim, Dim]]:
    """Pairs of what is put before and behind an axis; one pair holds for all axes.

    Source: `Pad._process_pad_width` in keras/src/ops/numpy.py.
    """
    if isinstance(pad_width, int):
        return [(pad_width, pad_width)]
    if isinstance(pad_width, str | float) or pad_width is None:
        _refuse_widths(pad_width)
    if not isinstance(pad_width, list | tuple) or not pad_width:
        raise NotKnown("the widths of the padding")
    if isinstance(pad_width[0], int):
        return [_pair(pad_width, pad_width)]
    lengths = {len(width) if isinstance(width, list | tuple) else 0 for width in pad_width}
    if len(lengths) > 1 or (lengths == {1} and isinstance(pad_width, tuple)):
        _refuse_widths(pad_width)
    return [_pair(width, pad_width) for width in pad_width]


def _pair(width: object, whole: object) -> tuple[Dim, Dim]:
    parts = list(width) if isinstance(width, list | tuple) else []
    if len(parts) == 1 and whole is not width:
        parts = parts * 2
    if len(parts) < 2 or any(isinstance(part, str | float) for part in parts[:2]):
        _refuse_widths(whole)
    if not all(isinstance(part, int) or is_symbolic(part) for part in parts[:2]):
        raise NotKnown("the widths of the padding")
    return (as_size(parts[0]), as_size(parts[1]))


def _refuse_widths(pad_width: object) -> NoReturn:
    raise ShapeConflict(
        f"pad: `pad_width` is a list of pairs of whole numbers, not {pad_width!r}",
        f"`pad_width` should be a list of tuples of length 1 or 2. Received: pad_width={pad_width}",
    )


@operation("append")
def append(x1: object, x2: object, axis: object = None) -> Shape:
    """Two tensors one behind the other, laid out in one axis without a word on the axis."""
    left, right = tensor("append", x1), tensor("append", x2)
    if axis is None:
        return Shape((total(left.dims) + total(right.dims),))
    return _joined("append", [left, right], axis)

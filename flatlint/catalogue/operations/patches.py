"""Blocks and patches: space that becomes channels, and the other way."""

from __future__ import annotations

from collections.abc import Callable

from flatlint.catalogue.arguments import UnknownArgument, as_size, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.numpy_integers import NumpyInteger, is_python_integer
from flatlint.catalogue.operations.images import is_channels_first
from flatlint.catalogue.operations.operands import known_size, stated_shape, tensor, whole_number
from flatlint.catalogue.operations.registry import operation
from flatlint.catalogue.operations.windowing import conv
from flatlint.shapes import Dim, Open, Shape, product
from flatlint.shapes.windows import dilated


@operation("depth_to_space")
def depth_to_space(x: object, block_size: object, data_format: object = "channels_last") -> Shape:
    """Channels become blocks of pixels."""
    shape, block, is_first = _blocks("depth_to_space", x, block_size, data_format)
    channels = 1 if is_first else 3
    _require_division("depth_to_space", shape, channels, block * block)
    return _scaled(shape, channels, lambda size: size // (block * block), lambda size: size * block)


@operation("space_to_depth")
def space_to_depth(x: object, block_size: object, data_format: object = "channels_last") -> Shape:
    """Blocks of pixels become channels."""
    shape, block, is_first = _blocks("space_to_depth", x, block_size, data_format)
    channels = 1 if is_first else 3
    for axis in {1, 2, 3} - {channels}:
        _require_division("space_to_depth", shape, axis, block)
    return _scaled(shape, channels, lambda size: size * block * block, lambda size: size // block)


def _blocks(
    name: str, x: object, block_size: object, data_format: object
) -> tuple[Shape, int, bool]:
    shape, block = tensor(name, x), whole_number(name, block_size, "block_size")
    if block < 2:
        raise ShapeConflict(
            f"{name}: a block has 2 pixels or more on a side, not {block}",
            f"`block_size` must be at least 2. Received: block_size={block}",
        )
    _require_rank(name, shape, 4)
    return shape, block, is_channels_first(data_format)


def _require_rank(name: str, shape: Shape, rank: int) -> None:
    if shape.rank != rank:
        raise ShapeConflict(
            f"{name} takes tensors of {rank} axes, and {shape} has {shape.rank}",
            f"Input must be a {rank}D tensor. Received: input.shape={shape}",
        )


def _require_division(name: str, shape: Shape, axis: int, parts: int) -> None:
    size = shape[axis]
    if isinstance(size, int) and size % parts:
        raise ShapeConflict(
            f"{name}: axis {axis} of {shape} must be a multiple of {parts}, and {size} is none",
            f"({size}) must be divisible by ({parts}).",
        )


def _scaled(
    shape: Shape, channels: int, of_channels: Callable[[Dim], Dim], of_space: Callable[[Dim], Dim]
) -> Shape:
    sizes = [
        of_channels(size) if axis == channels else of_space(size)
        for axis, size in enumerate(shape[1:], start=1)
    ]
    return Shape((shape[0], *sizes))


@operation("unfold")
def unfold(
    x: object, kernel_size: object, dilation: object = 1, padding: object = 0, stride: object = 1
) -> Shape:
    """The patches of an image with channels first, laid out one after another."""
    shape = tensor("unfold", x)
    _require_rank("unfold", shape, 4)
    windows, dilations, margins, steps = (
        _two("unfold", value) for value in (kernel_size, dilation, padding, stride)
    )
    if 0 in steps:
        raise ShapeConflict("unfold cannot go in steps of 0", "division by zero")
    if any(isinstance(size, Open) for size in shape[1:]):
        raise ShapeConflict(
            f"unfold must know the size of the images, and {shape} leaves it open",
            "unsupported operand type(s) for +: 'NoneType' and 'int'",
        )
    places = [
        (size + 2 * margin - dilated(window, spread)) // step + 1
        for size, window, spread, margin, step in zip(
            shape[2:], windows, dilations, margins, steps, strict=True
        )
    ]
    return stated_shape("unfold", (shape[0], shape[1] * product(windows), product(places)))


@operation("fold")
def fold(
    x: object,
    output_size: object,
    kernel_size: object,
    dilation: object = 1,
    padding: object = 0,
    stride: object = 1,
) -> Shape:
    """Patches put together to images; whether there are enough of them is not looked at."""
    shape = tensor("fold", x)
    _require_rank("fold", shape, 3)
    area = product(_two("fold", kernel_size))
    if isinstance(area, int):
        _require_division("fold", shape, 1, area)
    return stated_shape("fold", (shape[0], shape[1] // area, *_two("fold", output_size)))


def _two(name: str, value: object) -> tuple[Dim, Dim]:
    """A pair of numbers, or one that stands for both."""
    if isinstance(value, str | list | tuple | float | NumpyInteger | None) and not (
        isinstance(value, str | list | tuple) and len(value) == 2
    ):
        raise ShapeConflict(
            f"{name}: a size is a number or a pair of numbers, not {value!r}",
            "cannot unpack (expected 2)",
        )
    parts = value if isinstance(value, list | tuple) else (value, value)
    if isinstance(value, UnknownArgument | Shape):
        raise NotKnown(f"the sizes of the windows of {name}")
    if not all(isinstance(part, int) or is_symbolic(part) for part in parts):
        raise NotKnown(f"the sizes of the windows of {name}")
    return (as_size(parts[0]), as_size(parts[1]))


@operation("image.extract_patches")
def extract_patches(
    images: object,
    size: object,
    strides: object = None,
    dilation_rate: object = 1,
    padding: object = "valid",
    data_format: object = None,
) -> Shape:
    """A patch of pixels in the place of each window; a size of three numbers is for volumes."""
    window = (size, size) if is_python_integer(size) else size
    return _patches("extract_patches", images, window, strides, dilation_rate, padding, data_format)


@operation("image.extract_patches_3d")
def extract_patches_3d(
    volumes: object,
    size: object,
    strides: object = None,
    dilation_rate: object = 1,
    padding: object = "valid",
    data_format: object = None,
) -> Shape:
    """A patch in the place of each window over a volume."""
    window = (size, size, size) if is_python_integer(size) else size
    return _patches(
        "extract_patches_3d", volumes, window, strides, dilation_rate, padding, data_format
    )


def _patches(
    name: str,
    images: object,
    window: object,
    strides: object,
    dilation_rate: object,
    padding: object,
    data_format: object,
) -> Shape:
    """As a convolution with a filter for every number of a patch."""
    shape, is_first = tensor(name, images), is_channels_first(data_format)
    if isinstance(window, UnknownArgument | Shape):
        raise NotKnown(f"the size of the patches of {name}")
    if not isinstance(window, list | tuple) or len(window) not in (2, 3):
        raise ShapeConflict(
            f"{name}: `size` is one number for each axis of space, not {window!r}",
            f"Invalid `size` argument. Expected a tuple of length 2 or 3. Received: size={window}",
        )
    sides = tuple(known_size(name, side, "size") for side in window)
    axes = len(sides)
    many = Shape((1, *shape)) if shape.rank == axes + 1 else shape
    if many.rank != axes + 2:
        raise ShapeConflict(
            f"{name}: {shape} is no image of {axes} axes with channels, nor many of them",
            "Kernel shape must have the same length as input",
        )
    channels = many[1] if is_first else many[-1]
    if isinstance(channels, Open):
        raise ShapeConflict(
            f"{name} must know how many channels there are, and {shape} leaves it open",
            "unsupported operand type(s) for *: 'int' and 'NoneType'",
        )
    kernel = Shape((*sides, channels, product((*sides, channels))))
    steps = window if strides is None else strides
    if isinstance(padding, str) and padding not in ("valid", "same", "causal"):
        raise ShapeConflict(
            f"{name}: `padding` is 'valid' or 'same', not {padding!r}",
            f"`padding` must be either `'valid'` or `'same'`. Received {padding}.",
        )
    found = conv(many, kernel, steps, padding, data_format, dilation_rate)
    return found if many is shape else Shape(found[1:])

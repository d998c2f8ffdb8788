"""Operations on images: `keras.ops.image`."""

from __future__ import annotations

from typing import Any

from flatlint.catalogue.arguments import UnknownArgument, as_size, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations.operands import tensor
from flatlint.catalogue.operations.registry import operation
from flatlint.shapes import Shape

FORMATS = ("channels_last", "channels_first")


@operation("image.resize")
def resize(
    images: object, size: object, *_: object, data_format: object = None, **__: Any
) -> Shape:
    """Height and width become `size`; words that Keras does not know come out with the data."""
    shape = tensor("resize", images)
    _require_rank(shape)
    if isinstance(size, int | float):
        raise ShapeConflict(
            f"resize: `size` is (height, width), not {size!r}",
            f"{type(size).__name__!r} object is not iterable",
        )
    if not isinstance(size, list | tuple):
        raise NotKnown("the size of the images")
    if len(size) < 2:
        raise ShapeConflict(
            f"resize: `size` is (height, width), not {tuple(size)}",
            f"Expected `size` to be a tuple of 2 integers. Received: size={tuple(size)}",
        )
    if not all(isinstance(part, int) or is_symbolic(part) for part in size[:2]):
        raise NotKnown("the size of the images")
    high, wide = _places(data_format)
    return shape.with_axis(high, as_size(size[0])).with_axis(wide, as_size(size[1]))


@operation("image.rgb_to_grayscale")
def rgb_to_grayscale(images: object, data_format: object = None) -> Shape:
    """One channel of three."""
    shape = tensor("rgb_to_grayscale", images)
    _require_rank(shape)
    channels = -1 if _places(data_format) == (-3, -2) else -3
    size = shape[channels]
    if isinstance(size, int) and size not in (1, 3):
        raise ShapeConflict(
            f"rgb_to_grayscale takes images of 3 channels or 1, and {shape} has {size}",
            "Invalid channel size: expected 3 (RGB) or 1 (Grayscale).",
        )
    return shape.with_axis(channels, 1)


@operation("image.rgb_to_hsv", "image.hsv_to_rgb", "image.gaussian_blur")
def recoloured(images: object, *_: object, **__: Any) -> Shape:
    """The shape stays."""
    shape = tensor("this operation", images)
    _require_rank(shape)
    return shape


def _require_rank(shape: Shape) -> None:
    if shape.rank not in (3, 4):
        raise ShapeConflict(
            f"images have 3 axes, or 4 with the batch axis, and {shape} has {shape.rank}",
            "Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images). "
            f"Received input with shape: images.shape={shape}",
        )


def _places(data_format: object) -> tuple[int, int]:
    """Where height and width stand, counted from the end."""
    if isinstance(data_format, UnknownArgument):
        raise NotKnown(data_format.reason)
    if isinstance(data_format, str) and data_format.lower() not in FORMATS:
        raise ShapeConflict(
            f"`data_format` is 'channels_first' or 'channels_last', not {data_format!r}",
            'The `data_format` argument must be one of {"channels_first", "channels_last"}.',
        )
    is_first = isinstance(data_format, str) and data_format.lower() == "channels_first"
    return (-2, -1) if is_first else (-3, -2)

"""Operations on images: `keras.ops.image`."""

from __future__ import annotations

from typing import Any

from flatlint.catalogue.arguments import UnknownArgument, as_size, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations.lines import first, line, second
from flatlint.catalogue.operations.operands import is_same_size, stated_shape, tensor
from flatlint.catalogue.operations.registry import operation
from flatlint.shapes import Shape

FORMATS = ("channels_last", "channels_first")


@operation("image.resize")
def resize(
    images: object, size: object, *_: object, data_format: object = None, **__: Any
) -> Shape:
    """Height and width become `size`; words that Keras does not know come out with the data."""
    shape = picture("resize", images)
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
    high, wide = places_of_space(data_format)
    return shape.with_axis(high, as_size(size[0])).with_axis(wide, as_size(size[1]))


@operation("image.rgb_to_grayscale")
def rgb_to_grayscale(images: object, data_format: object = None) -> Shape:
    """One channel of three."""
    shape = picture("rgb_to_grayscale", images)
    channels = -1 if places_of_space(data_format) == (-3, -2) else -3
    size = shape[channels]
    if isinstance(size, int) and size not in (1, 3):
        raise ShapeConflict(
            f"rgb_to_grayscale takes images of 3 channels or 1, and {shape} has {size}",
            "Invalid channel size: expected 3 (RGB) or 1 (Grayscale).",
        )
    return shape.with_axis(channels, 1)


def picture(name: str, value: object) -> Shape:
    """The shape of one image or of many."""
    shape = tensor(name, value)
    if shape.rank not in (3, 4):
        raise ShapeConflict(
            f"images have 3 axes, or 4 with the batch axis, and {shape} has {shape.rank}",
            "Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images). "
            f"Received input with shape: images.shape={shape}",
        )
    return shape


def _transform(name: str, value: object) -> Shape:
    """The numbers of one transform or of many."""
    return _of_one_or_many(name, tensor(name, value), ())


def _corners(name: str, value: object) -> Shape:
    """Four points, of one image or of many."""
    return _of_one_or_many(name, tensor(name, value), (4, 2))


def _of_one_or_many(name: str, shape: Shape, of_one: tuple[int, ...]) -> Shape:
    rank = max(len(of_one), 1)
    if shape.rank in (rank, rank + 1) and shape[shape.rank - len(of_one) :] == of_one:
        return shape
    raise ShapeConflict(
        f"{name}: {shape} does not say how one image, or each of many, is transformed",
        f"Invalid shape: expected {of_one or '(N,)'} for a single image. Received shape: {shape}",
    )


def _warped(images: Shape, start: Shape, end: Shape, *_: object) -> Shape:
    if start.dims != end.dims:
        raise ShapeConflict(
            f"perspective_transform: points {start} cannot become points {end}",
            "start_points and end_points must have the same shape.",
        )
    return images


def _looked_up(inputs: Shape, coordinates: Shape) -> Shape:
    if coordinates.rank < 2 or is_same_size(coordinates[0], inputs.rank) is False:
        raise ShapeConflict(
            f"map_coordinates: a place in {inputs} has {inputs.rank} coordinates, and they lie "
            f"along the first axis, which {coordinates} has not",
            "First dim of `coordinates` must be the same as the rank of `inputs`.",
        )
    return Shape(coordinates[1:])


def _of_each(images: Shape, *_: object) -> Shape:
    return Shape(images[: images.rank - 3])


def _layout(_: str, value: object) -> bool:
    return is_channels_first(value)


def _recoloured(images: Shape, is_first: bool = False) -> Shape:
    channels = images[-3 if is_first else -1]
    if isinstance(channels, int) and channels != 3:
        raise ShapeConflict(
            f"an image of three colours has 3 channels, and {images} has {channels}",
            f"Input images must have 3 channels, but received images with {channels} channels.",
        )
    return images


for _name in ("rgb_to_hsv", "hsv_to_rgb"):
    line(f"image.{_name}", _recoloured, images=picture, data_format=_layout)
for _name in ("gaussian_blur", "elastic_transform"):
    line(f"image.{_name}", first, images=picture, data_format=_layout)
line("image.affine_transform", first, images=picture, transform=_transform, data_format=_layout)
line("image.perspective_transform", _warped, images=picture, start_points=_corners,
     end_points=_corners, data_format=_layout)  # fmt: skip
line("image.ssim", _of_each, image1=picture, image2=picture, data_format=_layout)
line("image.map_coordinates", _looked_up, inputs=tensor, coordinates=tensor)
line("image.scale_and_translate", second, images=tensor, output_shape=stated_shape)


@operation("image.sobel_edges")
def sobel_edges(images: object, data_format: object = None) -> Shape:
    """Two numbers for each value of a pixel."""
    is_channels_first(data_format)
    shape = tensor("sobel_edges", images)
    if shape.rank != 4:
        raise ShapeConflict(
            f"sobel_edges takes many images, and {shape} has {shape.rank} axes",
            "Invalid images rank: expected rank 4 (batch of images).",
        )
    return Shape((*shape, 2))


def places_of_space(data_format: object) -> tuple[int, int]:
    """Where height and width stand, counted from the end."""
    return (-2, -1) if is_channels_first(data_format) else (-3, -2)


def is_channels_first(data_format: object) -> bool:
    """Whether the channels come before the space; without a word Keras puts them last."""
    if isinstance(data_format, UnknownArgument):
        raise NotKnown(data_format.reason)
    if isinstance(data_format, str) and data_format.lower() not in FORMATS:
        raise ShapeConflict(
            f"`data_format` is 'channels_first' or 'channels_last', not {data_format!r}",
            'The `data_format` argument must be one of {"channels_first", "channels_last"}.',
        )
    return isinstance(data_format, str) and data_format.lower() == "channels_first"

"""Cropping and padding of images: of three numbers along an axis two are said."""

from __future__ import annotations

from flatlint.catalogue.arguments import UnknownArgument, as_size, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations.images import picture, places_of_space
from flatlint.catalogue.operations.registry import operation
from flatlint.shapes import Dim, Open, Shape


@operation("image.crop_images")
def crop_images(
    images: object,
    top_cropping: object = None,
    left_cropping: object = None,
    bottom_cropping: object = None,
    right_cropping: object = None,
    target_height: object = None,
    target_width: object = None,
    data_format: object = None,
) -> Shape:
    """A part of each image."""
    shape = picture("crop_images", images)
    high, wide = places_of_space(data_format)
    height = _along("crop_images", shape, high, top_cropping, bottom_cropping, target_height)
    width = _along("crop_images", shape, wide, left_cropping, right_cropping, target_width)
    return shape.with_axis(high, height).with_axis(wide, width)


@operation("image.pad_images")
def pad_images(
    images: object,
    top_padding: object = None,
    left_padding: object = None,
    bottom_padding: object = None,
    right_padding: object = None,
    target_height: object = None,
    target_width: object = None,
    data_format: object = None,
) -> Shape:
    """Each image within a margin."""
    shape = picture("pad_images", images)
    high, wide = places_of_space(data_format)
    height = _along("pad_images", shape, high, top_padding, bottom_padding, target_height)
    width = _along("pad_images", shape, wide, left_padding, right_padding, target_width)
    return shape.with_axis(high, height).with_axis(wide, width)


def _along(
    name: str, shape: Shape, axis: int, before: object, after: object, target: object
) -> Dim:
    """The size that comes out; the number that was left out must not be below 0 either."""
    low, high, wanted = _two_of_three(name, before, after, target)
    size, sign = shape[axis], -1 if name == "crop_images" else 1
    if wanted is None:
        if isinstance(size, Open) and sign < 0:
            raise ShapeConflict(
                f"{name} cannot say what is left of the open axis {axis} of {shape}",
                "When the size of the images is unknown, the target size must be specified.",
            )
        return _not_below_0(name, size + sign * (as_size(low) + as_size(high)))
    _not_below_0(name, sign * (as_size(wanted) - size) - as_size(high if low is None else low))
    return as_size(wanted)


def _two_of_three(name: str, *numbers: object) -> tuple[object, ...]:
    if any(isinstance(number, UnknownArgument) for number in numbers):
        raise NotKnown(f"the numbers of {name}")
    if sum(number is None for number in numbers) != 1:
        raise ShapeConflict(
            f"{name}: two of the numbers before, behind and in all are given, not {numbers}",
            "Must specify exactly two of before, behind and target.",
        )
    for number in numbers:
        if number is not None and not isinstance(number, int) and not is_symbolic(number):
            raise NotKnown(f"the numbers of {name}")
        if number is not None:
            _not_below_0(name, as_size(number))
    return numbers


def _not_below_0(name: str, number: Dim) -> Dim:
    if isinstance(number, int) and number < 0:
        raise ShapeConflict(
            f"{name}: one of the numbers is {number}, and none can be below 0",
            f"The number must be >= 0. Received: {number}",
        )
    return number

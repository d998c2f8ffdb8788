"""Layers that give images another size: Resizing, CenterCrop, RandomCrop, RandomHeight/Width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, ClassVar, NoReturn, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    Anything,
    DataFormat,
    Dialect,
    UnknownArgument,
    as_size,
    dialect_of,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.image_augmentation import ImageSeed
from flatlint.catalogue.layers.random_numbers import Factor, checked
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import OPEN, Dim, Open, Shape

METHODS_2 = frozenset(
    {"bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"}
)


def image_size(value: object, info: ValidationInfo) -> object:
    """A height or a width, judged when the layer is called."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, UnknownArgument) or is_symbolic(value):
        return as_size(value)
    return refuse(info, "a whole number", value, f"Cannot convert '{value}' to a shape.")


def method_2(value: object, info: ValidationInfo) -> object:
    """How pixels are made up, by name; Keras 3 looks when there is data."""
    if dialect_of(info).era is Era.KERAS_3 or not isinstance(value, str | int | float | None):
        return value
    if not isinstance(value, str) or value.lower() not in METHODS_2:
        refuse(
            info,
            f"one of {', '.join(sorted(METHODS_2))}",
            value,
            f"Value not recognized for `interpolation`: {value}.",
        )
    return value


def change(value: object, info: ValidationInfo) -> object:
    """By how much a side may change, as a share of itself: above -1, the smaller one first."""
    return checked(value, Factor(-1, around_zero=True, ordered=True), info)


ImageSize: TypeAlias = Annotated[object, PlainValidator(image_size)]
Method: TypeAlias = Annotated[object, PlainValidator(method_2)]
Change: TypeAlias = Annotated[object, PlainValidator(change)]


class ImageResizing(LayerSpec):
    """What they share: an image, or a batch of them, gets another height and width."""

    height: ImageSize
    width: ImageSize
    data_format: DataFormat = ""

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The image at its new size."""
        if self.era < Era.KERAS_3:
            require_image(self.keras_name, inputs)
            places = (-3, -2)
        else:
            places = self.places_in(inputs)
        shape = inputs
        for place, size in zip(places, (self.height, self.width), strict=True):
            shape = shape.with_axis(place, self.new_size(size))
        is_open = any(isinstance(inputs[place], Open) for place in places)
        if is_open and self.era < Era.KERAS_3 and inputs.rank == 4 and self.may_crop:
            # TensorFlow forgets the size of the batch where it must look at the size first.
            shape = shape.with_axis(0, OPEN)
        return shape

    def call_weights(self, inputs: ShapeTree, **_: Any) -> Iterable[Weight]:
        """None."""
        return ()

    @property
    def may_crop(self) -> bool:
        """Whether the layer of Keras 2 chooses between cropping and resizing."""
        return False

    @property
    def is_channels_first(self) -> bool:
        """Whether the channels of an image stand before its height."""
        configured = self.dialect if isinstance(self.dialect, Dialect) else Dialect()
        return (self.data_format or configured.image_data_format) == "channels_first"

    def places_in(self, inputs: Shape) -> tuple[int, int]:
        """Where Keras 3 takes height and width to be; it counts from the front."""
        first = (1 if inputs.rank == 4 else 0) + (1 if self.is_channels_first else 0)
        if inputs.rank < first + 2:
            require_image(self.keras_name, inputs)
        return first, first + 1

    def new_size(self, size: object) -> Dim:
        """A size of the output; raises `ShapeConflict` where the era refuses the number."""
        if isinstance(size, int) and size < 0:
            self.refuse_size(size)
        if size is None and self.era < Era.KERAS_3:
            self.refuse_size(size)
        return as_size(size)

    def refuse_size(self, size: object) -> NoReturn:
        """Say that this is no height and no width."""
        raise ShapeConflict(
            f"{self.keras_name}: height and width must be sizes, not {size}",
            "Cannot convert to a shape. Negative dimensions are not allowed."
            if self.era is Era.KERAS_3
            else f"target_height must be > 0. Received: {size}",
        )


def require_image(layer: str, inputs: Shape) -> None:
    """Refuse what is no image and no batch of images."""
    if inputs.rank not in (3, 4):
        raise ShapeConflict(
            f"{layer} takes one image (rank 3) or a batch of them (rank 4), and gets {inputs} of "
            f"rank {inputs.rank}",
            "'images' must have either 3 or 4 dimensions.",
        )


class Resizing(ImageResizing):
    """Stretches images, or crops or pads them to the new proportions.

    (None, 32, 24, 3) -> Resizing(16, 12) -> (None, 16, 12, 3)
    (32, 24, 3)       -> Resizing(16, 12) -> (16, 12, 3)
    (None,)           -> Resizing(16, 12) -> conflict: rank 3
    keras3: [(None, 32, 24, 3), (None, 32, 24, 3)] -> Resizing(16, 12) -> (16, 12)
    keras2: (None, 32, 24, 3) -> Resizing(16, 12, 'banana') -> conflict: bilinear
    """

    interpolation: Method = "bilinear"
    crop_to_aspect_ratio: Anything = False

    @property
    def may_crop(self) -> bool:
        """Whether it crops to the new proportions."""
        return self.crop_to_aspect_ratio is True

    def call(self, inputs: ShapeTree, **arguments: Any) -> ShapeTree:
        """The image at its new size; Keras 3 takes the shapes of two images for height and width.

        Source: `compute_output_shape` of keras/src/layers/preprocessing/image_preprocessing/
        resizing.py.
        """
        is_pair = isinstance(inputs, Sequence) and len(inputs) == 2
        if is_pair and self.era is Era.KERAS_3 and not self.is_channels_first:
            return Shape((self.new_size(self.height), self.new_size(self.width)))
        return super().call(inputs, **arguments)

    def new_size(self, size: object) -> Dim:
        """A size of the output; Keras 2 lets TensorFlow leave a negative one open."""
        if isinstance(size, int) and size < 0 and self.era < Era.KERAS_3:
            return OPEN
        return super().new_size(size)


class CenterCrop(ImageResizing):
    """Cuts out the middle; what is too small is enlarged.

    (None, 32, 24, 3) -> CenterCrop(16, 12) -> (None, 16, 12, 3)
    (None, 8, 8, 3)   -> CenterCrop(16, 12) -> (None, 16, 12, 3)
    (None, 32)        -> CenterCrop(16, 12) -> conflict: rank 3
    """

    def places_in(self, inputs: Shape) -> tuple[int, int]:
        """Where height and width are, in an image or in a batch of images."""
        require_image(self.keras_name, inputs)
        return super().places_in(inputs)

    @property
    def may_crop(self) -> bool:
        """Always: what is too small is enlarged instead."""
        return True

    def new_size(self, size: object) -> Dim:
        """A size of the output; TensorFlow crops to positive sizes only."""
        if self.era < Era.KERAS_3 and isinstance(size, int) and size <= 0:
            self.refuse_size(size)
        return super().new_size(size)


class RandomCrop(CenterCrop):
    """Cuts out a part anywhere; what is too small is enlarged.

    (None, 32, 24, 3) -> RandomCrop(16, 12) -> (None, 16, 12, 3)
    (None, 32)        -> RandomCrop(16, 12) -> conflict: rank 3
    keras3: (None, 4, 32, 24, 3) -> RandomCrop(16, 12) -> (None, 4, 16, 12, 3)
    """

    seed: ImageSeed = None

    def places_in(self, inputs: Shape) -> tuple[int, int]:
        """Where height and width are, counted from the end."""
        places = (-2, -1) if self.is_channels_first else (-3, -2)
        if inputs.rank < -places[0]:
            require_image(self.keras_name, inputs)
        return places


class RandomHeight(LayerSpec):
    """Stretches images up and down by a random factor: the height is open afterwards.

    (None, 32, 24, 3) -> RandomHeight(0.2) -> (None, None, 24, 3)
    (None, 32)        -> RandomHeight(0.2) -> conflict: rank 3
    (None, 32, 24, 3) -> RandomHeight(-2)  -> conflict: range
    """

    axis: ClassVar[int] = -3

    factor: Change
    interpolation: Method = "bilinear"
    seed: ImageSeed = None

    def call(self, inputs: ShapeTree, training: object = True, **_: Any) -> ShapeTree:
        """The image with one side left open, the image itself outside training."""
        shape = self.single(inputs)
        if training is False:
            return shape
        require_image(self.keras_name, shape)
        return shape.with_axis(self.axis, OPEN)


class RandomWidth(RandomHeight):
    """Stretches images sideways by a random factor: the width is open afterwards.

    (None, 32, 24, 3) -> RandomWidth(0.2)             -> (None, 32, None, 3)
    (None, 32)        -> RandomWidth(0.2)             -> conflict: rank 3
    (None, 32, 24, 3) -> RandomWidth(0.2, 'sharpest') -> conflict: bilinear
    """

    axis = -2

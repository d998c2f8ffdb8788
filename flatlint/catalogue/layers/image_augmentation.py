"""Image augmentation: pixels change at random while training, shapes do not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    Anything,
    DataFormat,
    Dialect,
    UnknownArgument,
    dialect_of,
    exactly_one_of,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.random_numbers import (
    Factor,
    ValueRange,
    checked,
    factor,
    optional,
    seed,
)
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight

_SHARES = Factor(0, 1, reaches_across=True)
_EACH_SHARE = Factor(0, 1)
_WITHIN_ONE = Factor(-1, 1)

Share: TypeAlias = Annotated[object, factor(_SHARES)]
EachShare: TypeAlias = Annotated[object, factor(_EACH_SHARE)]
Bits: TypeAlias = Annotated[object, factor(Factor(1, 8, reaches_across=True))]
Around: TypeAlias = Annotated[object, factor(Factor(-1, 1, reaches_across=True))]
Shift: TypeAlias = Annotated[
    object, factor(_WITHIN_ONE, Factor(-1, 1, around_zero=True, ordered=True))
]
OptionalTurn: TypeAlias = Annotated[object, optional(Factor(-1, 1, reaches_across=True))]
OptionalShare: TypeAlias = Annotated[object, optional(_SHARES)]
HeightZoom: TypeAlias = Annotated[
    object, factor(Factor(-1, 1, above=True), Factor(-1, 1, around_zero=True))
]

FillMode: TypeAlias = Annotated[object, exactly_one_of("reflect", "wrap", "constant", "nearest")]
ElasticFillMode: TypeAlias = Annotated[
    object, exactly_one_of("constant", "nearest", "wrap", "mirror", "reflect")
]
Interpolation: TypeAlias = Annotated[object, exactly_one_of("nearest", "bilinear")]


def width_zoom(value: object, info: ValidationInfo) -> object:
    """The zoom across, which is that of the height where it is `None`."""
    if value is None:
        return value
    keras_3, keras_2 = Factor(-1, 1, above=True), Factor(-1, around_zero=True)
    wanted = keras_3 if dialect_of(info).era is Era.KERAS_3 else keras_2
    if not wanted.accepts(value):
        refuse(
            info,
            "a number above -1 and up to 1, or two of them",
            value,
            f"`width_factor` argument must have values larger than -1. Received: {value}",
        )
    return value


def contrast(value: object, info: ValidationInfo) -> object:
    """How far contrast may go down and up."""
    if dialect_of(info).era is Era.KERAS_3:
        accepted = _SHARES.accepts(value)
    else:
        pair = value if isinstance(value, list | tuple) else [value, value]
        numbers = [part for part in pair if isinstance(part, int | float)]
        is_known = not any(isinstance(part, UnknownArgument) or is_symbolic(part) for part in pair)
        accepted = not is_known or (
            len(numbers) == len(pair) > 1 and 0 <= numbers[0] <= 1 and numbers[1] >= 0
        )
    if not accepted:
        refuse(
            info,
            "a number from 0 to 1, or two of them",
            value,
            "`factor` argument cannot have negative values or values greater than 1. Received: "
            f"factor={value}",
        )
    return value


def base_factor(value: object, info: ValidationInfo) -> object:
    """The factor that the base class of Keras 3 reads: what is falsy stands for 0."""
    if not isinstance(value, UnknownArgument) and not is_symbolic(value) and not value:
        return None
    return checked(value, Factor(-1, 1, reaches_across=True), info)


def turn(value: object, info: ValidationInfo) -> object:
    """How far an image is turned, in full circles."""
    if dialect_of(info).era is Era.KERAS_3:
        return base_factor(value, info)
    return checked(value, Factor(around_zero=True, ordered=True), info)


def brightness(value: object, info: ValidationInfo) -> object:
    """How much is added to every pixel, as a share of the range of values."""
    if dialect_of(info).era is Era.KERAS_3:
        return base_factor(value, info)
    return checked(value, _WITHIN_ONE, info)


def grey_share(value: object, info: ValidationInfo) -> object:
    """The share of images that lose their colours: one number."""
    if isinstance(value, UnknownArgument) or is_symbolic(value):
        return value
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        refuse(
            info,
            "a number from 0 to 1",
            value,
            f"`factor` should be between 0 and 1. Received: factor={value}",
        )
    return value


def scale(value: object, info: ValidationInfo) -> object:
    """One number from 0 to 1."""
    return grey_share(value, info)


def odd_sizes(value: object, info: ValidationInfo) -> object:
    """The size of a blurring window: an odd number or two."""
    listed = value if isinstance(value, list | tuple) else [value]
    if any(isinstance(part, UnknownArgument) or is_symbolic(part) for part in listed):
        return value
    numbers = [part for part in listed if isinstance(part, int | float)]
    is_pair = not isinstance(value, list | tuple) or len(value) == 2
    if len(numbers) < len(listed) or not is_pair or any(part % 2 == 0 for part in numbers):
        refuse(
            info,
            "an odd number, or two of them",
            value,
            f"kernel_size must be an odd number. Received: kernel_size={value}",
        )
    return value


def flip_mode(value: object, info: ValidationInfo) -> object:
    """Along which axes an image may be flipped; Keras 3 does not look."""
    modes = ("horizontal", "vertical", "horizontal_and_vertical")
    is_mode = value in modes if isinstance(value, str) else not _is_plain(value)
    if dialect_of(info).era is Era.KERAS_3 or is_mode:
        return value
    return refuse(
        info,
        "'horizontal', 'vertical' or 'horizontal_and_vertical'",
        value,
        f"RandomFlip layer received an unknown mode argument {value}",
    )


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, int | float | list | tuple)


def image_seed(value: object, info: ValidationInfo) -> object:
    """A whole number or a generator; Keras 2 makes a number of anything but a string."""
    if dialect_of(info).era < Era.KERAS_3 and isinstance(value, str):
        refuse(info, "a number", value, "Cast string to int64 is not supported")
    return seed(value, info)


BaseFactor: TypeAlias = Annotated[object, PlainValidator(base_factor)]
Turn: TypeAlias = Annotated[object, PlainValidator(turn)]
Brightness: TypeAlias = Annotated[object, PlainValidator(brightness)]
WidthZoom: TypeAlias = Annotated[object, PlainValidator(width_zoom)]
Contrast: TypeAlias = Annotated[object, PlainValidator(contrast)]
GreyShare: TypeAlias = Annotated[object, PlainValidator(grey_share)]
Scale: TypeAlias = Annotated[object, PlainValidator(scale)]
OddSizes: TypeAlias = Annotated[object, PlainValidator(odd_sizes)]
FlipMode: TypeAlias = Annotated[object, PlainValidator(flip_mode)]
ImageSeed: TypeAlias = Annotated[object, PlainValidator(image_seed)]


class ImageAugmentation(LayerSpec):
    """What all of them share: the same shapes go out that came in.

    Keras 3 does not look at them (keras/src/layers/preprocessing/image_preprocessing/), Keras 2
    runs the image functions of TensorFlow at once (tf_keras/.../image_preprocessing.py).
    """

    most_axes: ClassVar[int] = 4
    """The highest rank that the functions behind the layer of Keras 2 take; the lowest is 3."""

    data_format: DataFormat = ""
    seed: ImageSeed = None

    def call(self, inputs: ShapeTree, training: object = True, **_: Any) -> ShapeTree:
        """What came in, be it one tensor or a dict of images with their boxes."""
        if self.era is Era.KERAS_3:
            self.require_images(inputs)
            return inputs
        shape = self.single(inputs)
        if training is not False and not 3 <= shape.rank <= self.most_axes:
            raise ShapeConflict(
                f"{self.keras_name} takes one image (rank 3) or a batch of them (rank 4), and "
                f"gets {shape} of rank {shape.rank}",
                f"Shape must be rank 4 but is rank {shape.rank}",
            )
        return shape

    @property
    def image_data_format(self) -> str:
        """The format that Keras is configured to."""
        configured = self.dialect if isinstance(self.dialect, Dialect) else Dialect()
        return configured.image_data_format

    @property
    def is_channels_first(self) -> bool:
        """Whether the channels of an image stand before its height."""
        return (self.data_format or self.image_data_format) == "channels_first"

    def call_weights(self, inputs: ShapeTree, **_: Any) -> Iterable[Weight]:
        """None that are counted."""
        return ()

    def require_images(self, inputs: ShapeTree) -> None:
        """Refuse what the Keras 3 layer refuses; nothing unless a layer says more."""


class RandomFlip(ImageAugmentation):
    """Mirrors images.

    (None, 32, 24, 3) -> RandomFlip('horizontal') -> (None, 32, 24, 3)
    keras2: (None, 32, 24, 3) -> RandomFlip('both') -> conflict: horizontal
    keras2: (None, 10) -> RandomFlip() -> conflict: rank 3
    keras3: (None, 10) -> RandomFlip() -> (None, 10)
    """

    mode: FlipMode = "horizontal_and_vertical"


class RandomTranslation(ImageAugmentation):
    """Moves images up, down and sideways.

    (None, 32, 24, 3) -> RandomTranslation(0.1, (-0.2, 0.2)) -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomTranslation(2, 0.1)           -> conflict: range
    """

    height_factor: Shift
    width_factor: Shift
    fill_mode: FillMode = "reflect"
    interpolation: Interpolation = "bilinear"
    fill_value: Anything = 0.0


class RandomRotation(ImageAugmentation):
    """Turns images.

    (None, 32, 24, 3) -> RandomRotation(0.1)                   -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomRotation(0.1, fill_mode='zero') -> conflict: reflect
    keras3: (None, 32, 24, 3) -> RandomRotation(1.5)           -> conflict: range
    """

    factor: Turn
    fill_mode: FillMode = "reflect"
    interpolation: Interpolation = "bilinear"
    fill_value: Anything = 0.0


class RandomZoom(ImageAugmentation):
    """Enlarges images or makes them smaller, the frame kept.

    (None, 32, 24, 3) -> RandomZoom(0.1)      -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomZoom(0.1, 0.2) -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomZoom(1.5)      -> conflict: range
    """

    height_factor: HeightZoom
    width_factor: WidthZoom = None
    fill_mode: FillMode = "reflect"
    interpolation: Interpolation = "bilinear"
    fill_value: Anything = 0.0


class RandomContrast(ImageAugmentation):
    """Makes differences between pixels larger or smaller.

    (None, 32, 24, 3) -> RandomContrast(0.2) -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomContrast(2)   -> conflict: from 0 to 1
    """

    most_axes = 99

    factor: Contrast

    def call(self, inputs: ShapeTree, training: object = True, **_: Any) -> ShapeTree:
        """What came in; Keras 2 needs some room to draw from."""
        bounds = self.factor if isinstance(self.factor, list | tuple) else [self.factor]
        if self.era < Era.KERAS_3 and training is not False and not any(bounds):
            raise ShapeConflict(
                f"{self.keras_name}: `factor` leaves no room for a change",
                "upper must be > lower.",
            )
        return super().call(inputs, training=training)


class RandomBrightness(ImageAugmentation):
    """Makes images lighter or darker.

    (None, 32, 24, 3) -> RandomBrightness(0.2)      -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> RandomBrightness(2)        -> conflict: range
    (None, 32, 24, 3) -> RandomBrightness(0.2, 255) -> conflict: pair
    """

    factor: Brightness
    value_range: ValueRange = (0, 255)

"""Dropout and noise: values are disturbed while training; no shape changes."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, NoReturn, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    Anything,
    UnknownArgument,
    data_format,
    dialect_of,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.random_numbers import Seed
from flatlint.catalogue.spec import LayerSpec, ShapeTree
from flatlint.shapes import Shape
from flatlint.shapes.broadcasting import broadcast_shapes


def share(value: object, info: ValidationInfo) -> object:
    """A number from 0 to 1; Keras 2 compares without looking at the outcome.

    Source: the constructors in keras/src/layers/regularization/; in Keras 2 `call` compares.
    """
    if isinstance(value, UnknownArgument) or is_symbolic(value):
        return value
    is_number = isinstance(value, int | float)
    if is_number and (dialect_of(info).era < Era.KERAS_3 or 0 <= value <= 1):  # type: ignore[operator]
        return value
    return _refuse_share(value, info)


def share_of_either_kind(value: object, info: ValidationInfo) -> object:
    """A number; in Keras 3 anything.

    What that has as `tf.keras.layers.AlphaDropout` is the layer of old, which checks nothing
    (keras/src/legacy/layers.py), and both names mean one layer here.
    """
    return value if dialect_of(info).era is Era.KERAS_3 else share(value, info)


def stddev(value: object, info: ValidationInfo) -> object:
    """A number from 0 to 1; Keras 2 checks nothing."""
    return value if dialect_of(info).era < Era.KERAS_3 else share(value, info)


def dropped_share(value: object, info: ValidationInfo) -> object:
    """A number from 0 to 1; Keras 2 checks numbers, and lets anything else pass."""
    if not isinstance(value, int | float) and dialect_of(info).era < Era.KERAS_3:
        return value
    if isinstance(value, int | float) and not 0 <= value <= 1:
        return _refuse_share(value, info)
    return share(value, info)


def _refuse_share(value: object, info: ValidationInfo) -> NoReturn:
    refuse(
        info,
        "a number from 0 to 1",
        value,
        f"Invalid value received for argument `{info.field_name}`. Expected a float value "
        f"between 0 and 1. Received: {info.field_name}={value!r}",
    )


def noise_shape(value: object, info: ValidationInfo) -> object:
    """Which axes share a mask: `None` or a positive integer for each; Keras 2 checks nothing."""
    if value is None or is_symbolic(value) or dialect_of(info).era < Era.KERAS_3:
        return value
    sizes = value if isinstance(value, list | tuple) else [value]
    for size in sizes:
        if size is None or is_symbolic(size):
            continue
        if not isinstance(value, list | tuple) or not isinstance(size, int) or size <= 0:
            refuse(
                info,
                "a tuple of positive integers or None",
                value,
                "Invalid value received for argument `noise_shape`. Expected an iterable of "
                f"integers. Received: noise_shape={value!r}",
            )
    return value


Share: TypeAlias = Annotated[object, PlainValidator(share)]
ShareOfEitherKind: TypeAlias = Annotated[object, PlainValidator(share_of_either_kind)]
DroppedShare: TypeAlias = Annotated[object, PlainValidator(dropped_share)]


def exact_data_format(value: object, info: ValidationInfo) -> str:
    """A data format; these layers of Keras 2 compare it to the letter."""
    if dialect_of(info).era < Era.KERAS_3 and isinstance(value, str) and value != value.lower():
        refuse(
            info,
            "'channels_first' or 'channels_last'",
            value,
            '`data_format` must be "channels_last" or "channels_first". Received: '
            f"data_format={value}.",
        )
    return data_format(value, info)


Stddev: TypeAlias = Annotated[object, PlainValidator(stddev)]
ExactDataFormat: TypeAlias = Annotated[str, PlainValidator(exact_data_format)]
NoiseShape: TypeAlias = Annotated[object, PlainValidator(noise_shape)]


class MaskedLayer(LayerSpec):
    """A layer whose mask may be told its shape; told to train, Keras 2 applies the mask at once.

    Source: `Dropout.call` in tf_keras/src/layers/regularization/dropout.py.
    """

    rate: Anything
    noise_shape: NoiseShape = None

    def call(self, inputs: ShapeTree, **arguments: Any) -> ShapeTree:
        """The input, broadcast with the mask where that is there."""
        given = super().call(inputs, **arguments)
        mask = self.noise_shape
        is_trained = self.era < Era.KERAS_3 and arguments.get("training") in (True, 1)
        if (
            not is_trained
            or self.rate == 0
            or not isinstance(mask, list | tuple)
            or not isinstance(given, Shape)
        ):
            return given
        if not all(size is None or isinstance(size, int) for size in mask):
            raise NotKnown("the shape of the mask is not known")
        places = [size if size is not None else 1 for size in mask]
        applied = broadcast_shapes(given, Shape(tuple(places)))
        if applied is None:
            raise ShapeConflict(
                f"{self.keras_name}: a mask of shape {tuple(mask)} does not fit {given}",
                f"Dimensions must be equal: {given} and {tuple(mask)}",
            )
        return applied


class Dropout(MaskedLayer):
    """A share `rate` of the values is set to 0.

    (None, 5)    -> Dropout(0.5)                        -> (None, 5)
    (None, 5, 6) -> Dropout(0.5, noise_shape=(None, 1, 6)) -> (None, 5, 6)
    (None, 5)    -> Dropout(50)                         -> conflict: from 0 to 1
    keras2: (None, 5) -> Dropout(None)                  -> (None, 5)
    """

    rate: DroppedShare
    seed: Seed = None


class AlphaDropout(MaskedLayer):
    """Dropout that keeps mean and variance, for networks of `selu`.

    (None, 5) -> AlphaDropout(0.5) -> (None, 5)
    (None, 5) -> AlphaDropout(1.5) -> (None, 5)
    """

    rate: ShareOfEitherKind
    noise_shape: Anything = None
    seed: Seed = None


class GaussianDropout(LayerSpec):
    """Every value is multiplied by a random number about 1.

    (None, 5) -> GaussianDropout(0.5) -> (None, 5)
    keras3: (None, 5) -> GaussianDropout(-0.1) -> conflict: from 0 to 1
    keras2: (None, 5) -> GaussianDropout(1.5)  -> (None, 5)
    """

    rate: Share
    seed: Seed = None


class GaussianNoise(LayerSpec):
    """A random number about 0 is added to every value.

    (None, 5) -> GaussianNoise(0.1) -> (None, 5)
    keras3: (None, 5) -> GaussianNoise(2) -> conflict: from 0 to 1
    keras2: (None, 5) -> GaussianNoise(2) -> (None, 5)
    """

    stddev: Stddev
    seed: Seed = None


class SpatialDropout(Dropout):
    """Whole feature maps are dropped, so that the rank of the input is fixed."""

    rank: ClassVar[int]

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The shape that came in."""
        self.require_rank(inputs, self.rank)
        return inputs


class SpatialDropout1D(SpatialDropout):
    """Drops whole channels of a sequence.

    (None, 10, 8)    -> SpatialDropout1D(0.2) -> (None, 10, 8)
    (None, None, 8)  -> SpatialDropout1D(0.2) -> (None, None, 8)
    (None, 10, 8, 3) -> SpatialDropout1D(0.2) -> conflict: rank 3
    keras2: [(None, 10, 8)] -> SpatialDropout1D(0.2) -> (1, None, 10, 8)
    keras3: [(None, 10, 8)] -> SpatialDropout1D(0.2) -> [(None, 10, 8)]
    """

    rank = input_rank = 3


class SpatialDropout2D(SpatialDropout):
    """Drops whole channels of an image.

    (None, 10, 8, 3) -> SpatialDropout2D(0.2)           -> (None, 10, 8, 3)
    (None, 10, 8)    -> SpatialDropout2D(0.2)           -> conflict: rank 4
    (None, 10, 8, 3) -> SpatialDropout2D(0.2, 'banana') -> conflict: channels_first
    """

    rank = input_rank = 4
    data_format: ExactDataFormat = ""


class SpatialDropout3D(SpatialDropout):
    """Drops whole channels of a volume.

    (None, 4, 10, 8, 3) -> SpatialDropout3D(0.2) -> (None, 4, 10, 8, 3)
    (None, 10, 8, 3)    -> SpatialDropout3D(0.2) -> conflict: rank 5
    (None, 4, 10, 8, 3) -> SpatialDropout3D(1.2) -> conflict: from 0 to 1
    """

    rank = input_rank = 5
    data_format: ExactDataFormat = ""

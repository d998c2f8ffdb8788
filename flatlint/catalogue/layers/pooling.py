"""Max and average pooling: a window without weights that moves over each channel alone."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field, ValidationInfo, field_validator

from flatlint.catalogue.arguments import UnknownArgument, dialect_of, refuse
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.spatial import Padding, Sizes, SpatialLayer, whole_sizes
from flatlint.shapes import Dim, Shape


class Pooling(SpatialLayer):
    """Pooling over `axes` spatial axes; the strides are the window unless they are given.

    Sources: keras/src/layers/pooling/base_pooling.py and base_pooling1d.py to base_pooling3d.py of
    tf_keras/src/layers/pooling. Keras 3 compares the padding letter by letter: `"SAME"` is refused.
    """

    pool_size: Sizes = Field(default=2, validate_default=True)
    strides: Sizes | None = None
    padding: Padding = "valid"

    keras_2_needs_channels: ClassVar[bool] = False
    """Whether Keras 2 moves a window of one channel over the channels too."""

    @field_validator("pool_size", "strides", mode="plain")
    @classmethod
    def _window(cls, value: object, info: ValidationInfo) -> tuple[Dim, ...] | None:
        if value is None and info.field_name == "strides":
            return None
        return whole_sizes(value, cls.axes, info, takes_floats=True)

    @field_validator("padding", mode="plain")
    @classmethod
    def _known_padding(cls, value: object, info: ValidationInfo) -> object:
        if isinstance(value, UnknownArgument):
            return None
        word = value
        if isinstance(value, str) and dialect_of(info).era < Era.KERAS_3:
            word = value.lower()
        if word in ("valid", "same"):
            return word
        return refuse(
            info,
            "'valid' or 'same'",
            value,
            f"Argument `padding` must be either 'valid' or 'same'. Received: padding={value}",
        )

    def output_shape(self, inputs: Shape) -> Shape:
        """Space as the window leaves it, the same channels."""
        self.require_rank(inputs, self.axes + 2)
        if self.keras_2_needs_channels and self.era < Era.KERAS_3 and self.padding == "valid":
            self._require_channels(inputs)
        strides = self.pool_size if self.strides is None else self.strides
        space = self.windowed(inputs, self.pool_size, strides, self.padding)
        return self.arrange(inputs, space, self.channels(inputs))

    def _require_channels(self, inputs: Shape) -> None:
        if self.channels(inputs) == 0:
            raise ShapeConflict(
                f"{self.keras_name} needs at least one channel, and {inputs} has none",
                "Negative dimension size caused by subtracting 1 from 0",
            )


class MaxPooling1D(Pooling):
    """The largest value of each window along one axis.

    (None, 100, 8) -> MaxPooling1D()                                -> (None, 50, 8)
    (None, 101, 8) -> MaxPooling1D(2, padding="same")               -> (None, 51, 8)
    (None, 8, 100) -> MaxPooling1D(4, data_format="channels_first") -> (None, 8, 25)
    keras3: [(None, 100, 8)] -> MaxPooling1D(4) -> [(None, 100, 8), (None, 100, 8)]
    keras2: [(None, 100, 8)] -> MaxPooling1D(4) -> conflict: a list
    (None, 1, 8)   -> MaxPooling1D()                                -> conflict: 2 or more
    """

    keras_2_needs_channels: ClassVar[bool] = True
    axes: ClassVar[int] = 1
    input_rank: ClassVar[int | None] = 3
    is_always_channels_last: ClassVar[bool] = True


class MaxPooling2D(Pooling):
    """The largest value of each window of an image.

    (None, 28, 28, 3)  -> MaxPooling2D()              -> (None, 14, 14, 3)
    (None, None, 9, 3) -> MaxPooling2D((1, 3), 2)     -> (None, None, 4, 3)
    (None, 28, 1, 3)   -> MaxPooling2D()              -> conflict: axis 2 (width)
    (None, 28, 28)     -> MaxPooling2D()              -> conflict: rank 4
    keras3: (None, 28, 28, 3) -> MaxPooling2D(padding="SAME") -> conflict: 'valid' or 'same'
    """

    keras_2_needs_channels: ClassVar[bool] = True
    axes: ClassVar[int] = 2
    input_rank: ClassVar[int | None] = 4


class MaxPooling3D(Pooling):
    """The largest value of each window of a volume.

    (None, 8, 28, 28, 3) -> MaxPooling3D()             -> (None, 4, 14, 14, 3)
    (None, 8, 28, 28, 3) -> MaxPooling3D((2, 2))       -> conflict: tuple of 3
    (None, 1, 28, 28, 3) -> MaxPooling3D()             -> conflict: axis 1 (depth)
    """

    axes: ClassVar[int] = 3
    input_rank: ClassVar[int | None] = 5


class AveragePooling1D(Pooling):
    """The mean of each window along one axis.

    (None, 100, 8) -> AveragePooling1D(4)             -> (None, 25, 8)
    (None, 100, 8) -> AveragePooling1D(4, strides=1)  -> (None, 97, 8)
    (None, 100)    -> AveragePooling1D(4)             -> conflict: rank 3
    """

    axes: ClassVar[int] = 1
    input_rank: ClassVar[int | None] = 3
    is_always_channels_last: ClassVar[bool] = True


class AveragePooling2D(Pooling):
    """The mean of each window of an image.

    (None, 7, 7, 512) -> AveragePooling2D(7)                 -> (None, 1, 1, 512)
    (None, 7, 7, 512) -> AveragePooling2D(2, padding="same") -> (None, 4, 4, 512)
    (None, 6, 6, 512) -> AveragePooling2D(7)                 -> conflict: 7 or more
    """

    axes: ClassVar[int] = 2
    input_rank: ClassVar[int | None] = 4


class AveragePooling3D(Pooling):
    """The mean of each window of a volume.

    (None, 8, 28, 28, 3) -> AveragePooling3D((1, 2, 2)) -> (None, 8, 14, 14, 3)
    (None, 8, 28, 28, 3) -> AveragePooling3D(9)         -> conflict: axis 1 (depth)
    """

    axes: ClassVar[int] = 3
    input_rank: ClassVar[int | None] = 5

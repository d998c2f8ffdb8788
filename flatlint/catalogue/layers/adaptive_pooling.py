"""Adaptive pooling: windows that are made to fit, so that space gets a given size."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import ValidationInfo, field_validator

from flatlint.catalogue.arguments import (
    UnknownArgument,
    as_size,
    dialect_of,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.layers.spatial import Sizes, SpatialLayer
from flatlint.catalogue.numpy_integers import is_python_integer
from flatlint.shapes import OPEN, UNFIXED, Dim, Shape


class AdaptivePooling(SpatialLayer):
    """Pooling to `output_size`, whatever the input; Keras 3 does not even look at its rank.

    Source: keras/src/layers/pooling/base_adaptive_pooling.py.
    """

    output_size: Sizes
    data_format: Any = None

    @field_validator("output_size", mode="plain")
    @classmethod
    def _sizes(cls, value: object, info: ValidationInfo) -> tuple[Dim, ...]:
        if isinstance(value, UnknownArgument):
            return (UNFIXED,) * cls.axes
        sizes = value if isinstance(value, tuple | list) else (value,) * cls.axes
        is_number = is_python_integer(value)
        is_one = is_number or is_symbolic(value)
        if len(sizes) != cls.axes or not (is_one or isinstance(value, tuple | list)):
            refuse(
                info,
                f"an integer or a tuple of {cls.axes}",
                value,
                f"`output_size` must be an integer or tuple of {cls.axes} integers. "
                f"Received: {value}",
            )
        for size in sizes:
            is_size = is_symbolic(size) or size is None or (isinstance(size, int) and size >= 0)
            if not is_size:
                refuse(
                    info,
                    f"an integer or a tuple of {cls.axes} that are not negative",
                    value,
                    f"Cannot convert '{value}' to a shape.",
                )
        return tuple(OPEN if size is None else as_size(size) for size in sizes)

    @field_validator("data_format", mode="plain")
    @classmethod
    def _exact_data_format(cls, value: object, info: ValidationInfo) -> object:
        if value is None:
            return dialect_of(info).image_data_format
        if isinstance(value, UnknownArgument) or value in ("channels_last", "channels_first"):
            return value
        return refuse(
            info,
            "'channels_first' or 'channels_last'",
            value,
            f"Invalid data_format: {value}. Expected 'channels_first' or 'channels_last'.",
        )

    def output_shape(self, inputs: Shape) -> Shape:
        """The batch, the channels where the data format has them, and `output_size`."""
        first = self.has_channels_first
        if inputs.rank < (2 if first else 1):
            raise ShapeConflict(
                f"{self.keras_name} takes tensors of rank {self.axes + 2} and gets {inputs}",
                "tuple index out of range",
            )
        channels = inputs[1] if first else inputs[-1]
        inner = (channels, *self.output_size) if first else (*self.output_size, channels)
        return Shape((inputs[0], *inner))


class AdaptiveMaxPooling1D(AdaptivePooling):
    """The largest value of each of `output_size` stretches.

    (None, 9, 2)    -> AdaptiveMaxPooling1D(4)      -> (None, 4, 2)
    (None, None, 2) -> AdaptiveMaxPooling1D((4,))   -> (None, 4, 2)
    (None, 9, 2)    -> AdaptiveMaxPooling1D((4, 3)) -> conflict: tuple of 1
    """

    axes: ClassVar[int] = 1
    input_rank: ClassVar[int | None] = 3


class AdaptiveMaxPooling2D(AdaptivePooling):
    """The largest value of each field of a grid.

    (None, 9, 9, 2) -> AdaptiveMaxPooling2D(4)                                   -> (None, 4, 4, 2)
    (None, 2, 9, 9) -> AdaptiveMaxPooling2D((4, 1), data_format="channels_first") -> (None, 2, 4, 1)
    (None, 9, 9, 2) -> AdaptiveMaxPooling2D(-4)                          -> conflict: not negative
    """

    axes: ClassVar[int] = 2
    input_rank: ClassVar[int | None] = 4


class AdaptiveMaxPooling3D(AdaptivePooling):
    """The largest value of each cell of a volume.

    (None, 9, 9, 9, 2) -> AdaptiveMaxPooling3D((4, 2, 1)) -> (None, 4, 2, 1, 2)
    (None, 9, 9, 9, 2) -> AdaptiveMaxPooling3D((4, 2))    -> conflict: tuple of 3
    """

    axes: ClassVar[int] = 3
    input_rank: ClassVar[int | None] = 5


class AdaptiveAveragePooling1D(AdaptivePooling):
    """The mean of each of `output_size` stretches.

    (None, 9, 2) -> AdaptiveAveragePooling1D(4)    -> (None, 4, 2)
    (None, 9, 2) -> AdaptiveAveragePooling1D("4")  -> conflict: integer
    """

    axes: ClassVar[int] = 1
    input_rank: ClassVar[int | None] = 3


class AdaptiveAveragePooling2D(AdaptivePooling):
    """The mean of each field of a grid.

    (None, 9, None, 2) -> AdaptiveAveragePooling2D(4)                     -> (None, 4, 4, 2)
    (None, 9, 9, 2)    -> AdaptiveAveragePooling2D(4, data_format="CL")   -> conflict: channels_last
    """

    axes: ClassVar[int] = 2
    input_rank: ClassVar[int | None] = 4


class AdaptiveAveragePooling3D(AdaptivePooling):
    """The mean of each cell of a volume.

    (None, 9, 9, 9, 2) -> AdaptiveAveragePooling3D(3)   -> (None, 3, 3, 3, 2)
    (None, 9, 9, 9, 2) -> AdaptiveAveragePooling3D(3.0) -> conflict: tuple of 3
    """

    axes: ClassVar[int] = 3
    input_rank: ClassVar[int | None] = 5

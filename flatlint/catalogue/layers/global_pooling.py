"""Global pooling: one value per channel, whatever the size of the space."""

from __future__ import annotations

from typing import ClassVar

from flatlint.catalogue.arguments import Flag
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.spatial import SpatialLayer
from flatlint.shapes import Shape


class GlobalPooling(SpatialLayer):
    """The maximum or mean over all of space; `keepdims` leaves axes of size 1.

    Sources: keras/src/layers/pooling/base_global_pooling.py and its namesakes in tf_keras, which
    refuse an empty space.
    """

    keepdims: Flag = False

    def output_shape(self, inputs: Shape) -> Shape:
        """The channels, with or without space of size 1."""
        self.require_rank(inputs, self.axes + 2)
        if self.era < Era.KERAS_3 and 0 in self.space(inputs):
            raise ShapeConflict(
                f"{self.keras_name} has nothing to pool: "
                f"{self.axis_named(inputs, self.space(inputs).index(0))} of {inputs} is empty",
                f"Incorrect input shape {inputs} with dimension 0 at reduction axis",
            )
        space = (1,) * self.axes if self.keepdims else ()
        return self.arrange(inputs, space, self.channels(inputs))


class GlobalMaxPooling1D(GlobalPooling):
    """The largest value of each channel of a sequence.

    (None, None, 8) -> GlobalMaxPooling1D()                              -> (None, 8)
    (None, 100, 8)  -> GlobalMaxPooling1D(data_format="channels_first")  -> (None, 100)
    (None, 8)       -> GlobalMaxPooling1D()                              -> conflict: rank 3
    """

    axes: ClassVar[int] = 1
    input_rank: ClassVar[int | None] = 3
    is_always_channels_last: ClassVar[bool] = True


class GlobalMaxPooling2D(GlobalPooling):
    """The largest value of each channel of an image.

    (None, 7, 7, 512) -> GlobalMaxPooling2D()              -> (None, 512)
    (None, 7, 7, 512) -> GlobalMaxPooling2D(keepdims=True) -> (None, 1, 1, 512)
    (None, 512)       -> GlobalMaxPooling2D()              -> conflict: rank 4
    """

    axes: ClassVar[int] = 2
    input_rank: ClassVar[int | None] = 4


class GlobalMaxPooling3D(GlobalPooling):
    """The largest value of each channel of a volume.

    (None, 7, 7, 7, 512) -> GlobalMaxPooling3D()              -> (None, 512)
    (None, 7, 7, 512)    -> GlobalMaxPooling3D()              -> conflict: rank 5
    """

    axes: ClassVar[int] = 3
    input_rank: ClassVar[int | None] = 5


class GlobalAveragePooling1D(GlobalPooling):
    """The mean of each channel of a sequence.

    (None, 100, 8)    -> GlobalAveragePooling1D()              -> (None, 8)
    (None, None, 8)   -> GlobalAveragePooling1D(keepdims=True) -> (None, 1, 8)
    (None, 10, 10, 8) -> GlobalAveragePooling1D()              -> conflict: rank 3
    """

    axes: ClassVar[int] = 1
    input_rank: ClassVar[int | None] = 3
    is_always_channels_last: ClassVar[bool] = True


class GlobalAveragePooling2D(GlobalPooling):
    """The mean of each channel of an image.

    (None, 7, 7, 512)           -> GlobalAveragePooling2D()                 -> (None, 512)
    (None, 512, None, 7)        -> GlobalAveragePooling2D("channels_first") -> (None, 512)
    (None, 7, 512)              -> GlobalAveragePooling2D()                 -> conflict: rank 4
    keras2: (None, 0, 7, 512)   -> GlobalAveragePooling2D()                 -> conflict: empty
    """

    axes: ClassVar[int] = 2
    input_rank: ClassVar[int | None] = 4


class GlobalAveragePooling3D(GlobalPooling):
    """The mean of each channel of a volume.

    (None, 7, 7, 7, 512) -> GlobalAveragePooling3D(keepdims=True) -> (None, 1, 1, 1, 512)
    (None, 512)          -> GlobalAveragePooling3D()              -> conflict: rank 5
    """

    axes: ClassVar[int] = 3
    input_rank: ClassVar[int | None] = 5

"""Conv1D, Conv2D, Conv3D: a learned window that moves over space and sees all channels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from flatlint.catalogue.arguments import (
    Anything,
    Constraint,
    Initializer,
    Regularizer,
    as_size,
    is_symbolic,
)
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.kernels import FilteringLayer
from flatlint.catalogue.spec import Weight
from flatlint.shapes import UNFIXED, Dim, Shape


class Convolution(FilteringLayer):
    """A convolution over `axes` spatial axes.

    Sources: keras/src/layers/convolutional/base_conv.py and its namesake in tf_keras, whose inputs
    may have more batch axes than one.
    """

    ends_with_activation: ClassVar[bool] = True

    kernel_initializer: Initializer = None
    kernel_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    lora_rank: Anything = None

    def output_shape(self, inputs: Shape) -> Shape:
        """Space as the window leaves it, `filters` channels."""
        if self.era is Era.KERAS_3:
            self.require_spatial_rank(inputs)
        self.require_least_rank(inputs, self.axes + 2)
        self.require_channels(inputs)
        self._require_even_groups(inputs)
        return self.arrange(inputs, self.moved(inputs), self.filters)

    def moved_in_batches(self, inputs: Shape) -> tuple[Dim, ...]:
        """The sizes that Keras 2 works out by itself afterwards, which may be 0."""
        return self.windowed(
            inputs, self.kernel_size, self.strides, self.padding, self.dilation_rate, least=0
        )

    def _require_even_groups(self, inputs: Shape) -> None:
        channels, groups = self.channels(inputs), self.groups
        if channels == 0 and self.era < Era.KERAS_3:
            raise ShapeConflict(
                f"{self.keras_name} needs at least one channel, and {inputs} has none",
                "Depth of filter must not be 0",
            )
        if isinstance(channels, int) and isinstance(groups, int) and channels % groups:
            raise ShapeConflict(
                f"{self.keras_name}: the {channels} channels of {inputs} cannot be shared evenly "
                f"by {groups} groups: a multiple of {groups} would fit",
                "The number of input channels must be evenly divisible by the number of groups. "
                f"Received groups={groups}, but the input has {channels} channels.",
            )

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """A kernel `(*window, channels of a group, filters)` and a bias `(filters,)`."""
        self.output_shape(inputs)
        channels = self.channels(inputs)
        window = (*self.kernel_size, UNFIXED if self.groups == UNFIXED else channels // self.groups)
        yield Weight("kernel", (*window, self.filters), trainable=not self.lora_rank)
        if self.use_bias:
            yield Weight("bias", (self.filters,))
        if self.lora_rank:
            self._require_lora()
            rank = as_size(self.lora_rank)
            yield Weight("lora_kernel_a", (*window, rank))
            yield Weight("lora_kernel_b", (rank, self.filters))

    def _require_lora(self) -> None:
        rank = self.lora_rank
        if not is_symbolic(rank) and (not isinstance(rank, int) or rank < 0):
            raise ShapeConflict(
                f"{self.keras_name}: `lora_rank` must be a positive integer, not {rank!r}",
                f"Dimension {rank} must be >= 0",
            )
        if self.kernel_constraint is not None:
            raise ShapeConflict(
                f"{self.keras_name} cannot have both `lora_rank` and `kernel_constraint`",
                "Lora is incompatible with kernel constraints. In order to enable lora on this "
                "layer, remove the `kernel_constraint` argument.",
            )


class Conv1D(Convolution):
    """A convolution along one axis, such as time.

    (None, 100, 8)  -> Conv1D(16, 3)                                 -> (None, 98, 16)
    (None, 100, 8)  -> Conv1D(16, 3, padding="causal")               -> (None, 100, 16)
    (None, 8, 100)  -> Conv1D(16, 3, data_format="channels_first")   -> (None, 16, 98)
    (None, 2, 8)    -> Conv1D(16, 3)                                 -> conflict: 3 or more
    (None, 100)     -> Conv1D(16, 3)                                 -> conflict: rank 3
    """

    axes: ClassVar[int] = 1
    input_rank: ClassVar[int | None] = 3
    last_causal_era: ClassVar[Era | None] = Era.KERAS_3
    is_always_channels_last: ClassVar[bool] = True


class Conv2D(Convolution):
    """A convolution over images.

    (None, 28, 28, 3)       -> Conv2D(8, 3)                            -> (None, 26, 26, 8)
    (None, 28, None, 3)     -> Conv2D(8, (3, 5), 2, "same")            -> (None, 14, None, 8)
    (None, 28, 28, 4)       -> Conv2D(8, 3, groups=2, dilation_rate=2) -> (None, 24, 24, 8)
    (None, 28, 28, 3)       -> Conv2D(8, 3, groups=2)                  -> conflict: multiple of 2
    (None, 2, 28, 3)        -> Conv2D(8, 3)                            -> conflict: axis 1 (height)
    keras2: (None, 5, 28, 28, 3) -> Conv2D(8, 3)                       -> (None, 5, 26, 26, 8)
    keras3: (None, 5, 28, 28, 3) -> Conv2D(8, 3)                       -> conflict: rank 4
    """

    axes: ClassVar[int] = 2
    input_rank: ClassVar[int | None] = 4


class Conv3D(Convolution):
    """A convolution over volumes or films.

    (None, 8, 28, 28, 1) -> Conv3D(4, 3)                   -> (None, 6, 26, 26, 4)
    (None, 8, 28, 28, 1) -> Conv3D(4, 3, strides=(1, 2, 2)) -> (None, 6, 13, 13, 4)
    (None, 28, 28, 1)    -> Conv3D(4, 3)                   -> conflict: rank 5
    """

    axes: ClassVar[int] = 3
    input_rank: ClassVar[int | None] = 5

"""Separable convolutions: first each channel by itself, then all channels of one position."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from flatlint.catalogue.arguments import Constraint, Initializer, Regularizer
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.depthwise_convolution import Multiplier
from flatlint.catalogue.layers.kernels import FilteringLayer
from flatlint.catalogue.spec import Weight
from flatlint.shapes import Shape


class SeparableConvolution(FilteringLayer):
    """A depthwise convolution over `axes` spatial axes and a pointwise one after it.

    Sources: keras/src/layers/convolutional/base_separable_conv.py and its namesake in tf_keras.
    """

    strides_while_dilated: ClassVar[Era | None] = Era.KERAS_3

    depth_multiplier: Multiplier = 1
    depthwise_initializer: Initializer = None
    pointwise_initializer: Initializer = None
    depthwise_regularizer: Regularizer = None
    pointwise_regularizer: Regularizer = None
    depthwise_constraint: Constraint = None
    pointwise_constraint: Constraint = None

    def output_shape(self, inputs: Shape) -> Shape:
        """Space as the window leaves it, `filters` channels."""
        self.require_spatial_rank(inputs)
        self.require_channels(inputs)
        self._require_some_channels(inputs)
        if self.era < Era.KERAS_3 and not self.is_dilated:
            self.require_some_space(inputs)
        return self.arrange(inputs, self.moved(inputs), self.filters)

    def _require_some_channels(self, inputs: Shape) -> None:
        if self.era < Era.KERAS_3 and self.channels(inputs) * self.depth_multiplier == 0:
            raise ShapeConflict(
                f"{self.keras_name} has no channels to mix: {inputs} has {self.channels(inputs)} "
                f"and `depth_multiplier` is {self.depth_multiplier}",
                "Depth of filter must not be 0",
            )

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """The kernels of the two convolutions and a bias `(filters,)`."""
        self.output_shape(inputs)
        channels, multiplier = self.channels(inputs), self.depth_multiplier
        yield Weight("depthwise_kernel", (*self.kernel_size, channels, multiplier))
        yield Weight("pointwise_kernel", (*(1,) * self.axes, channels * multiplier, self.filters))
        if self.use_bias:
            yield Weight("bias", (self.filters,))


class SeparableConv1D(SeparableConvolution):
    """A separable convolution along one axis.

    (None, 100, 8)         -> SeparableConv1D(16, 3)                   -> (None, 98, 16)
    keras2: (None, 100, 8) -> SeparableConv1D(16, 3, padding="causal") -> (None, 100, 16)
    keras3: (None, 100, 8) -> SeparableConv1D(16, 3, padding="causal") -> conflict: 'valid', 'same'
    """

    axes: ClassVar[int] = 1
    input_rank: ClassVar[int | None] = 3
    last_causal_era: ClassVar[Era | None] = Era.KERAS_2


class SeparableConv2D(SeparableConvolution):
    """A separable convolution over images.

    (None, 28, 28, 3)  -> SeparableConv2D(8, 3)                         -> (None, 26, 26, 8)
    (None, 28, 28, 3)  -> SeparableConv2D(8, (3, 5), 2, "same")         -> (None, 14, 14, 8)
    (None, 2, 28, 3)   -> SeparableConv2D(8, 3)                         -> conflict: axis 1 (height)
    """

    axes: ClassVar[int] = 2
    input_rank: ClassVar[int | None] = 4

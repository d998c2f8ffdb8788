"""Depthwise convolutions: a window of its own, or several, for each channel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    Constraint,
    Initializer,
    Regularizer,
    as_size,
    dialect_of,
    is_symbolic,
)
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.kernels import KernelLayer, refuse_count
from flatlint.catalogue.spec import Weight
from flatlint.shapes import OPEN, Dim, Open, Shape


def multiplier(value: object, info: ValidationInfo) -> Dim:
    """How many channels come of each one; Keras 2 accepts 0 and refuses `True`."""
    if is_symbolic(value):
        return as_size(value)
    newest = dialect_of(info).era is Era.KERAS_3
    if not isinstance(value, int) or value < (1 if newest else 0):
        refuse_count(info, value)
    if value is True and not newest:
        refuse_count(info, value)
    return int(value)


Multiplier: TypeAlias = Annotated[Dim, PlainValidator(multiplier)]


class DepthwiseConvolution(KernelLayer):
    """A depthwise convolution over `axes` spatial axes.

    Sources: keras/src/layers/convolutional/base_depthwise_conv.py and its namesake in tf_keras.
    """

    strides_while_dilated: ClassVar[Era | None] = Era.KERAS_3

    depth_multiplier: Multiplier = 1
    depthwise_initializer: Initializer = None
    depthwise_regularizer: Regularizer = None
    depthwise_constraint: Constraint = None

    def model_post_init(self, _: Any) -> None:
        """Refuse what only the arguments together show."""
        self.require_one_way_of_stepping()

    def output_shape(self, inputs: Shape) -> Shape:
        """Space as the window leaves it, each channel `depth_multiplier` times."""
        self.require_spatial_rank(inputs)
        self.require_channels(inputs)
        channels = self.channels(inputs) * self.depth_multiplier
        return self.arrange(inputs, self.moved(inputs), channels)

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """A kernel `(*window, channels, depth_multiplier)` and a bias for each output channel."""
        self.output_shape(inputs)
        channels = self.channels(inputs)
        yield Weight("kernel", (*self.kernel_size, channels, self.depth_multiplier))
        if self.use_bias:
            yield Weight("bias", (channels * self.depth_multiplier,))


class DepthwiseConv1D(DepthwiseConvolution):
    """A depthwise convolution along one axis.

    (None, 100, 8) -> DepthwiseConv1D(3)                                         -> (None, 98, 8)
    (None, 8, 100) -> DepthwiseConv1D(3, 2, data_format="channels_first")        -> (None, 8, 49)
    (None, 2, 8)   -> DepthwiseConv1D(3)                                         -> conflict: 3 or
    """

    axes: ClassVar[int] = 1
    input_rank: ClassVar[int | None] = 3

    def output_shape(self, inputs: Shape) -> Shape:
        """The steps as the window leaves them, each channel `depth_multiplier` times.

        Keras 2 loses the channels too where dilation leaves the steps open, they stand first, and
        no bias tells their number.
        """
        outputs = super().output_shape(inputs)
        is_lost = self.era < Era.KERAS_3 and self.has_channels_first and self.is_dilated
        if is_lost and not self.use_bias and isinstance(outputs[2], Open):
            return Shape((outputs[0], OPEN, OPEN))
        return outputs


class DepthwiseConv2D(DepthwiseConvolution):
    """A depthwise convolution over images.

    (None, 28, 28, 3) -> DepthwiseConv2D(3)                     -> (None, 26, 26, 3)
    (None, 28, 28, 3) -> DepthwiseConv2D(3, depth_multiplier=2) -> (None, 26, 26, 6)
    (None, 28, 28)    -> DepthwiseConv2D(3)                     -> conflict: rank 4
    keras3: (None, 9, 9, 3) -> DepthwiseConv2D(3, 2, dilation_rate=2) -> (None, 3, 3, 3)
    keras2: (None, 9, 9, 3) -> DepthwiseConv2D(3, 2, dilation_rate=2) -> conflict: both be above 1
    """

    axes: ClassVar[int] = 2
    input_rank: ClassVar[int | None] = 4

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
from flatlint.shapes import Dim, Shape


def multiplier(value: object, info: ValidationInfo) -> Dim:
    """How many channels come of each one; Keras 2 accepts 0 and refuses `True`."""
    if is_symbolic(value):
        return as_size(value)
    is_oldish = dialect_of(info).era < Era.KERAS_3
    if (
        not isinstance(value, int)
        or value < (0 if is_oldish else 1)
        or (is_oldish and value is True)
    ):
        refuse_count(info, value)
    return int(value)  # type: ignore[call-overload, no-any-return]  # anything else is refused


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
        space = self.windowed(
            inputs, self.kernel_size, self.strides, self.padding, self.dilation_rate
        )
        return self.arrange(inputs, space, self.channels(inputs) * self.depth_multiplier)

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

"""Transposed convolutions: each value of the input is spread over a window of the output."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from pydantic import ValidationInfo, field_validator

from flatlint.catalogue.arguments import Constraint, Initializer, Regularizer
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.kernels import FilteringLayer
from flatlint.catalogue.layers.spatial import Sizes, whole_sizes
from flatlint.catalogue.spec import Weight
from flatlint.shapes import Dim, Shape, are_equal, join_dims
from flatlint.shapes.windows import transposed


class TransposedConvolution(FilteringLayer):
    """A transposed convolution over `axes` spatial axes.

    Sources: keras/src/layers/convolutional/base_conv_transpose.py, conv1d_transpose.py to
    conv3d_transpose.py of tf_keras/src/layers/convolutional.
    """

    keras_2_dilates: ClassVar[bool] = True
    """Whether Keras 2 makes anything of `dilation_rate`."""

    output_padding: Sizes | None = None
    kernel_initializer: Initializer = None
    kernel_regularizer: Regularizer = None
    kernel_constraint: Constraint = None

    @field_validator("output_padding", mode="plain")
    @classmethod
    def _padding_of_output(cls, value: object, info: ValidationInfo) -> tuple[Dim, ...] | None:
        return None if value is None else whole_sizes(value, cls.axes, info, least=0)

    def model_post_init(self, context: Any) -> None:
        """Refuse what only the arguments together show."""
        super().model_post_init(context)
        for padding, stride in zip(self.output_padding or (), self.strides, strict=False):
            if isinstance(padding, int) and isinstance(stride, int) and padding >= stride:
                raise ShapeConflict(
                    f"{self.keras_name}: `output_padding` of {padding} must be less than the "
                    f"stride of {stride} on the same axis",
                    "`output_padding` must be strictly less than `strides` for all dimensions."
                    if self.era is Era.KERAS_3
                    else "Strides must be greater than output padding.",
                )

    def output_shape(self, inputs: Shape) -> Shape:
        """Space as the spread windows cover it, `filters` channels."""
        self.require_spatial_rank(inputs)
        self.require_channels(inputs)
        space = [self._spread(inputs, index) for index in range(self.axes)]
        return self.arrange(inputs, space, self.filters)

    def _spread(self, inputs: Shape, index: int) -> Dim:
        size, window = self.space(inputs)[index], self.kernel_size[index]
        is_dilated = self.keras_2_dilates or self.era is Era.KERAS_3
        after = self._covered(
            size,
            window,
            self.strides[index],
            None if self.output_padding is None else self.output_padding[index],
            self.dilation_rate[index] if is_dilated else 1,
        )
        if isinstance(after, int) and after < 0:
            raise ShapeConflict(
                f"{self.keras_name}: {self.axis_named(inputs, index)} of {inputs} has size {size} "
                f"and would come out as {after}",
                f"Cannot convert a shape with the size {after}: negative dimensions are not "
                f"allowed; Dimension {after} must be >= 0",
            )
        return after

    def _covered(
        self, size: Dim, window: Dim, stride: Dim, output_padding: Dim | None, dilation: Dim
    ) -> Dim:
        if self.padding is None:
            return join_dims(
                transposed(size, window, stride, "valid", output_padding, dilation),
                transposed(size, window, stride, "same", output_padding, dilation),
            )
        return transposed(size, window, stride, self.padding, output_padding, dilation)

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """A kernel `(*window, filters, channels)` and a bias `(filters,)`."""
        self.output_shape(inputs)
        yield Weight("kernel", (*self.kernel_size, self.filters, self.channels(inputs)))
        if self.use_bias:
            yield Weight("bias", (self.filters,))


class Conv1DTranspose(TransposedConvolution):
    """A transposed convolution along one axis.

    (None, 5, 8) -> Conv1DTranspose(4, 3, strides=2)                   -> (None, 11, 4)
    (None, 5, 8) -> Conv1DTranspose(4, 3, strides=2, padding="same")   -> (None, 10, 4)
    (None, 5, 8) -> Conv1DTranspose(4, 3, dilation_rate=2)             -> (None, 9, 4)
    (None, 5)    -> Conv1DTranspose(4, 3)                              -> conflict: rank 3
    """

    axes: ClassVar[int] = 1
    input_rank: ClassVar[int | None] = 3


class Conv2DTranspose(TransposedConvolution):
    """A transposed convolution over images.

    (None, 7, 7, 64)    -> Conv2DTranspose(32, 4, strides=2, padding="same") -> (None, 14, 14, 32)
    (None, 5, None, 64) -> Conv2DTranspose(32, 3, strides=2)                 -> (None, 11, None, 32)
    (None, 5, 5, 64) -> Conv2DTranspose(8, 3, 2, "same", output_padding=0)   -> (None, 9, 9, 8)
    (None, 5, 5, 64) -> Conv2DTranspose(8, 3, 2, output_padding=2)           -> conflict: less than
    (None, 5, 5, 64) -> Conv2DTranspose(8, 3, 2, dilation_rate=2)            -> conflict: both
    keras2: (None, 5, 5, 3) -> Conv2DTranspose(8, 3, dilation_rate=(1, 2))   -> conflict: equal
    """

    axes: ClassVar[int] = 2
    input_rank: ClassVar[int | None] = 4

    def output_shape(self, inputs: Shape) -> Shape:
        """Space as the spread windows cover it; Keras 2 dilates both axes alike or not at all."""
        height, width = self.dilation_rate
        if self.era < Era.KERAS_3 and are_equal(height, width) is False:
            raise ShapeConflict(
                f"{self.keras_name}: both numbers of `dilation_rate` must be equal, and they are "
                f"{height} and {width}",
                "Expected the 2 dimensions of the `dilation_rate` argument to be equal to each "
                f"other. Received: dilation_rate=({height}, {width})",
            )
        return super().output_shape(inputs)


class Conv3DTranspose(TransposedConvolution):
    """A transposed convolution over volumes; Keras 2 ignores its `dilation_rate`.

    (None, 5, 5, 5, 3)         -> Conv3DTranspose(2, 3, strides=2)       -> (None, 11, 11, 11, 2)
    keras3: (None, 5, 5, 5, 3) -> Conv3DTranspose(2, 3, dilation_rate=2) -> (None, 9, 9, 9, 2)
    keras2: (None, 5, 5, 5, 3) -> Conv3DTranspose(2, 3, dilation_rate=2) -> (None, 7, 7, 7, 2)
    (None, 5, 5, 3)            -> Conv3DTranspose(2, 3)                  -> conflict: rank 5
    """

    axes: ClassVar[int] = 3
    input_rank: ClassVar[int | None] = 5
    keras_2_dilates: ClassVar[bool] = False

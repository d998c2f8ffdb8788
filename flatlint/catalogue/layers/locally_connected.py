"""LocallyConnected1D and 2D: a convolution with a window of its own at every position."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar

from pydantic import Field, PlainValidator, ValidationInfo, field_validator

from flatlint.catalogue.arguments import (
    Activation,
    Anything,
    Constraint,
    Flag,
    Initializer,
    Regularizer,
    UnknownArgument,
    as_size,
    is_symbolic,
)
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.layers.kernels import refuse_count
from flatlint.catalogue.layers.spatial import Sizes, SpatialLayer, whole_sizes
from flatlint.catalogue.spec import Weight
from flatlint.shapes import UNFIXED, Dim, Open, Shape, product
from flatlint.shapes.windows import connections


def unchecked_filters(value: object, info: ValidationInfo) -> Dim:
    """A number of filters that may be 0: the layer does not check it, TensorFlow does."""
    if is_symbolic(value):
        return as_size(value)
    if not isinstance(value, int) or value is True or value < 0:
        refuse_count(info, value)
    return int(value)


class LocallyConnected(SpatialLayer):
    """A locally connected layer over `axes` spatial axes; Keras 3 has none.

    Sources: tf_keras/src/layers/locally_connected/locally_connected1d.py and …2d.py.
    """

    filters: Annotated[Dim, PlainValidator(unchecked_filters)]
    kernel_size: Sizes
    strides: Sizes = Field(default=1, validate_default=True)
    padding: Any = "valid"
    implementation: Anything = 1
    activation: Activation = None
    use_bias: Flag = True
    kernel_initializer: Initializer = None
    bias_initializer: Initializer = None
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None

    @field_validator("kernel_size", "strides", mode="plain")
    @classmethod
    def _window(cls, value: object, info: ValidationInfo) -> tuple[Dim, ...]:
        return whole_sizes(value, cls.axes, info)

    def model_post_init(self, _: Any) -> None:
        """Refuse padding that the implementation does not know."""
        if isinstance(self.padding, UnknownArgument):
            return
        padding = self.padding.lower() if isinstance(self.padding, str) else self.padding
        if padding == "valid" or isinstance(self.implementation, UnknownArgument):
            return
        if padding != "same" or self.implementation == 1:
            raise ShapeConflict(
                f"{self.keras_name}: `padding` must be 'valid', or 'same' with `implementation=2` "
                f"or 3, not {self.padding!r}",
                f"Invalid border mode for {self.keras_name} "
                f'(only "valid" is supported if implementation is 1): {self.padding}',
            )

    @property
    def known_padding(self) -> str:
        """`valid` or `same`; raises `NotKnown` where the source does not say."""
        if isinstance(self.padding, UnknownArgument):
            raise NotKnown(self.padding.reason)
        return str(self.padding).lower()

    def output_shape(self, inputs: Shape) -> Shape:
        """Space as the window leaves it, `filters` channels."""
        self.require_rank(inputs, self.axes + 2)
        for index, size in enumerate((*self.space(inputs), self.channels(inputs))):
            if isinstance(size, Open):
                axis = self.axis_named(inputs, index) if index < self.axes else "the channel axis"
                raise ShapeConflict(
                    f"{self.keras_name} has weights for every position: {axis} of {inputs} must "
                    "be known",
                    f"The spatial dimensions of the inputs to a {self.keras_name} layer should be "
                    f"fully-defined, but layer received the inputs shape {inputs}",
                )
        padding = None
        if not isinstance(self.padding, UnknownArgument):
            padding = str(self.padding).lower()
        space = self.windowed(inputs, self.kernel_size, self.strides, padding)
        return self.arrange(inputs, space, self.filters)

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """A kernel for every position, laid out as `implementation` says, and as many biases."""
        outputs = self.space(self.output_shape(inputs))
        yield Weight("kernel", self._kernel(inputs, outputs))
        if self.use_bias:
            yield Weight("bias", (*outputs, self.filters))

    def _kernel(self, inputs: Shape, outputs: tuple[Dim, ...]) -> tuple[Dim, ...]:
        channels, space = self.channels(inputs), self.space(inputs)
        if isinstance(self.implementation, UnknownArgument):
            return (UNFIXED,)
        if self.implementation == 1:
            return (product(outputs), product(self.kernel_size) * channels, self.filters)
        if self.implementation == 2:
            return (*space, channels, *outputs, self.filters)
        if self.implementation == 3:
            count = self._connections(space) * channels * self.filters
            if count == 0:
                raise ShapeConflict(
                    f"{self.keras_name} with `implementation=3` needs channels and filters, and "
                    f"gets {channels} and {self.filters}",
                    "Shape (0,) must have rank 2",
                )
            return (count,)
        raise ShapeConflict(
            f"{self.keras_name}: `implementation` must be 1, 2 or 3, not {self.implementation!r}",
            f"Unrecognized implementation mode: {self.implementation}.",
        )

    def _connections(self, space: tuple[Dim, ...]) -> Dim:
        total: Dim = 1
        for size, kernel, stride in zip(space, self.kernel_size, self.strides, strict=True):
            if not (isinstance(size, int) and isinstance(kernel, int) and isinstance(stride, int)):
                return UNFIXED
            total *= connections(size, kernel, stride, self.known_padding)
        return total


class LocallyConnected1D(LocallyConnected):
    """A locally connected layer along one axis.

    keras2: (None, 9, 2)    -> LocallyConnected1D(4, 3)                           -> (None, 7, 4)
    keras2: (None, 9, 2)    -> LocallyConnected1D(4, 3, 1, "same", implementation=2) -> (None, 9, 4)
    keras2: (None, 9, 2)    -> LocallyConnected1D(4, 3, padding="same")  -> conflict: implementation
    keras2: (None, None, 2) -> LocallyConnected1D(4, 3)                  -> conflict: axis 1 (steps)
    """

    axes: ClassVar[int] = 1
    input_rank: ClassVar[int | None] = 3


class LocallyConnected2D(LocallyConnected):
    """A locally connected layer over images.

    keras2: (None, 9, 8, 2) -> LocallyConnected2D(4, 3, strides=(2, 1)) -> (None, 4, 6, 4)
    keras2: (None, 2, 8, 2) -> LocallyConnected2D(4, 3)                 -> conflict: 3 or more
    """

    axes: ClassVar[int] = 2
    input_rank: ClassVar[int | None] = 4

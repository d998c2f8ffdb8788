"""Conv1D, Conv2D, Conv3D: a learned window that moves over space and sees all channels."""

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
    dialect_of,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.spatial import Sizes, SpatialLayer, whole_sizes
from flatlint.catalogue.spec import Weight
from flatlint.shapes import UNFIXED, Dim, Shape


def filter_count(value: object, info: ValidationInfo) -> Dim:
    """A number of filters: Keras 2 rounds floats down and Keras 3 takes `True` for 1."""
    if is_symbolic(value):
        return as_size(value)
    count = value
    if dialect_of(info).era < Era.KERAS_3:
        count = int(value) if isinstance(value, float) else None if value is True else value
    if not isinstance(count, int) or count <= 0:
        refuse(
            info,
            "a positive integer",
            value,
            f"Invalid value for argument `{info.field_name}`. Expected a strictly positive value. "
            f"Received {info.field_name}={value}.",
        )
    return int(count)


def group_count(value: object, info: ValidationInfo) -> Dim:
    """A number of groups; in Keras 2, 0 and `None` mean one."""
    if is_symbolic(value):
        return as_size(value)
    if not value and dialect_of(info).era < Era.KERAS_3:
        return 1
    if not isinstance(value, int) or value <= 0:
        refuse(
            info,
            "a positive integer",
            value,
            f"The number of groups must be a positive integer. Received: groups={value}.",
        )
    return int(value)


Filters = Annotated[Dim, PlainValidator(filter_count)]
Groups = Annotated[Dim, PlainValidator(group_count)]


class WindowedLayer(SpatialLayer):
    """A convolution of whatever kind: its window, how the window moves, and what comes after."""

    allows_causal: ClassVar[bool] = False

    kernel_size: Sizes
    strides: Sizes = Field(default=1, validate_default=True)
    padding: Any = "valid"
    dilation_rate: Sizes = Field(default=1, validate_default=True)
    activation: Activation = None
    use_bias: Flag = True
    bias_initializer: Initializer = None
    bias_regularizer: Regularizer = None
    bias_constraint: Constraint = None
    activity_regularizer: Regularizer = None

    @field_validator("kernel_size", mode="plain")
    @classmethod
    def _window(cls, value: object, info: ValidationInfo) -> tuple[Dim, ...]:
        return whole_sizes(value, cls.axes, info)

    @field_validator("strides", "dilation_rate", mode="plain")
    @classmethod
    def _steps(cls, value: object, info: ValidationInfo) -> tuple[Dim, ...]:
        is_newest = dialect_of(info).era is Era.KERAS_3
        return whole_sizes(value, cls.axes, info, takes_floats=is_newest)

    @field_validator("padding", mode="plain")
    @classmethod
    def _known_padding(cls, value: object, info: ValidationInfo) -> object:
        if isinstance(value, UnknownArgument):
            return value
        choices = ("valid", "same", "causal") if cls.allows_causal else ("valid", "same")
        if isinstance(value, str) and value.lower() in choices:
            return value.lower()
        keras = f"The `padding` argument must be a list/tuple or one of {set(choices)}."
        if value == "causal" and dialect_of(info).era < Era.KERAS_3:
            keras = "Causal padding is only supported for `Conv1D` and `SeparableConv1D`."
        return refuse(info, f"one of {', '.join(map(repr, choices))}", value, keras)

    @property
    def is_dilated(self) -> bool:
        """Whether the window has holes along any axis."""
        return any(isinstance(rate, int) and rate > 1 for rate in self.dilation_rate)

    @property
    def is_strided(self) -> bool:
        """Whether the window moves by more than one step along any axis."""
        return any(isinstance(stride, int) and stride > 1 for stride in self.strides)

    def require_one_way_of_stepping(self) -> None:
        """Refuse strides above 1 together with dilation above 1."""
        if self.is_strided and self.is_dilated:
            raise ShapeConflict(
                f"{self.keras_name}: `strides={_written(self.strides)}` and "
                f"`dilation_rate={_written(self.dilation_rate)}` cannot both be above 1: "
                "one of them must be 1",
                "`strides > 1` not supported in conjunction with `dilation_rate > 1`.",
            )

    def require_spatial_rank(self, inputs: Shape) -> None:
        """Refuse an input without room for batch, space and channels; Keras 2 takes larger ones."""
        rank = self.axes + 2
        self.require_least_rank(inputs, rank)
        if inputs.rank > rank and self.era is Era.KERAS_3:
            raise ShapeConflict(
                f"{self.keras_name} takes tensors of rank {rank} (batch axis included) and gets "
                f"{inputs} of rank {inputs.rank}",
                "Kernel shape must have the same length as input, but received input of shape "
                f"{inputs}",
            )


def _written(sizes: tuple[Dim, ...]) -> str:
    return str(sizes[0]) if len(set(sizes)) == 1 else f"({', '.join(map(str, sizes))})"


class Convolution(WindowedLayer):
    """A convolution over `axes` spatial axes.

    Sources: keras/src/layers/convolutional/base_conv.py and its namesake in tf_keras, whose inputs
    may have more batch axes than one.
    """

    filters: Filters
    groups: Groups = 1
    kernel_initializer: Initializer = None
    kernel_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    lora_rank: Anything = None

    def model_post_init(self, _: Any) -> None:
        """Refuse what only the arguments together show."""
        filters, groups = self.filters, self.groups
        if isinstance(filters, int) and isinstance(groups, int) and filters % groups:
            raise ShapeConflict(
                f"{self.keras_name}: {filters} filters cannot be shared evenly by {groups} groups: "
                f"`filters` must be a multiple of {groups}",
                "The number of filters must be evenly divisible by the number of groups. "
                f"Received: groups={groups}, filters={filters}.",
            )
        self.require_one_way_of_stepping()

    def output_shape(self, inputs: Shape) -> Shape:
        """Space as the window leaves it, `filters` channels."""
        self.require_spatial_rank(inputs)
        self.require_channels(inputs)
        self._require_even_groups(inputs)
        # A dilated window in Keras 2 goes through batches of space, which may be empty.
        least = 0 if self.era < Era.KERAS_3 and self.is_dilated else 1
        space = self.windowed(
            inputs, self.kernel_size, self.strides, self.padding, self.dilation_rate, least
        )
        return self.arrange(inputs, space, self.filters)

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
    allows_causal: ClassVar[bool] = True
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

"""What all convolutions share: a kernel, how it moves, how its arguments are judged."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, NoReturn, TypeAlias

from pydantic import Field, PlainValidator, ValidationInfo, field_validator

from flatlint.catalogue.arguments import (
    Activation,
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
from flatlint.catalogue.layers.spatial import Padding, Sizes, SpatialLayer, whole_sizes
from flatlint.shapes import OPEN, UNFIXED, Dim, Open, Shape


def filter_count(value: object, info: ValidationInfo) -> Dim:
    """A number of filters: Keras 2 rounds floats down and Keras 3 takes `True` for 1."""
    if is_symbolic(value):
        return as_size(value)
    count = value
    if dialect_of(info).era < Era.KERAS_3:
        count = int(value) if isinstance(value, float) else None if value is True else value
    if not isinstance(count, int) or count <= 0:
        refuse_count(info, value)
    return int(count)


def refuse_count(info: ValidationInfo, value: object) -> NoReturn:
    """Refuse a number of filters or the like that is not positive."""
    refuse(
        info,
        "a positive integer",
        value,
        f"Invalid value for argument `{info.field_name}`. Expected a strictly positive value. "
        f"Received {info.field_name}={value}.",
    )


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


Filters: TypeAlias = Annotated[Dim, PlainValidator(filter_count)]
Groups: TypeAlias = Annotated[Dim, PlainValidator(group_count)]


class KernelLayer(SpatialLayer):
    """A convolution of whatever kind: its window, how the window moves, and what comes after."""

    last_causal_era: ClassVar[Era | None] = None
    """The last era that knows `padding="causal"` for this layer; none ever did if `None`."""

    strides_while_dilated: ClassVar[Era | None] = None
    """The first era that accepts strides and dilation above 1 together; none does if `None`."""

    kernel_size: Sizes
    strides: Sizes = Field(default=1, validate_default=True)
    padding: Padding = "valid"
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
            return None
        era = dialect_of(info).era
        choices = ["valid", "same"]
        if cls.last_causal_era and era <= cls.last_causal_era:
            choices.append("causal")
        if isinstance(value, str) and value.lower() in choices:
            return value.lower()
        if isinstance(value, list | tuple) and era is Era.KERAS_2:
            # Taken as it is, and handed to TensorFlow, whose releases differ: `normalize_padding`
            # in tf_keras/src/utils/conv_utils.py.
            return None
        keras = f"The `padding` argument must be a list/tuple or one of {set(choices)}."
        if value == "causal" and era < Era.KERAS_3:
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
        first = self.strides_while_dilated
        if first is not None and self.era >= first:
            return
        if self.is_strided and self.is_dilated:
            raise ShapeConflict(
                f"{self.keras_name}: `strides={_written(self.strides)}` and "
                f"`dilation_rate={_written(self.dilation_rate)}` cannot both be above 1: "
                "one of them must be 1",
                "`strides > 1` not supported in conjunction with `dilation_rate > 1`.",
            )

    def moved(self, inputs: Shape) -> tuple[Dim, ...]:
        """The spatial sizes after the window has moved; refused where it never fits.

        Keras 2 turns dilation into batches (`with_space_to_batch` of tensorflow/python/ops/
        nn_ops.py), which tells nothing of any axis where one is not known.
        """
        is_batched = self.era < Era.KERAS_3 and self.is_dilated
        if is_batched and not all(isinstance(size, int) for size in self.space(inputs)):
            return self.moved_in_batches(inputs)
        if is_batched or (self.padding == "causal" and self.era < Era.KERAS_3):
            self.require_some_space(inputs)
        return self.windowed(
            inputs, self.kernel_size, self.strides, self.padding, self.dilation_rate
        )

    def moved_in_batches(self, inputs: Shape) -> tuple[Dim, ...]:
        """What Keras 2 knows of the spatial sizes after a dilated window, not all of them known."""
        is_open = any(isinstance(size, Open) for size in self.space(inputs))
        return (OPEN if is_open else UNFIXED,) * self.axes

    def require_some_space(self, inputs: Shape) -> None:
        """Refuse an input with an axis of size 0 where padding does not help, as Keras 2 does."""
        if 0 in self.space(inputs):
            axis = self.axis_named(inputs, self.space(inputs).index(0))
            raise ShapeConflict(
                f"{self.keras_name} has nothing to move over: {axis} of {inputs} is empty",
                "Negative dimension size caused by subtracting the kernel from the input",
            )

    def require_spatial_rank(self, inputs: Shape) -> None:
        """Refuse an input that is not just batch, space and channels."""
        rank = self.axes + 2
        self.require_least_rank(inputs, rank)
        if inputs.rank > rank:
            raise ShapeConflict(
                f"{self.keras_name} takes tensors of rank {rank} (batch axis included) and gets "
                f"{inputs} of rank {inputs.rank}",
                "Kernel shape must have the same length as input, but received input of shape "
                f"{inputs}"
                if self.era is Era.KERAS_3
                else f"Inputs should have rank {rank}. Received input_shape={inputs}.",
            )


class FilteringLayer(KernelLayer):
    """A convolution that makes a number of channels of its own, perhaps in groups.

    In Keras 2 the transposed and separable ones take `groups` too, look whether it divides the
    filters, and make nothing of it.
    """

    filters: Filters
    groups: Groups = 1

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


def _written(sizes: tuple[Dim, ...]) -> str:
    return str(sizes[0]) if len(set(sizes)) == 1 else f"({', '.join(map(str, sizes))})"

"""Normalisation of each sample by itself: over axes, in groups of channels, to unit length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    Anything,
    Constraint,
    Flag,
    Initializer,
    Regularizer,
    as_size,
    dialect_of,
    is_integer,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.axes import (
    Axes,
    distinct_axes,
    numbers_of,
    require_sizes,
    require_within,
)
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.input_dtypes import require_floats
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Dim, Shape


def group_number(value: object, info: ValidationInfo) -> Dim:
    """How many groups: a positive integer, or -1 for one a channel; Keras 2 looks later."""
    if is_symbolic(value):
        return as_size(value)
    is_number = is_integer(value, info, (3, 15)) and (value > 0 or value == -1)
    if dialect_of(info).era is Era.KERAS_3 and not is_number:
        refuse(
            info,
            "a positive integer, or -1 for one group a channel",
            value,
            "Received an invalid value for argument `groups`, expected a positive integer "
            f"(or `-1` for instance normalization). Received: groups={value}",
        )
    if not isinstance(value, int):
        refuse(
            info,
            "a whole number",
            value,
            f"'<' not supported between instances of 'int' and '{type(value).__name__}'",
        )
    return as_size(value)


Groups: TypeAlias = Annotated[Dim, PlainValidator(group_number)]


class LayerNormalization(LayerSpec):
    """Mean 0 and variance 1 over the given axes of each sample.

    (None, 10, 8) -> LayerNormalization()            -> (None, 10, 8)
    (None, 10, 8) -> LayerNormalization(axis=[1, 2]) -> (None, 10, 8)
    (None, None)  -> LayerNormalization()            -> conflict: leaves it open
    (None, 10, 8) -> LayerNormalization(axis=3)      -> conflict: axis 3
    """

    axis: Axes = -1
    epsilon: Anything = 1e-3
    center: Flag = True
    scale: Flag = True
    beta_initializer: Initializer = "zeros"
    gamma_initializer: Initializer = "ones"
    beta_regularizer: Regularizer = None
    gamma_regularizer: Regularizer = None
    beta_constraint: Constraint = None
    gamma_constraint: Constraint = None
    rms_scaling: Flag = False

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The shape that came in."""
        self._sizes(inputs)
        return inputs

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """A scale and an offset for every place of the normalised axes."""
        sizes = self._sizes(inputs)
        if self.scale or self.rms_scaling:
            yield Weight("gamma", sizes)
        if self.center and not self.rms_scaling:
            yield Weight("beta", sizes)

    def _sizes(self, inputs: Shape) -> tuple[Dim, ...]:
        if self.era is Era.KERAS_3:
            numbers = numbers_of(self.axis)
            require_within(self.keras_name, numbers, inputs)
        else:
            numbers = distinct_axes(self.keras_name, self.axis, inputs)
            self._require_keras_2(numbers)
        if self.scale or self.center:
            require_sizes(self.keras_name, numbers, inputs)
        return tuple(inputs[axis] for axis in numbers)

    def _require_keras_2(self, places: list[int]) -> None:
        """Refuse what Keras 2 stumbles over when it chooses a kernel."""
        if not places:
            raise ShapeConflict(f"{self.keras_name} gets no axis", "list index out of range")
        if self.epsilon is None or isinstance(self.epsilon, str):
            raise ShapeConflict(
                f"{self.keras_name}: `epsilon` must be a number, not {self.epsilon!r}",
                f"'<' not supported between instances of '{type(self.epsilon).__name__}' and "
                "'float'",
            )


class RMSNormalization(LayerSpec):
    """Divides by the root of the mean square over the given axes.

    (None, 10, 8) -> RMSNormalization()       -> (None, 10, 8)
    (None, 10, 8) -> RMSNormalization([1, 2]) -> (None, 10, 8)
    (None, None)  -> RMSNormalization()       -> conflict: leaves it open
    """

    axis: Anything = -1
    epsilon: Anything = 1e-6

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The shape that came in."""
        self._sizes(inputs)
        return inputs

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """A scale for every place of the normalised axes."""
        yield Weight("scale", self._sizes(inputs))

    def _sizes(self, inputs: Shape) -> tuple[Dim, ...]:
        numbers = numbers_of(self.axis)
        require_within(self.keras_name, numbers, inputs)
        require_sizes(self.keras_name, numbers, inputs)
        return tuple(inputs[axis] for axis in numbers)


class GroupNormalization(LayerSpec):
    """Channels are normalised in groups.

    (None, 8, 9, 64) -> GroupNormalization()   -> (None, 8, 9, 64)
    (None, 8, 9, 3)  -> GroupNormalization(-1) -> (None, 8, 9, 3)
    (None, 8, 9, 3)  -> GroupNormalization(32) -> conflict: 32 groups
    (None, 8, 9, 6)  -> GroupNormalization(4)  -> conflict: divides
    """

    groups: Groups = 32
    axis: Anything = -1
    epsilon: Anything = 1e-3
    center: Flag = True
    scale: Flag = True
    beta_initializer: Initializer = "zeros"
    gamma_initializer: Initializer = "ones"
    beta_regularizer: Regularizer = None
    gamma_regularizer: Regularizer = None
    beta_constraint: Constraint = None
    gamma_constraint: Constraint = None

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Floating-point numbers in Keras 2."""
        require_floats(self.keras_name, self.era, dtypes)

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The shape that came in."""
        self._channels(inputs)
        return inputs

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """A scale and an offset for each channel."""
        channels = self._channels(inputs)
        if self.scale:
            yield Weight("gamma", (channels,))
        if self.center:
            yield Weight("beta", (channels,))

    def _channels(self, inputs: Shape) -> Dim:
        if isinstance(self.axis, list | tuple):
            raise ShapeConflict(
                f"{self.keras_name} takes one axis, not {self.axis}",
                "tuple indices must be integers or slices, not list",
            )
        numbers = numbers_of(self.axis)
        require_within(self.keras_name, numbers, inputs)
        require_sizes(
            self.keras_name,
            numbers,
            inputs,
            f"Axis {self.axis} of input tensor should have a defined dimension but the layer "
            f"received an input with shape {inputs}.",
        )
        channels, groups = inputs[numbers[0]], self.groups
        if channels == 0 and groups == -1:
            raise ShapeConflict(
                f"{self.keras_name} has no channels to normalise in {inputs}",
                "integer modulo by zero",
            )
        if isinstance(channels, int) and isinstance(groups, int) and groups != -1:
            self._require_whole_groups(channels, groups)
        return channels

    def _require_whole_groups(self, channels: int, groups: int) -> None:
        if channels < groups:
            raise ShapeConflict(
                f"{self.keras_name} makes {groups} groups, and there are {channels} channels only",
                f"Number of groups ({groups}) cannot be more than the number of channels "
                f"({channels}).",
            )
        if groups == 0 or channels % groups:
            fitting = [n for n in range(1, channels + 1) if channels % n == 0]
            raise ShapeConflict(
                f"{self.keras_name} needs a number of groups that divides its {channels} channels "
                f"({', '.join(map(str, fitting))}), not {groups}",
                f"Number of groups ({groups}) must be a multiple of the number of channels "
                f"({channels}).",
            )


class UnitNormalization(LayerSpec):
    """Divides by the length along the given axes.

    (None, 8)    -> UnitNormalization()            -> (None, 8)
    (None, 8, 9) -> UnitNormalization(axis=[1, 2]) -> (None, 8, 9)
    (None, 8)    -> UnitNormalization(axis=2)      -> conflict: axis 2
    """

    axis: Axes = -1

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The shape that came in."""
        if self.era < Era.KERAS_3:
            distinct_axes(self.keras_name, self.axis, inputs)
        else:
            axes = self.axis if isinstance(self.axis, list | tuple) else [self.axis]
            # Keras 3 compares and no more, so that 1.0 passes for an axis.
            whole = [int(axis) if isinstance(axis, float) else axis for axis in axes]
            require_within(self.keras_name, numbers_of(whole), inputs)
        return inputs

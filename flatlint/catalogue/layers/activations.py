"""Activations as layers: each value goes through a function; a few learn numbers of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, ClassVar, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    Activation as ActivationFunction,
)
from flatlint.catalogue.arguments import (
    Anything,
    Constraint,
    Initializer,
    OpaqueArgument,
    Regularizer,
    dialect_of,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.axes import numbers_of, require_sizes, require_within
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.input_dtypes import require_floats, require_numbers
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Dim, Shape

CORNERED = frozenset({"relu", "relu6", "leaky_relu", "ReLU", "LeakyReLU"})
"""Functions of straight pieces, which Keras 2 computes for integers too."""

TAKING_INTEGERS = CORNERED | {"linear"}

NOT_GIVEN = OpaqueArgument("default")


def not_negative(value: object, info: ValidationInfo) -> object:
    """A number of 0 or more; `None` only where the parameter stands for no limit."""
    if is_symbolic(value) or (value is None and info.field_name == "max_value"):
        return value
    if not isinstance(value, int | float) or value < 0:
        refuse(
            info,
            "a number, 0 or more",
            value,
            f"{info.field_name} of a {dialect_of(info).layer} layer cannot be None or a negative "
            f"value. Received: {info.field_name}={value!r}",
        )
    return value


def slope(value: object, info: ValidationInfo) -> object:
    """The steepness below zero; Keras 2 takes whatever becomes a float, negative ones too."""
    if dialect_of(info).era < Era.KERAS_3:
        return castable(value, info)
    return not_negative(value, info)


def other_slope(value: object, info: ValidationInfo) -> object:
    """The slope under its name in Keras 3, which does not count where `alpha` is given too."""
    return slope(value, info) if info.data.get("alpha") is NOT_GIVEN else value


def castable(value: object, info: ValidationInfo) -> object:
    """What Keras 2 can cast to a float; Keras 3 does not look."""
    if dialect_of(info).era < Era.KERAS_3 and (value is None or isinstance(value, str)):
        refuse(
            info,
            "a number",
            value,
            f"{info.field_name} of {dialect_of(info).layer} layer cannot be None, expecting a "
            f"float. Received: {value}",
        )
    return value


NotNegative: TypeAlias = Annotated[object, PlainValidator(not_negative)]
Slope: TypeAlias = Annotated[object, PlainValidator(slope)]
OtherSlope: TypeAlias = Annotated[object, PlainValidator(other_slope)]
Castable: TypeAlias = Annotated[object, PlainValidator(castable)]


class Activation(LayerSpec):
    """Any function of the registry, by its name.

    (None, 5) -> Activation('relu')  -> (None, 5)
    (None, 5) -> Activation('rellu') -> conflict: relu
    (None, 5) -> Activation()        -> conflict: activation
    keras2: (None, 5) -> Activation('LeakyReLU') -> (None, 5)
    """

    ends_with_activation: ClassVar[bool] = True

    activation: ActivationFunction

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Numbers in Keras 2, for smooth functions floating-point ones."""
        if isinstance(self.activation, str) and self.activation not in TAKING_INTEGERS:
            require_floats(self.keras_name, self.era, dtypes)
        if isinstance(self.activation, str) and self.activation in CORNERED:
            require_numbers(self.keras_name, self.era, dtypes)

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The shape that came in."""
        if self.activation in ("softmax", "Softmax") and self.era < Era.KERAS_3:
            _require_softmax_rank(inputs)
        return inputs


class ReLU(LayerSpec):
    """Negative values become 0, or keep a small slope.

    (None, 5) -> ReLU()              -> (None, 5)
    (None, 5) -> ReLU(6.0)           -> (None, 5)
    (None, 5) -> ReLU(max_value=-1)  -> conflict: 0 or more
    """

    max_value: NotNegative = None
    negative_slope: NotNegative = 0.0
    threshold: NotNegative = 0.0

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Numbers in Keras 2."""
        require_numbers(self.keras_name, self.era, dtypes)


class LeakyReLU(LayerSpec):
    """Negative values are made smaller.

    (None, 5) -> LeakyReLU(0.2)       -> (None, 5)
    (None, 5) -> LeakyReLU(alpha=0.2) -> (None, 5)
    (None, 5) -> LeakyReLU(None)      -> conflict: a number
    """

    alpha: Slope = NOT_GIVEN
    negative_slope: OtherSlope = 0.3

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Numbers in Keras 2."""
        require_numbers(self.keras_name, self.era, dtypes)


class ELU(LayerSpec):
    """Negative values approach `-alpha` smoothly.

    (None, 5) -> ELU()     -> (None, 5)
    (None, 5) -> ELU(0.5)  -> (None, 5)
    keras2: (None, 5) -> ELU(None) -> conflict: number
    """

    alpha: Castable = 1.0

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Floating-point numbers in Keras 2."""
        require_floats(self.keras_name, self.era, dtypes)


class ThresholdedReLU(LayerSpec):
    """Values up to `theta` become 0.

    (None, 5) -> ThresholdedReLU(0.5) -> (None, 5)
    (None, 5) -> ThresholdedReLU(-1)  -> conflict: 0 or more
    """

    theta: NotNegative = 1.0

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Floating-point numbers in Keras 2."""
        require_floats(self.keras_name, self.era, dtypes)


class Softmax(LayerSpec):
    """The values along an axis become positive and add up to 1.

    (None, 5)    -> Softmax()        -> (None, 5)
    (None, 5, 6) -> Softmax(axis=1)  -> (None, 5, 6)
    keras3: (None, 5) -> Softmax(axis=5) -> (None, 5)
    keras2: (None, 5) -> Softmax(axis=5) -> conflict: axis 5
    """

    axis: Anything = -1

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Floating-point numbers in Keras 2."""
        require_floats(self.keras_name, self.era, dtypes)

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The shape that came in; Keras 3 does not look at the axis before there is data."""
        if self.era < Era.KERAS_3:
            self._require_axes(inputs)
        return inputs

    def _require_axes(self, inputs: Shape) -> None:
        """Refuse what `backend.softmax` of tf_keras and `reduce_logsumexp` refuse."""
        if isinstance(self.axis, list | tuple) and not self.axis:
            raise ShapeConflict("Softmax gets an empty list of axes", "list index out of range")
        if not isinstance(self.axis, list | tuple) or len(self.axis) == 1:
            _require_softmax_rank(inputs)
        if self.axis is not None:
            keras = f"`dim` must be in the range [-{inputs.rank}, {inputs.rank})"
            require_within(self.keras_name, numbers_of(self.axis), inputs, keras)


def _require_softmax_rank(inputs: Shape) -> None:
    if inputs.rank < 2:
        raise ShapeConflict(
            f"softmax needs an axis beside that of the batch, and {inputs} has none",
            f"Cannot apply softmax to a tensor that is 1D. Received input: {inputs}",
        )


class PReLU(LayerSpec):
    """A leaky ReLU that learns its slopes, one for each place of the input unless axes share them.

    (None, 5)        -> PReLU()                    -> (None, 5)
    (None, 8, 9, 3)  -> PReLU(shared_axes=[1, 2])  -> (None, 8, 9, 3)
    (None, None, 3)  -> PReLU(shared_axes=1)       -> (None, None, 3)
    (None, None, 3)  -> PReLU()                    -> conflict: leaves it open
    """

    alpha_initializer: Initializer = "zeros"
    alpha_regularizer: Regularizer = None
    alpha_constraint: Constraint = None
    shared_axes: Anything = None

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Floating-point numbers in Keras 2."""
        require_floats(self.keras_name, self.era, dtypes)

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The shape that came in."""
        self._slopes(inputs)
        return inputs

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """A slope for every place behind the batch axis, 1 along the axes that share it."""
        yield Weight("alpha", self._slopes(inputs))

    def _slopes(self, inputs: Shape) -> tuple[Dim, ...]:
        sizes: list[Dim] = list(inputs[1:])
        shared = [] if self.shared_axes is None else numbers_of(self.shared_axes)
        for axis in shared:
            if not -len(sizes) <= axis - 1 < len(sizes):
                raise ShapeConflict(
                    f"{self.keras_name} is told to share axis {axis}, and {inputs} has none",
                    "list assignment index out of range",
                )
            sizes[axis - 1] = 1
        behind = Shape(tuple(sizes))
        require_sizes(self.keras_name, range(behind.rank), behind)
        return tuple(sizes)


class ParametricSoftplus(PReLU):
    """A softplus of Keras 1 that learns its height and its steepness for each place.

    keras1: (None, 5)       -> ParametricSoftplus()                   -> (None, 5)
    keras1: (None, 8, 9, 3) -> ParametricSoftplus(shared_axes=[1, 2]) -> (None, 8, 9, 3)
    keras1: (None, None, 3) -> ParametricSoftplus()                   -> conflict: leaves it open
    """

    names: ClassVar[tuple[str, ...]] = ("alphas", "betas")

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """A number of each kind for every place."""
        yield from (Weight(name, self._slopes(inputs)) for name in self.names)


class SReLU(ParametricSoftplus):
    """Three straight pieces, which Keras 1 learns for each place: two bends, two slopes.

    keras1: (None, 5)       -> SReLU() -> (None, 5)
    keras1: (None, None, 3) -> SReLU() -> conflict: leaves it open
    """

    names = ("t_left", "a_left", "t_right", "a_right")

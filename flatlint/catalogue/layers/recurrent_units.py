"""What recurrent cells and the layers around them share: arguments, weights, sizes of states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    Activation,
    Anything,
    Constraint,
    Flag,
    Initializer,
    Regularizer,
    as_size,
    dialect_of,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import OpenSize
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.random_numbers import Seed
from flatlint.catalogue.numpy_integers import NumpyInteger
from flatlint.catalogue.spec import LayerSpec, Weight
from flatlint.shapes import Dim, Open

StateSize: TypeAlias = "Dim | Sequence[StateSize]"
"""How wide the state of a cell is: one size, or a nest of sizes, one for each state tensor."""


def unit_count(value: object, info: ValidationInfo) -> Dim:
    """A positive integer; Keras 2 stumbles over `True` later on.

    Both eras compare with 0 at once and find out about floats when the weights are made.
    """
    if is_symbolic(value):
        return as_size(value)
    is_taken = isinstance(value, int) and value > 0
    if not is_taken or (value is True and dialect_of(info).era < Era.KERAS_3):
        refuse(
            info,
            "a positive integer",
            value,
            "Received an invalid value for argument `units`, expected a positive integer, "
            f"got {value}.",
        )
    # An integer of numpy's stays one: a cell takes it, the layer that runs the cell may not.
    return value if isinstance(value, NumpyInteger) else int(value)  # type: ignore[call-overload]


def clipped_share(value: object, info: ValidationInfo) -> object:
    """A number; what lies outside of 0 to 1 is clipped without a word."""
    if is_symbolic(value) or isinstance(value, int | float):
        return value
    return refuse(
        info,
        "a number",
        value,
        f"'>' not supported between instances of '{type(value).__name__}' and 'float'",
    )


UnitCount: TypeAlias = Annotated[Dim, PlainValidator(unit_count)]
ClippedShare: TypeAlias = Annotated[object, PlainValidator(clipped_share)]


class CellArguments(LayerSpec):
    """The arguments that every cell takes, and the layer that runs it with them."""

    activation: Activation = None
    use_bias: Flag = True
    kernel_initializer: Initializer = None
    recurrent_initializer: Initializer = None
    bias_initializer: Initializer = None
    kernel_regularizer: Regularizer = None
    recurrent_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    recurrent_constraint: Constraint = None
    bias_constraint: Constraint = None
    dropout: ClippedShare = 0.0
    recurrent_dropout: ClippedShare = 0.0
    seed: Seed = None


class RecurrentUnits(CellArguments):
    """What a cell of units has in common with the layer that runs it: arguments and weights."""

    gates: ClassVar[int] = 1
    state_count: ClassVar[int | None] = None
    """How many states there are; `None` for a single one that stands in no list."""

    units: UnitCount

    @property
    def state_size(self) -> StateSize:
        """The width of the state."""
        return self.units if self.state_count is None else (self.units,) * self.state_count

    @property
    def output_size(self) -> Dim:
        """The width of what comes out of one step."""
        return self.units

    def step_weights(self, features: Dim) -> Iterator[Weight]:
        """The weights of one step, which all steps share."""
        width = self.gates * self.units
        yield Weight("kernel", (features, width))
        yield Weight("recurrent_kernel", (self.units, width))
        if self.use_bias:
            yield Weight("bias", self._bias_dims(width))

    def _bias_dims(self, width: Dim) -> tuple[Dim, ...]:
        return (width,)


class GRUUnits(RecurrentUnits):
    """Gated recurrent units; with `reset_after` input and state have a bias each."""

    gates: ClassVar[int] = 3

    recurrent_activation: Activation = None
    reset_after: Flag = True

    def _bias_dims(self, width: Dim) -> tuple[Dim, ...]:
        return (2, width) if self.reset_after else (width,)


class LSTMUnits(RecurrentUnits):
    """Long short-term memory: an output and a carry."""

    gates: ClassVar[int] = 4
    state_count: ClassVar[int | None] = 2

    recurrent_activation: Activation = None
    unit_forget_bias: Anything = True


def flat_sizes(size: StateSize) -> list[Dim]:
    """The sizes of a nest, one after the other."""
    if isinstance(size, Sequence):
        return [inner for part in size for inner in flat_sizes(part)]
    return [size]


def require_features(layer: LayerSpec, dims: Sequence[Dim]) -> None:
    """Refuse an input without a known last axis: the kernel could not be made."""
    if not dims or isinstance(dims[-1], Open):
        raise OpenSize(
            f"{layer.keras_name} needs to know the last axis of its input to make its weights",
            "Shapes used to initialize variables must be fully-defined (no `None` dimensions).",
        )

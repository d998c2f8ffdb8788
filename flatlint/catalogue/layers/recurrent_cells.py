"""Recurrent cells: one step of SimpleRNN, GRU and LSTM, alone or stacked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, ClassVar, NoReturn, TypeAlias

from pydantic import PlainValidator, ValidationInfo

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
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.dropout import Seed
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Dim, Open, Shape, broadcast_dims

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
    return int(value)  # type: ignore[call-overload, no-any-return]  # an int: see above


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


class RecurrentUnits(LayerSpec):
    """What a cell has in common with the layer that runs it: arguments and weights."""

    gates: ClassVar[int] = 1
    state_count: ClassVar[int | None] = None
    """How many states there are; `None` for a single one that stands in no list."""

    units: UnitCount
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


class RecurrentCell(LayerSpec):
    """A layer that does one step: from an input and its states to an output and new states."""

    @property
    def state_size(self) -> StateSize:
        """The width of the state."""
        raise NotImplementedError

    @property
    def output_size(self) -> Dim:
        """The width of what comes out of one step."""
        raise NotImplementedError

    def step_weights(self, features: Dim) -> Iterator[Weight]:
        """The weights of one step on an input of that width."""
        raise NotImplementedError

    def call(self, inputs: ShapeTree, states: ShapeTree | None = None, **_: Any) -> ShapeTree:
        """Output and new states of one step."""
        if states is None:
            self._miss_states()
        step = self.single(inputs)
        require_features(self, step[-1:])
        return self.step(step, states)

    def call_weights(
        self, inputs: ShapeTree, states: ShapeTree | None = None, **_: Any
    ) -> Iterable[Weight]:
        """The weights that the last axis of `inputs` asks for."""
        return self.step_weights(self.single(inputs)[-1])

    def step(self, inputs: Shape, states: ShapeTree) -> list[ShapeTree]:
        """Output and new states, the input being fit."""
        raise NotImplementedError

    def _miss_states(self) -> NoReturn:
        raise ShapeConflict(
            f"{self.keras_name} is one step and needs the states of the step before: wrap it in "
            "RNN, or call it with `states`",
            f"{self.keras_name}.call() missing 1 required positional argument: 'states'",
        )


class SingleCell(RecurrentCell):
    """A cell that is no stack of others."""

    state_count: ClassVar[int | None] = None

    def step(self, inputs: Shape, states: ShapeTree) -> list[ShapeTree]:
        """`[output, states]`, each as wide as the cell."""
        listed = states if isinstance(states, Sequence) else [states]
        if len(listed) < (self.state_count or 1):
            raise ShapeConflict(
                f"{self.keras_name} has {self.state_count} states and gets {len(listed)}",
                "list index out of range",
            )
        if inputs.rank != 2:
            raise NotKnown(f"{self.keras_name} is called on rank {inputs.rank}")
        batch = inputs[0]
        for state in listed[: self.state_count or 1]:
            batch = self._met_by(state, batch)
        output = Shape((batch, self.output_size))
        if not isinstance(states, Sequence):
            return [output, output]
        return [output, [output] * (self.state_count or 1)]

    def _met_by(self, state: ShapeTree, batch: Dim) -> Dim:
        """The batch size after a state of that shape was used."""
        if not isinstance(state, Shape) or state.rank != 2:
            raise NotKnown(f"a state of {self.keras_name} is no tensor of rank 2")
        size, met = self.output_size, broadcast_dims(batch, state[0])
        if met is None or (isinstance(size, int) and state[1] != size and _is_number(state[1])):
            raise ShapeConflict(
                f"{self.keras_name} needs states of shape ({batch}, {size}) and gets {state}",
                f"Dimensions must be equal, but are {state[1]} and {size}",
            )
        return met


class SimpleRNNCell(RecurrentUnits, SingleCell):
    """One step of SimpleRNN.

    (None, 3) -> SimpleRNNCell(4) -> conflict: states
    (None, 3) -> SimpleRNNCell(0) -> conflict: a positive integer
    """


class GRUCell(GRUUnits, SingleCell):
    """One step of GRU.

    (None, 3) -> GRUCell(4) -> conflict: states
    (None, 3) -> GRUCell(0) -> conflict: a positive integer
    """


class LSTMCell(LSTMUnits, SingleCell):
    """One step of LSTM.

    (None, 3) -> LSTMCell(4) -> conflict: states
    (None, 3) -> LSTMCell(2.5) -> conflict: a positive integer
    """


def _cells(value: object, info: ValidationInfo) -> tuple[RecurrentCell, ...] | UnknownArgument:
    """Layers that do one step each; anything that has no state is refused."""
    if isinstance(value, UnknownArgument):
        return value
    if not isinstance(value, list | tuple):
        refuse(info, "a list of cells", value, f"'{type(value).__name__}' object is not iterable")
    for cell in value:
        if isinstance(cell, UnknownArgument):
            return cell
        if not isinstance(cell, RecurrentCell):
            refuse(
                info,
                "a list of cells such as LSTMCell",
                _shown(cell),
                "All cells must have a `state_size` attribute. Received cell without a "
                f"`state_size`: {_shown(cell)}",
            )
    return tuple(value)


class StackedRNNCells(RecurrentCell):
    """Cells one upon the other, which do a step together.

    (None, 3) -> StackedRNNCells([LSTMCell(4), GRUCell(5)]) -> conflict: states
    (None, 3) -> StackedRNNCells([Dense(4)])                -> conflict: a list of cells
    """

    cells: Annotated[tuple[RecurrentCell, ...] | UnknownArgument, PlainValidator(_cells)]
    reverse_state_order: Flag = False

    @property
    def stack(self) -> tuple[RecurrentCell, ...]:
        """The cells, from the input on; raises `NotKnown` where the program does not fix them."""
        if isinstance(self.cells, UnknownArgument):
            raise NotKnown(self.cells.reason)
        if not self.cells and self.era < Era.KERAS_3:
            raise NotKnown("a stack of no cells")
        if not self.cells:
            raise ShapeConflict("StackedRNNCells has no cells", "list index out of range")
        return self.cells

    @property
    def state_size(self) -> StateSize:
        """The widths of the states of each cell."""
        sizes = [cell.state_size for cell in self.stack]
        backwards = sizes[::-1]
        if self.reverse_state_order and flat_sizes(backwards) != flat_sizes(sizes):
            # Keras 2 packs the states for the cells by their order, whatever was asked for.
            raise ShapeConflict(
                "StackedRNNCells(reverse_state_order=True) hands the cells each other's states: "
                "their sizes must be the same from either end",
                "Dimensions must be equal",
            )
        return backwards if self.reverse_state_order else sizes

    @property
    def output_size(self) -> Dim:
        """The width of the last cell."""
        return self.stack[-1].output_size

    def step_weights(self, features: Dim) -> Iterator[Weight]:
        """The weights of all cells; those of a cell that stands in the stack twice once."""
        seen: set[int] = set()
        for cell in self.stack:
            if id(cell) not in seen:
                yield from cell.step_weights(features)
            seen.add(id(cell))
            features = cell.output_size

    def step(self, inputs: Shape, states: ShapeTree) -> list[ShapeTree]:
        """The output of the last cell, and the new states of each."""
        if not isinstance(states, Sequence) or len(states) != len(self.stack):
            raise NotKnown("the states do not match the cells one by one")
        news: list[ShapeTree] = []
        for cell, state in zip(self.stack, states, strict=True):
            output, new = cell.step(inputs, state)
            assert isinstance(output, Shape)
            inputs = output
            news.append(new)
        return [inputs, news]


def flat_sizes(size: StateSize) -> list[Dim]:
    """The sizes of a nest, one after the other."""
    if isinstance(size, Sequence):
        return [inner for part in size for inner in flat_sizes(part)]
    return [size]


def require_features(layer: LayerSpec, dims: Sequence[Dim]) -> None:
    """Refuse an input without a known last axis: the kernel could not be made."""
    if not dims or isinstance(dims[-1], Open):
        raise ShapeConflict(
            f"{layer.keras_name} needs to know the last axis of its input to make its weights",
            "Shapes used to initialize variables must be fully-defined (no `None` dimensions).",
        )


def _is_number(size: Dim) -> bool:
    return isinstance(size, int)


def _shown(value: object) -> str:
    return value.keras_name if isinstance(value, LayerSpec) else repr(value)

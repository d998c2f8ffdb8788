"""Recurrent cells: one step of SimpleRNN, GRU and LSTM, alone or stacked."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, NoReturn

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    Flag,
    UnknownArgument,
    if_unread,
    refuse,
)
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.recurrent_units import (
    GRUUnits,
    LSTMUnits,
    RecurrentUnits,
    StateSize,
    flat_sizes,
    require_features,
)
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Dim, Shape, broadcast_shapes


class RecurrentCell(LayerSpec):
    """A layer that does one step: from an input and its states to an output and new states."""

    @property
    @abstractmethod
    def state_size(self) -> StateSize:
        """The width of the state."""

    @property
    @abstractmethod
    def output_size(self) -> Dim:
        """The width of what comes out of one step."""

    @abstractmethod
    def step_weights(self, features: Dim) -> Iterator[Weight]:
        """The weights of one step on an input of that width."""

    def call(
        self,
        inputs: ShapeTree,
        states: ShapeTree | None = None,
        training: object = None,
        **_: Any,
    ) -> ShapeTree:
        """Output and new states of one step."""
        if states is None:
            self._miss_states()
        step = self.single(inputs)
        if not isinstance(self, StackedRNNCells) or self.stack:
            require_features(self, step[-1:])
        return self.step(step, states)

    def call_weights(
        self,
        inputs: ShapeTree,
        states: ShapeTree | None = None,
        training: object = None,
        **_: Any,
    ) -> Iterable[Weight]:
        """The weights that the last axis of `inputs` asks for."""
        return self.step_weights(self.single(inputs)[-1])

    @abstractmethod
    def step(self, inputs: Shape, states: ShapeTree) -> list[ShapeTree]:
        """Output and new states, the input being fit."""

    def _miss_states(self) -> NoReturn:
        raise ShapeConflict(
            f"{self.keras_name} is one step and needs the states of the step before: wrap it in "
            "RNN, or call it with `states`",
            f"{self.keras_name}.call() missing 1 required positional argument: 'states'",
        )


class SingleCell(RecurrentCell):
    """A cell that is no stack of others; it looks at the first of its states, LSTM at two."""

    def step(self, inputs: Shape, states: ShapeTree) -> list[ShapeTree]:
        """`[output, states]`, each as wide as the cell."""
        if isinstance(states, Shape):
            return [output := self.met_by(states, inputs), output]
        if not isinstance(states, Sequence):
            raise NotKnown(f"the state of {self.keras_name} is not known")
        if not states:
            raise ShapeConflict(
                f"{self.keras_name} has one state and gets none", "list index out of range"
            )
        output = self.met_by(states[0], inputs)
        return [output, [output]]

    def met_by(self, state: ShapeTree, inputs: Shape) -> Shape:
        """What comes of `inputs` and a state; they may broadcast."""
        if not isinstance(state, Shape):
            raise NotKnown(f"a state of {self.keras_name} is not known")
        width = self.output_size
        ahead = Shape((*inputs[:-1], width))
        met = broadcast_shapes(ahead, state.with_last(width)) if state.rank else None
        unequal = state.rank and isinstance(state[-1], int) and isinstance(width, int)
        if met is None or (unequal and state[-1] != width):
            raise ShapeConflict(
                f"{self.keras_name} needs states of shape {ahead} and gets {state}",
                f"Dimensions must be equal, but are {state[-1:]} and {width}",
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

    def step(self, inputs: Shape, states: ShapeTree) -> list[ShapeTree]:
        """`[output, [output, carry]]`; the gates lie on axis 1, so that inputs have no more."""
        if isinstance(states, Shape):
            # Indexed like a list, a tensor gives its rows, which broadcast in Keras 3.
            takes_rows = states.rank > 1 and self.era is Era.KERAS_3
            states = [Shape(states[1:]), Shape(states[1:])] if takes_rows else [states]
        if not isinstance(states, Sequence):
            raise NotKnown("the states of LSTMCell are not known")
        if len(states) < 2:
            raise ShapeConflict(
                f"LSTMCell has 2 states, the output and the carry, and gets {len(states)}",
                "list index out of range",
            )
        if inputs.rank != 2:
            self.require_rank(inputs, 2)
        carry = self.met_by(states[1], self.met_by(states[0], inputs))
        return [carry, [carry, carry]]


def _cells(value: object, info: ValidationInfo) -> tuple[RecurrentCell, ...] | UnknownArgument:
    """Layers that do one step each; anything that has no state is refused."""
    if isinstance(value, UnknownArgument):
        return value
    if not isinstance(value, list | tuple):
        refuse(info, "a list of cells", value, f"'{type(value).__name__}' object is not iterable")
    for cell in value:
        if (unread := if_unread(cell)) is not None:
            return unread
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
        if not self.stack and self.era is Era.KERAS_3:
            raise ShapeConflict("StackedRNNCells has no cells", "list index out of range")
        if not self.stack:
            raise NotKnown("a stack of no cells")
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
        if not isinstance(states, Sequence):
            raise NotKnown("the states of the cells are not known one by one")
        if self.era < Era.KERAS_3:
            states = _packed(list(_flat(states)), self.state_size)
        news: list[ShapeTree] = []
        # Without a state of its own a cell of Keras 3 is passed over.
        for cell, state in zip(self.stack, states, strict=False):
            stands_alone = not isinstance(state, Sequence)
            output, new = cell.step(inputs, [state] if stands_alone else state)
            assert isinstance(output, Shape)
            assert isinstance(new, Sequence)
            inputs = output
            news.append(new[0] if stands_alone and len(new) == 1 else new)
        if self.era is Era.KERAS_3 and len(news) == 1:
            return [inputs, news[0]]
        return [inputs, news]


def _flat(states: ShapeTree) -> Iterator[ShapeTree]:
    if isinstance(states, Sequence):
        for state in states:
            yield from _flat(state)
    else:
        yield states


def _packed(states: list[ShapeTree], sizes: StateSize) -> list[ShapeTree]:
    """States in the order given, nested as the sizes are; Keras 2 refuses another number."""
    if len(states) != len(flat_sizes(sizes)):
        raise ShapeConflict(
            f"The cells have {len(flat_sizes(sizes))} states together and get {len(states)}",
            "Could not pack sequence. Structure had elements other than flat_sequence.",
        )
    rest = iter(states)

    def pack(size: StateSize) -> ShapeTree:
        return [pack(part) for part in size] if isinstance(size, Sequence) else next(rest)

    packed = pack(sizes)
    return list(packed) if isinstance(packed, list) else [packed]


def _shown(value: object) -> str:
    return value.keras_name if isinstance(value, LayerSpec) else repr(value)

"""Recurrent layers: a cell that runs along the time axis, keeping a state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    UnknownArgument,
    as_size,
    if_unread,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import NotKnown
from flatlint.catalogue.layers.recurrent_cells import RecurrentCell, StackedRNNCells
from flatlint.catalogue.layers.recurrent_units import (
    GRUUnits,
    LSTMUnits,
    RecurrentUnits,
    StateSize,
)
from flatlint.catalogue.layers.sequence_layers import SequenceLayer
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Dim, Shape


class UnitsLayer(SequenceLayer, RecurrentUnits):
    """A recurrent layer with a cell of its own."""

    input_rank: ClassVar[int | None] = 3

    @property
    def state_widths(self) -> StateSize:
        """The widths of the states."""
        return self.state_size

    @property
    def output_width(self) -> Dim:
        """The number of units."""
        return self.units

    def cell_weights(self, features: Dim) -> Iterator[Weight]:
        """The weights of the cell on steps of that width."""
        return self.step_weights(features)

    def split(
        self, inputs: ShapeTree, initial_state: ShapeTree | None
    ) -> tuple[Shape, Sequence[ShapeTree] | None]:
        """The sequence, which must be of rank 3, and the initial states."""
        sequence, states = super().split(inputs, initial_state)
        self.require_rank(sequence, 3)
        return sequence, states


def _use_cudnn(value: object, info: ValidationInfo) -> object:
    """`"auto"`, `True` or `False`."""
    if is_symbolic(value) or value in ("auto", True, False):
        return value
    return refuse(
        info,
        "'auto', True or False",
        value,
        "Invalid valid received for argument `use_cudnn`. Expected one of {'auto', True, False}.",
    )


class SimpleRNN(UnitsLayer):
    """A recurrent layer whose output is its state.

    (None, 5, 3) -> SimpleRNN(4)                    -> (None, 4)
    (None, 5, 3) -> SimpleRNN(4, return_state=True) -> [(None, 4), (None, 4)]
    (None, 3)    -> SimpleRNN(4)                    -> conflict: rank 3
    """


class GRU(UnitsLayer, GRUUnits):
    """Gated recurrent units.

    (None, 5, 3)    -> GRU(4)                        -> (None, 4)
    (None, None, 3) -> GRU(4, return_sequences=True) -> (None, None, 4)
    (None, 5, None) -> GRU(4)                        -> conflict: last axis
    keras2: [(None, 5, 3), (None, 9)] -> GRU(4)      -> conflict: states of shape
    """

    use_cudnn: Annotated[object, PlainValidator(_use_cudnn)] = "auto"


class LSTM(UnitsLayer, LSTMUnits):
    """Long short-term memory.

    (None, 5, 3) -> LSTM(4)                        -> (None, 4)
    (None, 5, 3) -> LSTM(4, return_sequences=True) -> (None, 5, 4)
    (None, 5, 3) -> LSTM(4, return_state=True)     -> [(None, 4), (None, 4), (None, 4)]
    (None, 5, 3) -> LSTM(4, stateful=True)         -> conflict: batch size
    keras2: [(None, 5, 3)] -> LSTM(4)              -> (None, 4)
    (None, 3)    -> LSTM(4)                        -> conflict: rank 3
    """

    use_cudnn: Annotated[object, PlainValidator(_use_cudnn)] = "auto"


def _cudnn_units(value: object, info: ValidationInfo) -> Dim:
    """Not a negative integer; the constructor itself checks nothing."""
    if is_symbolic(value):
        return as_size(value)
    if not isinstance(value, int) or value is True or value < 0:
        refuse(info, "an integer that is not negative", value, f"Dimension {value} must be >= 0")
    return int(value)


class CuDNNGRU(UnitsLayer, GRUUnits):
    """GRU as the graphics card does it: a bias for the input and one for the state.

    keras2: (None, 5, 3) -> CuDNNGRU(4) -> (None, 4)
    keras2: (None, 3)    -> CuDNNGRU(4) -> conflict: rank 3
    """

    units: Annotated[Dim, PlainValidator(_cudnn_units)]


class CuDNNLSTM(UnitsLayer, LSTMUnits):
    """LSTM as the graphics card does it: a bias for the input and one for the state.

    keras2: (None, 5, 3) -> CuDNNLSTM(4) -> (None, 4)
    keras2: (None, 3)    -> CuDNNLSTM(4) -> conflict: rank 3
    """

    units: Annotated[Dim, PlainValidator(_cudnn_units)]

    def _bias_dims(self, width: Dim) -> tuple[Dim, ...]:
        return (2 * width,)


def _cell(value: object, info: ValidationInfo) -> RecurrentCell | UnknownArgument:
    """A cell, or a list of cells for a stack of them."""
    if isinstance(value, RecurrentCell):
        return value
    if (unread := if_unread(value)) is not None:
        return unread
    if isinstance(value, list | tuple):
        dialect = info.context
        return StackedRNNCells.model_validate(
            {"cells": value, "dialect": dialect} if dialect else {"cells": value}, context=dialect
        )
    shown = value.keras_name if isinstance(value, LayerSpec) else repr(value)
    return refuse(
        info,
        "a cell such as LSTMCell",
        shown,
        f"The RNN cell should have a `state_size` attribute. Received: cell={shown}",
    )


class RNN(SequenceLayer):
    """A cell, or a stack of them, run along the time axis.

    (None, 5, 3) -> RNN(LSTMCell(4))                                     -> (None, 4)
    (None, 5, 3) -> RNN([GRUCell(4), GRUCell(6)], return_sequences=True) -> (None, 5, 6)
    (None, 5, 3) -> RNN(GRUCell(4), return_state=True)                   -> [(None, 4), (None, 4)]
    (None, 5, 3) -> RNN(Dense(4))                                        -> conflict: a cell
    """

    cell: Annotated[RecurrentCell | UnknownArgument, PlainValidator(_cell)]

    @property
    def known_cell(self) -> RecurrentCell:
        """The cell; raises `NotKnown` for one that the program wrote itself."""
        if isinstance(self.cell, UnknownArgument):
            raise NotKnown(self.cell.reason)
        return self.cell

    @property
    def state_widths(self) -> StateSize:
        """The widths of the states of the cell."""
        return self.known_cell.state_size

    @property
    def output_width(self) -> Dim:
        """The width of the output of the cell."""
        return self.known_cell.output_size

    def cell_weights(self, features: Dim) -> Iterator[Weight]:
        """The weights of the cell on steps of that width."""
        return self.known_cell.step_weights(features)

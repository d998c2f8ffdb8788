"""Layers that run along time: what they return, where they start, what they refuse."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flatlint.catalogue.arguments import (
    Flag,
    UnknownArgument,
)
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.recurrent_units import (
    StateSize,
    flat_sizes,
    require_features,
)
from flatlint.catalogue.layers.wrapper import ReportingLayer
from flatlint.catalogue.numpy_integers import NumpyInteger
from flatlint.catalogue.spec import ShapeTree, Weight
from flatlint.shapes import Dim, Open, Shape

FLOATS = ("float", "bfloat")
"""How the names of dtypes begin that weights can be multiplied with."""


class RecurrentLayer(ReportingLayer):
    """What all layers have that run along time: which outputs they give and where they start.

    Keras 3 never runs such a layer on symbolic tensors: it checks what building checks, and not
    whether initial states fit or an unrolled time axis is known.
    """

    return_sequences: Flag = False
    return_state: Flag = False
    go_backwards: Flag = False
    stateful: Flag = False
    unroll: Flag = False

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Keras 2 multiplies whole numbers with its weights as they are, and TensorFlow refuses."""
        whole = [dtype for dtype in dtypes if dtype and not dtype.startswith(FLOATS)]
        if whole and self.era < Era.KERAS_3:
            raise ShapeConflict(
                f"{self.keras_name} takes floats, and gets a tensor of dtype {whole[0]}",
                f"Input 'b' of 'MatMul' Op has type float32 that does not match type {whole[0]} of "
                "argument 'a'.",
            )

    def call(
        self, inputs: ShapeTree, initial_state: ShapeTree | None = None, *_: Any, **__: Any
    ) -> ShapeTree:
        """The output, and with `return_state` the last states behind it, in a list."""
        sequence, states = self.split(inputs, initial_state)
        return self.run(sequence, states)

    def call_weights(
        self, inputs: ShapeTree, initial_state: ShapeTree | None = None, *_: Any, **__: Any
    ) -> Iterable[Weight]:
        """The weights of the cell."""
        sequence, _states = self.split(inputs, initial_state)
        return self.weights(sequence)

    def reported_shape(self, inputs: Shape) -> ShapeTree:
        """The output and states, for sequences of any rank."""
        return self.run(inputs, None)

    def reported_weights(self, inputs: Shape) -> Iterable[Weight]:
        """The weights of the cell, for sequences of any rank."""
        return self.weights(inputs)

    @abstractmethod
    def run(self, sequence: Shape, states: Sequence[ShapeTree] | None) -> ShapeTree:
        """What comes out of a sequence, from the given states on or, if `None`, from zeros."""

    def split(
        self, inputs: ShapeTree, initial_state: ShapeTree | None
    ) -> tuple[Shape, Sequence[ShapeTree] | None]:
        """The sequence and the initial states; in Keras 2 they may stand in one list, no tuple."""
        if isinstance(inputs, Sequence):
            if self.era is Era.KERAS_3 or not inputs or isinstance(inputs, tuple):
                raise ShapeConflict(
                    f"{self.keras_name} takes one tensor and gets a list of {len(inputs)}; states "
                    "are passed as `initial_state`",
                    f'Layer "{self.keras_name}" expects 1 input(s), but it received '
                    f"{len(inputs)} input tensors",
                )
            if len(inputs) > 1:
                initial_state = inputs[1:]
            inputs = inputs[0]
        if initial_state is None or isinstance(initial_state, UnknownArgument):
            return self.single(inputs), None
        if not isinstance(initial_state, Sequence):
            initial_state = [initial_state]
        return self.single(inputs), initial_state

    def require_batch(self, batch: Dim) -> None:
        """Refuse a stateful layer whose batch size is open: it could not keep its state."""
        if not self.stateful:
            return
        if isinstance(batch, Open) or (batch == 0 and self.era < Era.KERAS_3):
            raise ShapeConflict(
                f"{self.keras_name}(stateful=True) needs to know the batch size: give the input "
                "a `batch_shape`",
                "If a RNN is stateful, it needs to know its batch size. (When using "
                "`stateful=True` in a RNN, the batch size must be static.)",
            )

    def require_steps(self, time: Dim) -> None:
        """Refuse a time axis that Keras 2 cannot walk along."""
        if self.era is Era.KERAS_3:
            return
        if time == 0:
            raise ShapeConflict(
                f"{self.keras_name} gets sequences of no steps at all",
                "slice index 0 of dimension 0 out of bounds.",
            )
        if isinstance(time, Open) and self.unroll:
            raise ShapeConflict(
                f"{self.keras_name}(unroll=True) needs to know the number of steps",
                "Cannot unroll a RNN if the time dimension is undefined. (Unrolling requires a "
                "fixed number of timesteps.)",
            )


class SequenceLayer(RecurrentLayer):
    """A recurrent layer whose steps are vectors.

    Source: `RNN` of keras/src/layers/rnn/rnn.py and of tf_keras/src/layers/rnn/base_rnn.py.
    """

    time_major: Flag = False

    @property
    @abstractmethod
    def state_widths(self) -> StateSize:
        """The widths of the states of the cell."""

    @property
    @abstractmethod
    def output_width(self) -> Dim:
        """The width of the output of one step."""

    @abstractmethod
    def cell_weights(self, features: Dim) -> Iterator[Weight]:
        """The weights of the cell on steps of that width."""

    def _require_python_integers(self, widths: StateSize) -> None:
        """Refuse units that numpy counted: Keras 3 takes only what is an `int` for a width."""
        found = [self.output_width] if isinstance(widths, Sequence) else [widths, self.output_width]
        if self.era is Era.KERAS_3 and any(isinstance(width, NumpyInteger) for width in found):
            raise ShapeConflict(
                f"{self.keras_name} takes Python's integers for its units, and {self.output_width} "
                f"is one of numpy's: int({self.output_width}) would do",
                "state_size must be an integer, or a list/tuple of integers (one for each state "
                "tensor). output_size must be an integer.",
            )

    def run(self, sequence: Shape, states: Sequence[ShapeTree] | None) -> ShapeTree:
        """`(batch, units)`, or `(batch, steps, units)` with `return_sequences`; then the states."""
        batch, time, step = self._walked(sequence)
        require_features(self, step)
        self.require_batch(batch)
        self.require_steps(time)
        widths = self.state_widths
        self._require_python_integers(widths)
        listed = list(widths) if isinstance(widths, Sequence) else [widths]
        starts: list[Dim] | None = None
        if states is not None and self.era < Era.KERAS_3:
            starts = self._require_states(states, listed, batch)
            batch = next((size for size in (batch, *starts) if not isinstance(size, Open)), batch)
        output = Shape((batch, self.output_width))
        if self.return_sequences:
            ahead = (time, batch) if self.time_major else (batch, time)
            output = Shape((*ahead, self.output_width))
        if not self.return_state:
            return output
        # A loop of Keras 2 leaves the states the batch size that they began with.
        sizes = iter(starts if starts is not None else [batch] * len(flat_sizes(listed)))
        return [output, *(self._state(width, sizes) for width in listed)]

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """The weights of the cell."""
        step = self._walked(inputs)[2]
        require_features(self, step)
        for weight in self.cell_weights(step[-1]):
            yield Weight(f"cell/{weight.name}", weight.dims, weight.trainable)

    def _walked(self, sequence: Shape) -> tuple[Dim, Dim, tuple[Dim, ...]]:
        """Batch size, number of steps, and the shape of one step, the batch axis included."""
        if self.era < Era.KERAS_3 and sequence.rank > 3 and self.unroll:
            raise NotKnown(f"{self.keras_name} is unrolled over steps that are no vectors")
        if self.era < Era.KERAS_3:
            self.require_rank(sequence, 3)
        if sequence.rank < 2:
            self.require_least_rank(sequence, 3)
        if self.time_major:
            return sequence[1], sequence[0], sequence[1:]
        # Keras 3 would take the batch axis for the features of a tensor without any.
        return sequence[0], sequence[1], (sequence[0], *sequence[2:])

    def _state(self, width: StateSize, batches: Iterator[Dim], depth: int = 0) -> ShapeTree:
        if not isinstance(width, Sequence):
            return Shape((next(batches), width))
        if depth and self.era is Era.KERAS_3:
            raise ShapeConflict(
                f"{self.keras_name}(return_state=True) cannot return the states of a stack of "
                "cells within a stack",
                "Undefined shapes are not supported.",
            )
        return [self._state(inner, batches, depth + 1) for inner in width]

    def _require_states(
        self, states: Sequence[ShapeTree], widths: Sequence[StateSize], batch: Dim
    ) -> list[Dim]:
        """The batch sizes of initial states; refuses states of wrong number or width."""
        given, wanted = list(_leaves(states)), flat_sizes(widths)
        fits = len(given) == len(wanted) and len(states) == len(widths)
        batches = []
        for state, width in zip(given, wanted, strict=False):
            if not isinstance(state, Shape):
                batches.append(batch)
                continue
            fits = fits and state.rank == 2 and not _differ(state[1], width)
            fits = fits and not _differ(state[0], batch)
            batches.append(state[0])
        if not fits:
            shown = ", ".join(str(state) for state in given)
            shapes = ", ".join(f"({batch}, {width})" for width in wanted)
            raise ShapeConflict(
                f"{self.keras_name} starts from states of shape {shapes} and gets {shown}",
                "An `initial_state` was passed that is not compatible with `cell.state_size`. "
                f"Received `state_spec`={shown}; however `cell.state_size` is {wanted}",
            )
        return batches


def _differ(left: Dim, right: Dim) -> bool:
    return isinstance(left, int) and isinstance(right, int) and left != right


def _leaves(tree: ShapeTree) -> Iterator[Shape | UnknownArgument]:
    if isinstance(tree, Shape | UnknownArgument):
        yield tree
    elif not isinstance(tree, Mapping):
        for branch in tree:
            yield from _leaves(branch)

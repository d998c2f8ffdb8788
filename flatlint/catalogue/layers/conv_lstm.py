"""ConvLSTM1D, ConvLSTM2D, ConvLSTM3D: an LSTM whose steps are signals, images or volumes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, ClassVar

from pydantic import Field, PlainValidator, ValidationInfo, field_validator, model_validator

from flatlint.catalogue.arguments import (
    Activation,
    Anything,
    as_size,
    dialect_of,
    is_symbolic,
    one_of,
    refuse,
)
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.recurrent_units import CellArguments
from flatlint.catalogue.layers.sequence_layers import RecurrentLayer
from flatlint.catalogue.layers.spatial import Sizes, SpatialLayer, whole_sizes
from flatlint.catalogue.spec import ShapeTree, Weight
from flatlint.shapes import OPEN, Dim, Open, Shape

GATES = 4


def _filters(value: object, info: ValidationInfo) -> Dim:
    """A positive integer; Keras 3 makes layers of 0 filters, and of `True` for 1."""
    if is_symbolic(value):
        return as_size(value)
    is_newest = dialect_of(info).era is Era.KERAS_3
    least = 0 if is_newest else 1
    if not isinstance(value, int) or value < least or (value is True and not is_newest):
        refuse(
            info,
            "a positive integer",
            value,
            f"Dimension value must be a positive integer. Received: filters={value}",
        )
    return int(value)


class ConvLSTM(RecurrentLayer, CellArguments, SpatialLayer):
    """An LSTM that convolves its input and, with padding, its state.

    Keras 3 must know the spatial sizes. Sources: keras/src/layers/rnn/conv_lstm.py,
    base_conv_lstm.py and base_conv_rnn.py of tf_keras/src/layers/rnn/.
    """

    filters: Annotated[Dim, PlainValidator(_filters)]
    kernel_size: Sizes
    strides: Sizes = Field(default=1, validate_default=True)
    padding: Annotated[object, one_of("valid", "same")] = "valid"
    dilation_rate: Sizes = Field(default=1, validate_default=True)
    recurrent_activation: Activation = None
    unit_forget_bias: Anything = True

    @field_validator("kernel_size", "strides", "dilation_rate", mode="plain")
    @classmethod
    def _one_size_per_axis(cls, value: object, info: ValidationInfo) -> tuple[Dim, ...]:
        return whole_sizes(value, cls.axes, info)

    @field_validator("unroll", mode="after")
    @classmethod
    def _is_not_unrolled(cls, value: Any, info: ValidationInfo) -> Any:
        if dialect_of(info).era < Era.KERAS_3 and value is True:
            refuse(info, "False", value, "Unrolling is not possible with convolutional RNNs.")
        return value

    @model_validator(mode="after")
    def _require_one_way_of_stepping(self) -> ConvLSTM:
        if _is_above_one(self.strides) and _is_above_one(self.dilation_rate):
            raise ShapeConflict(
                f"{self.keras_name}: `strides` and `dilation_rate` cannot both be above 1",
                "`strides > 1` not supported in conjunction with `dilation_rate > 1`.",
            )
        return self

    def run(self, sequence: Shape, states: Sequence[ShapeTree] | None) -> ShapeTree:
        """`(batch, space, filters)`, with the time axis behind the batch if it is returned."""
        step = self._step(sequence)
        self._require_space(step)
        self.require_batch(sequence[0])
        self.require_steps(sequence[1])
        space = self.windowed(
            step, self.kernel_size, self.strides, self.padding, self.dilation_rate
        )
        is_open = any(isinstance(size, Open) for size in space)
        if is_open and _is_above_one(self.dilation_rate):
            # Keras 2 dilates by cutting space into pieces, and loses sight of every size.
            space = (OPEN,) * self.axes
        state = self.arrange(step, space, self.filters)
        output, last = state, [state, state]
        if states is not None and self.era < Era.KERAS_3:
            # A loop of Keras 2 leaves the states the batch size that they began with.
            last = [state.with_axis(0, size) for size in self._require_states(states, state)]
            if isinstance(state[0], Open):
                output = last[0]
        if self.return_sequences:
            output = Shape((output[0], sequence[1], *output[1:]))
        return [output, *last] if self.return_state else output

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """A kernel for the input, one for the state, and a bias, each for four gates."""
        step = self._step(inputs)
        width = GATES * self.filters
        yield Weight("cell/kernel", (*self.kernel_size, self.channels(step), width))
        yield Weight("cell/recurrent_kernel", (*self.kernel_size, self.filters, width))
        if self.use_bias:
            yield Weight("cell/bias", (width,))

    def _step(self, sequence: Shape) -> Shape:
        """The shape of one step, without time."""
        self.require_rank(sequence, self.axes + 3)
        step = Shape((sequence[0], *sequence[2:]))
        self.require_channels(step)
        return step

    def _require_space(self, step: Shape) -> None:
        """Keras 3 takes no open space; Keras 2 needs it known to keep states across batches."""
        if not any(isinstance(size, Open) for size in self.space(step)):
            return
        if self.era is Era.KERAS_3 or self.stateful:
            raise ShapeConflict(
                f"{self.keras_name} needs to know the sizes of space, and {step} leaves some open",
                "ConvLSTM layers only support static input shapes for the spatial dimension. "
                f"Received invalid input shape: input_shape={step}",
            )

    def _require_states(self, states: Sequence[ShapeTree], wanted: Shape) -> list[Dim]:
        """The batch sizes of initial states; refuses those unlike what the layer computes."""
        if not all(isinstance(state, Shape) for state in states):
            raise NotKnown("the initial states are not known")
        shapes = [state for state in states if isinstance(state, Shape)]
        fits = len(shapes) == 2 and all(_is_like(state, wanted) for state in shapes)
        if not fits:
            shown = ", ".join(map(str, shapes))
            raise ShapeConflict(
                f"{self.keras_name} starts from two states of shape {wanted} and gets {shown}",
                "An `initial_state` was passed that is not compatible with `cell.state_size`. "
                f"Received state shapes {shown}.",
            )
        return [shape[0] for shape in shapes]


def _is_above_one(sizes: Sequence[Dim]) -> bool:
    return any(isinstance(size, int) and size > 1 for size in sizes)


def _is_like(state: Shape, wanted: Shape) -> bool:
    pairs = zip(state, wanted, strict=False)
    differ = (isinstance(a, int) and isinstance(b, int) and a != b for a, b in pairs)
    return state.rank == wanted.rank and not any(differ)


class ConvLSTM1D(ConvLSTM):
    """A ConvLSTM over sequences of signals.

    (None, 5, 8, 3) -> ConvLSTM1D(4, 3)                 -> (None, 6, 4)
    (None, 5, 8, 3) -> ConvLSTM1D(4, 3, padding="same") -> (None, 8, 4)
    (None, 8, 3)    -> ConvLSTM1D(4, 3)                 -> conflict: rank 4
    """

    axes: ClassVar[int] = 1
    input_rank: ClassVar[int | None] = 4


class ConvLSTM2D(ConvLSTM):
    """A ConvLSTM over sequences of images.

    (None, 5, 8, 8, 3) -> ConvLSTM2D(4, 3)                        -> (None, 6, 6, 4)
    (None, 5, 8, 8, 3) -> ConvLSTM2D(4, 3, return_sequences=True) -> (None, 5, 6, 6, 4)
    (None, 5, 8, 8, 3) -> ConvLSTM2D(4, 9)                        -> conflict: height
    keras3: (None, 5, None, None, 3) -> ConvLSTM2D(4, 3)          -> conflict: sizes of space
    """

    axes: ClassVar[int] = 2
    input_rank: ClassVar[int | None] = 5


class ConvLSTM3D(ConvLSTM):
    """A ConvLSTM over sequences of volumes.

    (None, 5, 8, 8, 8, 3) -> ConvLSTM3D(4, 3)            -> (None, 6, 6, 6, 4)
    (None, 5, 8, 8, 8, 3) -> ConvLSTM3D(4, 3, strides=2) -> (None, 3, 3, 3, 4)
    (None, 8, 8, 8, 3)    -> ConvLSTM3D(4, 3)            -> conflict: rank 6
    """

    axes: ClassVar[int] = 3
    input_rank: ClassVar[int | None] = 6

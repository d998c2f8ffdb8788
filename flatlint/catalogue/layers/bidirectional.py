"""Bidirectional: a recurrent layer and its mirror image, run from both ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationInfo, model_validator

from flatlint.catalogue.arguments import UnknownArgument, refuse
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.sequence_layers import RecurrentLayer
from flatlint.catalogue.layers.wrapper import (
    InnerLayer,
    ReportingLayer,
    WrappingLayer,
    inner_layer,
)
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Shape, broadcast_shapes

MERGE_MODES = ("sum", "mul", "ave", "concat", None)


def _merge_mode(value: object, info: ValidationInfo) -> object:
    """How the two outputs become one; `None` leaves them as they are."""
    if isinstance(value, UnknownArgument) or value in MERGE_MODES:
        return value
    return refuse(
        info,
        "'sum', 'mul', 'ave', 'concat' or None",
        value,
        f"Invalid merge mode. Received: {value}. Merge mode should be one of "
        '{"sum", "mul", "ave", "concat", None}',
    )


def _backward_layer(value: object, info: ValidationInfo) -> LayerSpec | UnknownArgument | None:
    return None if value is None else inner_layer(value, info)


class Bidirectional(WrappingLayer, ReportingLayer):
    """A recurrent layer from both ends, its outputs merged; states follow, forward ones first.

    Keras 3 reports what two layers like the forward one would give, whatever the backward one is.
    Source: keras/src/layers/rnn/bidirectional.py and its namesake in tf_keras.

    (None, 5, 3) -> Bidirectional(LSTM(4))                    -> (None, 8)
    (None, 5, 3) -> Bidirectional(LSTM(4), merge_mode="sum")  -> (None, 4)
    (None, 5, 3) -> Bidirectional(GRU(4), merge_mode=None)    -> [(None, 4), (None, 4)]
    (None, 5, 3) -> Bidirectional(Dense(4))                   -> conflict: recurrent
    (None, 5, 3) -> Bidirectional(LSTM(4), backward_layer=LSTM(4)) -> conflict: opposite ways
    """

    layer: InnerLayer
    merge_mode: Annotated[object, PlainValidator(_merge_mode)] = "concat"
    backward_layer: Annotated[
        LayerSpec | UnknownArgument | None, PlainValidator(_backward_layer)
    ] = None

    @model_validator(mode="after")
    def _require_a_mirror_image(self) -> Bidirectional:
        for layer in (self.layer, self.backward_layer):
            if isinstance(layer, LayerSpec) and not isinstance(layer, RecurrentLayer):
                raise ShapeConflict(
                    f"Bidirectional runs a recurrent layer from both ends, and {layer.keras_name} "
                    "is none",
                    f"'{layer.keras_name}' object has no attribute 'go_backwards'",
                )
        # A switch that the source does not fix may be set as Keras wants it.
        with suppress(NotKnown):
            self._compare_directions()
        return self

    def _compare_directions(self) -> None:
        forward, backward = self.layer, self.backward_layer
        if not isinstance(forward, RecurrentLayer) or isinstance(backward, UnknownArgument):
            return
        if backward is None:
            # Keras 2 turns the copy around; Keras 3 makes it go backwards, as the original does.
            both = self.era is Era.KERAS_3 and bool(forward.go_backwards)
        else:
            assert isinstance(backward, RecurrentLayer)
            both = bool(forward.go_backwards) == bool(backward.go_backwards)
            for name in ("stateful", "return_sequences", "return_state"):
                if bool(getattr(forward, name)) != bool(getattr(backward, name)):
                    raise ShapeConflict(
                        f"Bidirectional needs the same `{name}` in both layers",
                        "Forward layer and backward layer are expected to have the same value for "
                        f'attribute "{name}"',
                    )
        if both:
            raise ShapeConflict(
                "Bidirectional needs layers that go opposite ways: `go_backwards=True` belongs to "
                "the backward layer alone",
                "Forward layer and backward layer should have different `go_backwards` value.",
            )

    @property
    def forward(self) -> RecurrentLayer:
        """The layer that starts at the beginning."""
        inner = self.inner
        assert isinstance(inner, RecurrentLayer)
        return inner

    @property
    def backward(self) -> RecurrentLayer:
        """The layer that starts at the end."""
        if isinstance(self.backward_layer, UnknownArgument):
            raise NotKnown(self.backward_layer.reason)
        if self.backward_layer is None:
            return self.forward
        assert isinstance(self.backward_layer, RecurrentLayer)
        return self.backward_layer

    def call(
        self, inputs: ShapeTree, initial_state: ShapeTree | None = None, *_: Any, **__: Any
    ) -> ShapeTree:
        """The merged output, or both; with `return_state` the states of both behind it."""
        sequence, states = self.forward.split(inputs, initial_state)
        # The backward layer may take another rank than the forward one.
        self.backward.split(sequence, None)
        return self._run(sequence, *self._halves(states))

    def reported_shape(self, inputs: Shape) -> ShapeTree:
        """The merged output and the states, for sequences of any rank."""
        return self._run(inputs, None, None)

    def reported_weights(self, inputs: Shape) -> Iterable[Weight]:
        """The weights of both layers, for sequences of any rank."""
        yield from _named("forward", self.forward.reported_weights(inputs))
        yield from _named("backward", self.backward.reported_weights(inputs))

    def _run(
        self,
        sequence: Shape,
        first: Sequence[ShapeTree] | None,
        last: Sequence[ShapeTree] | None,
    ) -> ShapeTree:
        there = _listed(self.forward.run(sequence, first))
        back = _listed(self.backward.run(sequence, last))
        if self.era is Era.KERAS_3:
            back = there
        merged = self._merged(there[0], back[0])
        if not self.forward.return_state:
            return merged if len(merged) > 1 else merged[0]
        return [*merged, *there[1:], *back[1:]]

    def call_weights(
        self, inputs: ShapeTree, initial_state: ShapeTree | None = None, *_: Any, **__: Any
    ) -> Iterable[Weight]:
        """The weights of both layers."""
        sequence, _states = self.forward.split(inputs, initial_state)
        yield from _named("forward", self.forward.call_weights(sequence))
        yield from _named("backward", self.backward.call_weights(sequence))

    def _halves(
        self, states: Sequence[ShapeTree] | None
    ) -> tuple[Sequence[ShapeTree] | None, Sequence[ShapeTree] | None]:
        if states is None or self.era is Era.KERAS_3:
            return None, None
        half, rest = divmod(len(states), 2)
        if rest:
            raise ShapeConflict(
                f"Bidirectional needs initial states for both of its layers and gets {len(states)}",
                "When passing `initial_state` to a Bidirectional RNN, the state should be a list "
                "containing the states of the underlying RNNs.",
            )
        return states[:half], states[half:]

    def _merged(self, there: ShapeTree, back: ShapeTree) -> list[ShapeTree]:
        assert isinstance(there, Shape)
        assert isinstance(back, Shape)
        if self.merge_mode is None:
            return [there, back]
        if self.merge_mode == "concat":
            return [there.with_last(there[-1] + back[-1])]
        met = broadcast_shapes(there, back)
        if met is None:
            raise ShapeConflict(
                f"Bidirectional(merge_mode={self.merge_mode!r}) cannot meet {there} with {back}",
                f"Dimensions must be equal, but are {there[-1]} and {back[-1]}",
            )
        return [met]


def _listed(outputs: ShapeTree) -> list[ShapeTree]:
    return list(outputs) if not isinstance(outputs, Shape) else [outputs]


def _named(prefix: str, weights: Iterable[Weight]) -> Iterator[Weight]:
    for weight in weights:
        yield Weight(f"{prefix}/{weight.name}", weight.dims, weight.trainable)

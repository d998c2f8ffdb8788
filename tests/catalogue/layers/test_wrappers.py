"""Layers around layers: TimeDistributed, Bidirectional, SpectralNormalization."""

from __future__ import annotations

from typing import Any

import pytest

from flatlint.catalogue.arguments import OpaqueArgument, UnknownArgument
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.shapes import Shape, symbol
from tests.catalogue.layers.making import ERAS, make, output, parameters
from tests.catalogue.reading_examples import plain

UNKNOWN = UnknownArgument("read from a file")
WRAPPERS = ["TimeDistributed", "Bidirectional", "SpectralNormalization"]


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("name", WRAPPERS)
@pytest.mark.parametrize("inner", [4, None, "lstm", OpaqueArgument("keras.layers.LSTM")])
def test_a_wrapper_takes_a_layer_and_not_its_class(era: Era, name: str, inner: Any) -> None:
    with pytest.raises(ShapeConflict, match="a layer"):
        make(name, inner, era=era)


@pytest.mark.parametrize("name", WRAPPERS)
def test_around_a_layer_of_the_program_nothing_is_known(name: str) -> None:
    with pytest.raises(NotKnown, match="read from a file"):
        output(make(name, UNKNOWN), None, 5, 3)


@pytest.mark.parametrize("era", ERAS)
def test_time_distributed_puts_the_time_axis_back(era: Era) -> None:
    layer = make("TimeDistributed", make("Flatten", era=era), era=era)
    assert plain(layer.call(Shape.of(2, None, 8, 8, 3))) == (2, None, 192)
    assert str(output(layer, None, symbol("steps"), 8, 3)) == "(None, steps, 24)"


@pytest.mark.parametrize("era", ERAS)
def test_all_steps_share_the_weights(era: Era) -> None:
    layer = make("TimeDistributed", make("BatchNormalization", era=era), era=era)
    assert parameters(layer, None, 5, 8) == (32, 16)


@pytest.mark.parametrize("era", ERAS)
def test_time_distributed_refuses_a_layer_of_several_outputs(era: Era) -> None:
    inner = make("LSTM", 4, return_state=True, era=era)
    with pytest.raises(ShapeConflict, match="one tensor"):
        output(make("TimeDistributed", inner, era=era), None, 5, 8, 3)


def test_only_keras_2_distributes_over_lists() -> None:
    shapes = [Shape.of(None, 5, 6), Shape.of(None, 5, 6)]
    add = make("Add", era=Era.KERAS_2)
    assert str(make("TimeDistributed", add, era=Era.KERAS_2).call(shapes)) == "(None, 5, 6)"
    with pytest.raises(ShapeConflict, match="one tensor"):
        make("TimeDistributed", make("Add"), era=Era.KERAS_3).call(shapes)


def test_keras_3_reports_a_shape_for_an_inner_layer_that_a_call_would_refuse() -> None:
    sizes = (None, 4, 8, 8, 3)
    assert plain(make("TimeDistributed", make("LSTM", 4)).call(Shape.of(*sizes))) == (None, 4, 4)
    inner = make("LSTM", 4, era=Era.KERAS_2)
    with pytest.raises(ShapeConflict, match="rank 3"):
        output(make("TimeDistributed", inner, era=Era.KERAS_2), *sizes)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("concat", (None, 8)),
        ("sum", (None, 4)),
        ("mul", (None, 4)),
        ("ave", (None, 4)),
        (None, [(None, 4), (None, 4)]),
    ],
)
def test_bidirectional_merges_as_it_is_told(era: Era, mode: Any, expected: Any) -> None:
    layer = make("Bidirectional", make("LSTM", 4, era=era), merge_mode=mode, era=era)
    assert plain(layer.call(Shape.of(None, 5, 3))) == expected
    assert parameters(layer, None, 5, 3) == (256, 256)


@pytest.mark.parametrize("era", ERAS)
def test_states_of_both_directions_follow_the_output(era: Era) -> None:
    inner = make("LSTM", 4, return_state=True, era=era)
    layer = make("Bidirectional", inner, era=era)
    assert plain(layer.call(Shape.of(None, 5, 3))) == [(None, 8), *[(None, 4)] * 4]


@pytest.mark.parametrize(("era", "width"), [(Era.KERAS_2, 10), (Era.KERAS_3, 8)])
def test_keras_3_overlooks_the_width_of_the_backward_layer(era: Era, width: int) -> None:
    backward = make("LSTM", 6, go_backwards=True, era=era)
    layer = make("Bidirectional", make("LSTM", 4, era=era), backward_layer=backward, era=era)
    assert plain(layer.call(Shape.of(None, 5, 3))) == (None, width)
    assert parameters(layer, None, 5, 3) == (368, 368)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("keywords", [{}, {"go_backwards": True, "return_sequences": True}])
def test_the_backward_layer_must_mirror_the_forward_one(era: Era, keywords: Any) -> None:
    backward = make("LSTM", 4, era=era, **keywords)
    with pytest.raises(ShapeConflict):
        make("Bidirectional", make("LSTM", 4, era=era), backward_layer=backward, era=era)


def test_a_backward_layer_that_is_not_fixed_is_not_refused() -> None:
    backward = make("LSTM", 4, go_backwards=UNKNOWN)
    layer = make("Bidirectional", make("LSTM", 4), backward_layer=backward)
    assert plain(layer.call(Shape.of(None, 5, 3))) == (None, 8)


def test_keras_2_wants_initial_states_for_both_directions() -> None:
    layer = make("Bidirectional", make("GRU", 4, era=Era.KERAS_2), era=Era.KERAS_2)
    sequence, state = Shape.of(None, 5, 3), Shape.of(None, 4)
    assert plain(layer.call(sequence, initial_state=[state, state])) == (None, 8)
    with pytest.raises(ShapeConflict, match="both"):
        layer.call(sequence, initial_state=[state])


@pytest.mark.parametrize("era", ERAS)
def test_spectral_normalization_keeps_a_vector_beside_the_kernel(era: Era) -> None:
    # count_params() of keras 3.15 and tf_keras 2.21
    dense = make("SpectralNormalization", make("Dense", 4, era=era), era=era)
    assert parameters(dense, None, 5, 6) == (32, 28)
    embedding = make("SpectralNormalization", make("Embedding", 10, 4, era=era), era=era)
    assert parameters(embedding, None, 8) == (44, 40)

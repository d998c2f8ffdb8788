"""Recurrent layers and cells: weights, states, and where the eras part."""

from __future__ import annotations

from typing import Any

import pytest

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.shapes import Shape, symbol
from tests.catalogue.layers.making import ERAS, make, output, parameters
from tests.catalogue.reading_examples import plain

UNKNOWN = UnknownArgument("read from a file")
units = symbol("units")


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("name", "keywords", "expected"),
    [
        # count_params() of keras 3.15 and tf_keras 2.21 on (None, 5, 3)
        ("LSTM", {}, 128),
        ("LSTM", {"use_bias": False}, 112),
        ("GRU", {}, 108),
        ("GRU", {"reset_after": False}, 96),
        ("GRU", {"use_bias": False}, 84),
        ("SimpleRNN", {}, 32),
        ("LSTM", {"dropout": 0.2, "recurrent_dropout": 0.1}, 128),
    ],
)
def test_weights_are_counted_as_keras_counts_them(
    era: Era, name: str, keywords: Any, expected: int
) -> None:
    assert parameters(make(name, 4, era=era, **keywords), None, 5, 3) == (expected, expected)


def test_gru_of_keras_1_has_one_bias() -> None:
    # Keras 1.2.2: 3 * (4 * (3 + 4) + 4)
    assert parameters(make("GRU", 4, era=Era.KERAS_1), None, 5, 3) == (96, 96)


@pytest.mark.parametrize(("name", "expected"), [("CuDNNLSTM", 144), ("CuDNNGRU", 108)])
def test_the_cudnn_layers_have_a_second_bias(name: str, expected: int) -> None:
    layer = make(name, 4, era=Era.KERAS_2)
    assert parameters(layer, None, 5, 3) == (expected, expected)


def test_symbols_go_through_to_shape_and_weights() -> None:
    layer = make("LSTM", units, return_sequences=True)
    assert str(output(layer, None, 5, 3)) == "(None, 5, units)"
    kernel = next(iter(layer.call_weights(Shape.of(None, 5, 3))))
    assert [str(size) for size in kernel.dims] == ["3", "4*units"]


@pytest.mark.parametrize("era", ERAS)
def test_states_of_stacked_cells_are_nested_as_the_cells_are(era: Era) -> None:
    cells = [make("LSTMCell", 4, era=era), make("GRUCell", 6, era=era)]
    layer = make("RNN", cells, return_sequences=True, return_state=True, era=era)
    assert plain(layer.call(Shape.of(None, 5, 3))) == [
        (None, 5, 6),
        [(None, 4), (None, 4)],
        (None, 6),
    ]
    assert parameters(layer, None, 5, 3) == (344, 344)


def test_a_cell_that_stands_twice_in_a_stack_has_its_weights_once() -> None:
    cell = make("GRUCell", 3)
    # One GRUCell(3) on 3 features: 3*3*3 + 3*3*3 + 2*3*3
    assert parameters(make("RNN", [cell, cell]), None, 5, 3) == (72, 72)


def test_an_unknown_return_state_leaves_the_result_unknown_but_not_the_checks() -> None:
    layer = make("LSTM", 4, return_state=UNKNOWN)
    with pytest.raises(NotKnown, match="read from a file"):
        output(layer, None, 5, 3)
    with pytest.raises(ShapeConflict, match="rank 3"):
        output(layer, None, 3)


def test_a_cell_of_the_program_is_not_known() -> None:
    with pytest.raises(NotKnown, match="read from a file"):
        output(make("RNN", UNKNOWN), None, 5, 3)


@pytest.mark.parametrize("keywords", [{}, {"return_sequences": True}])
def test_an_input_of_unknown_rank_is_taken_to_have_three_axes(keywords: Any) -> None:
    got = str(make("GRU", 4, **keywords).call(UNKNOWN))
    assert got == ("(?, ?, 4)" if keywords else "(?, 4)")


@pytest.mark.parametrize(
    "states",
    [
        [Shape.of(None, 4)],
        [Shape.of(None, 4), Shape.of(None, 5)],
        Shape.of(None, 4),
        [Shape.of(None, 4, 1), Shape.of(None, 4)],
    ],
)
def test_initial_states_are_compared_by_keras_2_alone(states: Any) -> None:
    sequence = Shape.of(None, 5, 3)
    assert str(make("LSTM", 4, era=Era.KERAS_3).call(sequence, states)) == "(None, 4)"
    with pytest.raises(ShapeConflict, match=r"\(None, 4\), \(None, 4\)"):
        make("LSTM", 4, era=Era.KERAS_2).call(sequence, initial_state=states)


def test_states_may_stand_behind_the_sequence_in_keras_2() -> None:
    inputs = [Shape.of(None, 5, 3), Shape.of(2, 4), Shape.of(2, 4)]
    assert str(make("LSTM", 4, era=Era.KERAS_2).call(inputs)) == "(2, 4)"
    with pytest.raises(ShapeConflict, match="initial_state"):
        make("LSTM", 4, era=Era.KERAS_3).call(inputs)


def test_unrolling_needs_the_number_of_steps_in_keras_2_alone() -> None:
    assert str(output(make("GRU", 4, unroll=True, era=Era.KERAS_3), None, None, 3)) == "(None, 4)"
    with pytest.raises(ShapeConflict, match="number of steps"):
        output(make("GRU", 4, unroll=True, era=Era.KERAS_2), None, None, 3)


def test_with_time_major_the_steps_come_first() -> None:
    layer = make(
        "LSTM", 4, time_major=True, return_sequences=True, return_state=True, era=Era.KERAS_2
    )
    assert plain(layer.call(Shape.of(5, None, 3))) == [(5, None, 4), (None, 4), (None, 4)]


@pytest.mark.parametrize("era", ERAS)
def test_a_stateful_layer_needs_its_batch_size(era: Era) -> None:
    layer = make("GRU", 4, stateful=True, era=era)
    assert str(output(layer, 2, 5, 3)) == "(2, 4)"
    with pytest.raises(ShapeConflict, match="batch size"):
        output(layer, None, 5, 3)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("count", [0, -1, 2.5, "4", None])
def test_units_must_be_a_positive_integer(era: Era, count: Any) -> None:
    with pytest.raises(ShapeConflict, match="a positive integer"):
        make("LSTM", count, era=era)


@pytest.mark.parametrize("era", ERAS)
def test_a_cell_called_by_hand_returns_its_states(era: Era) -> None:
    state = Shape.of(None, 4)
    step = Shape.of(None, 3)
    one = (None, 4)
    assert plain(make("LSTMCell", 4, era=era).call(step, [state, state])) == [one, [one, one]]
    assert plain(make("GRUCell", 4, era=era).call(step, [state])) == [one, [one]]
    assert plain(make("GRUCell", 4, era=era).call(step, state)) == [one, one]
    with pytest.raises(ShapeConflict, match=r"\(None, 4\)"):
        make("GRUCell", 4, era=era).call(step, [Shape.of(None, 5)])


@pytest.mark.parametrize("era", ERAS)
def test_a_layer_is_no_cell(era: Era) -> None:
    with pytest.raises(ShapeConflict, match="a cell"):
        make("RNN", make("LSTM", 4, era=era), era=era)


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        ({}, (None, 6, 6, 4)),
        ({"return_sequences": True}, (None, 5, 6, 6, 4)),
        ({"padding": "same", "strides": 2}, (None, 4, 4, 4)),
        ({"dilation_rate": 2}, (None, 4, 4, 4)),
    ],
)
@pytest.mark.parametrize("era", ERAS)
def test_conv_lstm_convolves_every_step(era: Era, keywords: Any, expected: Any) -> None:
    layer = make("ConvLSTM2D", 4, 3, era=era, **keywords)
    assert plain(layer.call(Shape.of(None, 5, 8, 8, 3))) == expected
    # count_params() of keras 3.15 and tf_keras 2.21
    assert parameters(layer, None, 5, 8, 8, 3) == (1024, 1024)


def test_conv_lstm_with_open_space_is_refused_by_keras_3_alone() -> None:
    layer = make("ConvLSTM2D", 4, 3, era=Era.KERAS_2)
    assert str(output(layer, None, 5, None, 8, 3)) == "(None, None, 6, 4)"
    with pytest.raises(ShapeConflict, match="sizes of space"):
        output(make("ConvLSTM2D", 4, 3, era=Era.KERAS_3), None, 5, None, 8, 3)


def test_whole_numbers_are_refused_by_keras_2_alone() -> None:
    make("LSTM", 4, era=Era.KERAS_3).require_dtypes(["int32"])
    make("LSTM", 4, era=Era.KERAS_2).require_dtypes(["float64", None])
    inner = make("LSTM", 4, era=Era.KERAS_2)
    for layer in (inner, make("Bidirectional", inner, era=Era.KERAS_2)):
        with pytest.raises(ShapeConflict, match="int32"):
            layer.require_dtypes(["int32"])


def test_a_dilated_window_loses_sight_of_open_space_in_keras_2() -> None:
    layer = make("ConvLSTM2D", 4, 3, dilation_rate=2, era=Era.KERAS_2)
    assert str(output(layer, None, 5, None, 8, 3)) == "(None, None, None, 4)"

"""Pooling of all kinds beyond the examples in the docstrings."""

from __future__ import annotations

from typing import Any

import pytest

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.shapes import Shape, symbol
from tests.catalogue.layers.making import ERAS, make, output, parameters

UNKNOWN = UnknownArgument("read from a file")
h = symbol("h")


@pytest.mark.parametrize("era", ERAS)
def test_the_strides_are_the_window_unless_they_are_given(era: Era) -> None:
    assert output(make("MaxPooling2D", (2, 3), era=era), None, 12, 12, 1) == "(None, 6, 4, 1)"
    assert output(make("MaxPooling2D", 3, 1, era=era), None, 12, 12, 1) == "(None, 10, 10, 1)"


@pytest.mark.parametrize("era", ERAS)
def test_pooling_has_no_weights(era: Era) -> None:
    assert parameters(make("AveragePooling2D", 2, era=era), None, 8, 8, 3) == (0, 0)


def test_pooling_again_and_again_divides_a_named_size_once() -> None:
    shape: Any = Shape.of(None, h, 8)
    for _ in range(4):
        shape = make("MaxPooling1D").call(shape)
    assert str(shape) == "(None, h//16, 8)"


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        ({"pool_size": UNKNOWN}, "(None, ?, ?, 3)"),
        ({"strides": UNKNOWN}, "(None, ?, ?, 3)"),
        # 9 halves to 4 or 5, 32 to 16 either way.
        ({"padding": UNKNOWN}, "(None, ?, 16, 3)"),
    ],
)
def test_unknown_arguments_cost_only_what_depends_on_them(keywords: Any, expected: str) -> None:
    assert output(make("MaxPooling2D", **keywords), None, 9, 32, 3) == expected


@pytest.mark.parametrize("word", ["SAME", "Valid"])
def test_keras_3_compares_the_padding_of_pooling_letter_by_letter(word: str) -> None:
    assert output(make("MaxPooling1D", padding=word, era=Era.KERAS_2), None, 4, 1)
    with pytest.raises(ShapeConflict, match="'valid' or 'same'"):
        make("MaxPooling1D", padding=word, era=Era.KERAS_3)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("floats", [(2.0, 2.0), [2.0, 2]])
def test_both_eras_take_floats_in_a_tuple(era: Era, floats: Any) -> None:
    assert output(make("MaxPooling2D", floats, era=era), None, 5, 5, 3) == "(None, 2, 2, 3)"
    with pytest.raises(ShapeConflict, match="tuple of 2"):
        make("MaxPooling2D", 2.0, era=era)


def test_keras_2_counts_the_channels_where_it_looks_for_the_maximum() -> None:
    for era in ERAS:
        assert output(make("AveragePooling2D", 2, era=era), None, 5, 5, 0) == "(None, 2, 2, 0)"
    assert output(make("MaxPooling2D", 2), None, 5, 5, 0) == "(None, 2, 2, 0)"
    with pytest.raises(ShapeConflict, match="channel"):
        output(make("MaxPooling2D", 2, era=Era.KERAS_2), None, 5, 5, 0)


def test_a_window_that_does_not_fit_says_what_would() -> None:
    with pytest.raises(ShapeConflict) as caught:
        output(make("MaxPooling2D"), None, 1, 8, 64)
    assert "axis 1 (height) of (None, 1, 8, 64) has size 1" in caught.value.message
    assert "2 or more" in caught.value.message
    assert "Computed output size would be zero or negative" in caught.value.keras


def test_global_pooling_whose_rank_is_not_known_is_not_known() -> None:
    with pytest.raises(NotKnown):
        output(make("GlobalAveragePooling2D", keepdims=UNKNOWN), None, 7, 7, 3)


@pytest.mark.parametrize("name", ["GlobalMaxPooling1D", "GlobalAveragePooling1D", "MaxPooling1D"])
def test_keras_2_takes_steps_first_whatever_is_configured(name: str) -> None:
    first = {"image_data_format": "channels_first"}
    old = output(make(name, era=Era.KERAS_2, **first), None, 8, 6)
    new = output(make(name, era=Era.KERAS_3, **first), None, 8, 6)
    assert (old, new) in {("(None, 6)", "(None, 8)"), ("(None, 4, 6)", "(None, 8, 3)")}


def test_adaptive_pooling_does_not_look_at_the_rank() -> None:
    # Keras 3.15 gives these shapes.
    assert output(make("AdaptiveMaxPooling1D", 4), None, 9) == "(None, 4, 9)"
    assert output(make("AdaptiveMaxPooling2D", 4), None, 9, 2) == "(None, 4, 4, 2)"
    assert output(make("AdaptiveMaxPooling2D", (None, 2)), None, 9, 9, 2) == "(None, None, 2, 2)"

"""Attention layers: weights, scores, masks, and what Keras 3 does not compare."""

from __future__ import annotations

from typing import Any

import pytest

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import LayerSpec
from flatlint.shapes import Shape, product, symbol
from tests.catalogue.layers.making import ERAS, make
from tests.catalogue.reading_examples import plain


def count(layer: LayerSpec, *inputs: Any) -> Any:
    return sum(product(weight.dims) for weight in layer.call_weights(*inputs))  # type: ignore[misc]


def heads(era: Era, **keywords: Any) -> LayerSpec:
    return make("MultiHeadAttention", 2, 4, era=era, **keywords)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        # count_params() of keras 3.15 and tf_keras 2.21 on (None, 4, 8) and (None, 6, 8)
        ({}, 288),
        ({"use_bias": False}, 256),
        ({"value_dim": 3}, 254),
        ({"output_shape": 5}, 261),
        ({"output_shape": (2, 3)}, 270),
    ],
)
def test_projections_are_counted_as_keras_counts_them(
    era: Era, keywords: Any, expected: int
) -> None:
    query, value = Shape.of(None, 4, 8), Shape.of(None, 6, 8)
    assert count(heads(era, **keywords), query, value) == expected


@pytest.mark.parametrize(
    ("era", "scores"), [(Era.KERAS_2, (None, 2, 4, 6)), (Era.KERAS_3, (None, 2, 4, 4))]
)
def test_keras_3_reports_as_many_keys_as_queries(era: Era, scores: Any) -> None:
    query, value = Shape.of(None, 4, 8), Shape.of(None, 6, 8)
    got = heads(era).call(query, value, return_attention_scores=True)
    assert plain(got) == [(None, 4, 8), scores]


@pytest.mark.parametrize("era", ERAS)
def test_symbols_go_through_attention(era: Era) -> None:
    words = symbol("words")
    query, value = Shape.of(None, words, 8), Shape.of(None, 2 * words, 8)
    assert str(heads(era).call(query, value)) == "(None, words, 8)"
    attended = make("Attention", era=era).call([query, value], return_attention_scores=True)
    assert [str(shape) for shape in attended] == ["(None, words, 8)", "(None, words, 2*words)"]


@pytest.mark.parametrize("era", ERAS)
def test_there_must_be_a_key_for_each_value(era: Era) -> None:
    with pytest.raises(ShapeConflict, match="a key for each value"):
        heads(era).call(Shape.of(None, 4, 8), Shape.of(None, 6, 8), Shape.of(None, 5, 8))


@pytest.mark.parametrize("era", ERAS)
def test_multi_head_attention_takes_its_tensors_one_by_one(era: Era) -> None:
    pair = [Shape.of(None, 4, 8), Shape.of(None, 6, 8)]
    with pytest.raises(ShapeConflict, match="a query and a value"):
        heads(era).call(pair)
    with pytest.raises(ShapeConflict, match="mask"):
        heads(era).call(*pair, mask=Shape.of(None, 6))


def test_keras_2_attends_over_the_axes_that_it_is_given() -> None:
    query, value = Shape.of(None, 3, 4, 8), Shape.of(None, 3, 6, 8)
    layer = heads(Era.KERAS_2, attention_axes=2)
    scores = plain(layer.call(query, value, return_attention_scores=True))[1]
    assert scores == (None, 3, 2, 4, 6)
    with pytest.raises(ShapeConflict, match="axis 1"):
        layer.call(query, Shape.of(None, 5, 6, 8))


def test_a_mask_that_does_not_fit_is_refused_by_keras_2() -> None:
    query, value, mask = Shape.of(None, 4, 8), Shape.of(None, 6, 8), Shape.of(None, 5, 6)
    with pytest.raises(ShapeConflict, match="a mask of shape"):
        heads(Era.KERAS_2).call(query, value, attention_mask=mask)
    assert str(heads(Era.KERAS_3).call(query, value, attention_mask=mask)) == "(None, 4, 8)"


def test_heads_of_queries_share_those_of_keys() -> None:
    layer = make("GroupedQueryAttention", 4, 6, 3)
    query, value = Shape.of(None, 4, 8), Shape.of(None, 5, 8)
    # count_params() of keras 3.15
    assert count(layer, query, value) == 632
    got = layer.call(query, value, return_attention_scores=True)
    assert plain(got) == [(None, 4, 8), (None, 6, 4, 5)]


@pytest.mark.parametrize(
    ("name", "keywords", "expected"),
    [
        ("Attention", {}, 0),
        ("Attention", {"use_scale": True, "score_mode": "concat"}, 2),
        ("AdditiveAttention", {}, 8),
        ("AdditiveAttention", {"use_scale": False}, 0),
    ],
)
@pytest.mark.parametrize("era", ERAS)
def test_scales_are_the_only_weights(era: Era, name: str, keywords: Any, expected: int) -> None:
    layer = make(name, era=era, **keywords)
    assert count(layer, [Shape.of(None, 4, 8), Shape.of(None, 6, 8)]) == expected


@pytest.mark.parametrize("name", ["Attention", "AdditiveAttention"])
def test_widths_of_query_and_key_are_compared_by_keras_2_alone(name: str) -> None:
    shapes = [Shape.of(None, 4, 16), Shape.of(None, 6, 8)]
    assert plain(make(name, era=Era.KERAS_3).call(shapes)) == (None, 4, 8)
    with pytest.raises(ShapeConflict):
        make(name, era=Era.KERAS_2).call(shapes)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("inputs", [Shape.of(None, 4, 8), [Shape.of(None, 4, 8)]])
def test_attention_takes_a_list_of_two_or_three(era: Era, inputs: Any) -> None:
    with pytest.raises(ShapeConflict, match="a list"):
        make("Attention", era=era).call(inputs)

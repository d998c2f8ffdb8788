"""Merging layers: broadcasting, what is not known, and how a refusal is worded."""

from __future__ import annotations

from typing import Any

import pytest

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.shapes import UNFIXED, Shape, symbol
from tests.catalogue.layers.making import ERAS, make

UNKNOWN = UnknownArgument("read from a file")
h = symbol("h")


def merged(layer: Any, *shapes: Any) -> str:
    return str(layer.call([shape if shape is UNKNOWN else Shape.of(*shape) for shape in shapes]))


@pytest.mark.parametrize("name", ["Add", "Multiply", "Average", "Maximum", "Minimum", "Subtract"])
@pytest.mark.parametrize("era", ERAS)
def test_elementwise_layers_align_lower_ranks_behind_the_batch_axis(name: str, era: Era) -> None:
    assert merged(make(name, era=era), (None, 4, 3), (None, 3)) == "(None, 4, 3)"


@pytest.mark.parametrize(
    ("era", "expected"), [(Era.KERAS_2, "(None, 6)"), (Era.KERAS_3, "(None, None)")]
)
def test_an_open_axis_beside_a_number_is_the_number_in_keras_2_alone(
    era: Era, expected: str
) -> None:
    assert merged(make("Add", era=era), (None, None), (None, 6)) == expected


@pytest.mark.parametrize(
    ("era", "expected"), [(Era.KERAS_2, "(5, 12)"), (Era.KERAS_3, "(None, 12)")]
)
def test_concatenate_takes_other_axes_from_the_first_input_in_keras_3(
    era: Era, expected: str
) -> None:
    assert merged(make("Concatenate", era=era), (None, 6), (5, 6)) == expected


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("shapes", "expected"),
    [
        (((None, h, 8), (None, h, 8)), "(None, h, 8)"),
        (((None, h, 8), (None, 16, 8)), "(None, 16, 8)"),
        (((None, h, 8), (None, h + 1, 8)), "(None, ?, 8)"),
        (((None, UNFIXED, 8), (None, 1, 8)), "(None, ?, 8)"),
        (((None, UNFIXED), (None, UNFIXED)), "(None, ?)"),
    ],
)
def test_sizes_that_are_not_fixed_are_never_refused(era: Era, shapes: Any, expected: str) -> None:
    assert merged(make("Add", era=era), *shapes) == expected


@pytest.mark.parametrize("era", ERAS)
def test_symbols_are_added_up_along_the_axis_of_concatenation(era: Era) -> None:
    layer = make("Concatenate", era=era)
    assert merged(layer, (None, h), (None, 2 * h), (None, 1)) == "(None, 3*h + 1)"


@pytest.mark.parametrize("era", ERAS)
def test_inputs_that_do_not_fit_are_refused_even_beside_an_unknown_one(era: Era) -> None:
    with pytest.raises(ShapeConflict):
        merged(make("Add", era=era), (None, 3), UNKNOWN, (None, 4))
    with pytest.raises(NotKnown, match="read from a file"):
        merged(make("Add", era=era), (None, 3), UNKNOWN, (None, 3))


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("name", "sizes", "words"),
    [
        # 100 halved four times and doubled again: 50, 25, 12, 6, and back 12, 24
        ("Add", ((None, 25, 25, 64), (None, 24, 24, 64)), "not a multiple of 2"),
        ("Concatenate", ((None, 25, 24, 64), (None, 24, 24, 64)), "not a multiple of 2"),
        ("Add", ((None, 10, 8), (None, 8, 8)), "not a multiple of 4"),
        ("Add", ((None, 8, 64), (None, 8, 32)), "axis -1 is 64 and 32"),
    ],
)
def test_a_skip_connection_that_does_not_meet_says_what_would(
    era: Era, name: str, sizes: Any, words: str
) -> None:
    with pytest.raises(ShapeConflict, match=words):
        merged(make(name, era=era), *sizes)


@pytest.mark.parametrize("era", ERAS)
def test_sizes_far_apart_call_for_no_multiple(era: Era) -> None:
    with pytest.raises(ShapeConflict) as caught:
        merged(make("Add", era=era), (None, 64), (None, 32))
    assert "multiple" not in caught.value.message


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("axes", "shapes", "expected"),
    [
        ((1, 2), ((None, 6, 4, 5), (None, 2, 6)), "(None, 4, 5, 2)"),
        (-1, ((None, 4, 8), (None, 6, 8)), "(None, 4, 6)"),
        (-1, ((None, h), (None, 8)), "(None, 1)"),
        ([2, 1], ((3, 6, 6), (None, 6)), "(3, 6)"),
    ],
)
def test_dot_keeps_the_axes_that_it_does_not_sum_over(
    era: Era, axes: Any, shapes: Any, expected: str
) -> None:
    assert merged(make("Dot", axes, era=era), *shapes) == expected


def test_dot_over_the_batch_axis_is_refused_by_keras_2_and_reported_by_keras_3() -> None:
    shapes = ((None, 8), (None, 8))
    assert merged(make("Dot", 0, era=Era.KERAS_3), *shapes) == "(8, 1)"
    with pytest.raises(ShapeConflict, match="batch"):
        merged(make("Dot", 0, era=Era.KERAS_2), *shapes)


@pytest.mark.parametrize("name", ["Concatenate", "Dot"])
def test_an_unknown_axis_leaves_the_result_unknown(name: str) -> None:
    with pytest.raises(NotKnown, match="read from a file"):
        merged(make(name, UNKNOWN), (None, 6), (None, 6))


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("inputs", [Shape.of(None, 3), [], {"a": Shape.of(None, 3)}])
def test_a_merging_layer_takes_a_list(era: Era, inputs: Any) -> None:
    with pytest.raises(ShapeConflict, match="list"):
        make("Add", era=era).call(inputs)
    with pytest.raises(ShapeConflict, match="one list"):
        make("Add", era=era).call(Shape.of(None, 3), Shape.of(None, 3))


def test_tensors_of_different_dtypes_are_merged_by_keras_3_alone() -> None:
    make("Add", era=Era.KERAS_3).require_dtypes(["float32", "int32"])
    make("Add", era=Era.KERAS_2).require_dtypes(["float32", None, "float64"])
    with pytest.raises(ShapeConflict, match="int32"):
        make("Add", era=Era.KERAS_2).require_dtypes(["float32", "int32"])

"""Flatten, Reshape, Permute, RepeatVector, Cropping, ZeroPadding, UpSampling."""

from __future__ import annotations

from typing import Any

import pytest

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.shapes import UNFIXED, symbol
from tests.catalogue.layers.making import ERAS, make, output

UNKNOWN = UnknownArgument("read from a file")
h, w = symbol("h"), symbol("w")


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((None, h, w, 3), "(None, 3*h*w)"),
        ((None, h, None, 3), "(None, None)"),
        ((None, h, UNFIXED), "(None, ?)"),
        ((None, None, 0), "(None, None)"),
        ((5,), "(5, 1)"),
    ],
)
def test_flatten_multiplies_all_but_the_batch(sizes: Any, expected: str) -> None:
    assert output(make("Flatten"), *sizes) == expected


def test_of_an_unknown_tensor_flatten_and_reshape_give_the_rank_that_they_always_give() -> None:
    assert str(make("Flatten").call(UNKNOWN)) == "(?, ?)"
    assert str(make("Reshape", target_shape=(4, -1)).call(UNKNOWN)) == "(?, 4, ?)"


@pytest.mark.parametrize(
    ("target", "sizes", "expected"),
    [
        ((-1, 3), (None, h, w, 3), "(None, h*w, 3)"),
        ((h * w, 3), (None, h, w, 3), "(None, h*w, 3)"),
        ((h, -1), (None, 2 * h), "(None, h, 2)"),
        ((UNKNOWN, 3), (None, 12), "(None, ?, 3)"),
        ((-1, UNKNOWN), (None, 12), "(None, ?, ?)"),
        ((-1, 4), (None, UNFIXED), "(None, ?, 4)"),
        ([], (None, 1), "(None,)"),
    ],
)
def test_reshape_works_out_what_it_can(target: Any, sizes: Any, expected: str) -> None:
    assert output(make("Reshape", target), *sizes) == expected


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("target", "words"),
    [
        ((28, 28, 1), ["785 values", "784 values"]),
        ((5, 100), ["500 values", "(5, 157) would fit"]),
        ((3, -1), ["multiple of 3"]),
        ((0, -1), ["-1 beside a 0"]),
    ],
)
def test_a_reshape_that_does_not_fit_says_what_would(
    era: Era, target: Any, words: list[str]
) -> None:
    with pytest.raises(ShapeConflict) as caught:
        output(make("Reshape", target, era=era), None, 785)
    for word in words:
        assert word in caught.value.message
    assert "must be unchanged" in caught.value.keras


def test_a_reshape_of_named_sizes_is_refused_only_where_no_size_would_do() -> None:
    assert output(make("Reshape", (7, 7)), None, h) == "(None, 7, 7)"
    with pytest.raises(ShapeConflict):
        output(make("Reshape", (2 * h + 1,)), None, 2 * h)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ((3, 4.0), "(None, 3, None)"),
        ((None, -1), "(None, None, None)"),
        ("12", "(None, None, None)"),
    ],
)
def test_keras_3_leaves_open_what_is_no_integer(target: Any, expected: str) -> None:
    assert output(make("Reshape", target), None, 12) == expected
    with pytest.raises(ShapeConflict):
        make("Reshape", target, era=Era.KERAS_2)


def test_any_negative_number_is_to_be_worked_out_in_keras_2() -> None:
    assert output(make("Reshape", (-2, 4), era=Era.KERAS_2), None, 12) == "(None, 3, 4)"
    with pytest.raises(ShapeConflict, match="-2"):
        output(make("Reshape", (-2, 4), era=Era.KERAS_2), None, None)
    with pytest.raises(ShapeConflict, match="-1 or more"):
        make("Reshape", (-2, 4), era=Era.KERAS_3)


def test_keras_2_divides_by_the_known_axes_where_one_is_open_in_a_fixed_batch() -> None:
    layer = make("Reshape", (4, 4), era=Era.KERAS_2)
    with pytest.raises(ShapeConflict, match="multiple of 3"):
        output(layer, 5, 3, None)
    assert output(layer, 5, 2, None) == "(5, 4, 4)"
    assert output(layer, None, 3, None) == "(None, 4, 4)"
    assert output(make("Reshape", (4, 4)), 5, 3, None) == "(5, 4, 4)"


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("dims", [(1, 1), (0, 1), (1, 3), (2.0, 1.0), "21", 2, None])
def test_permute_needs_every_axis_once(era: Era, dims: Any) -> None:
    with pytest.raises(ShapeConflict):
        make("Permute", dims, era=era)


def test_permute_keeps_names() -> None:
    assert output(make("Permute", [3, 1, 2]), None, h, w, 3) == "(None, 3, h, w)"


def test_repeat_vector_of_keras_2_takes_odd_numbers() -> None:
    assert output(make("RepeatVector", -1, era=Era.KERAS_2), None, 4) == "(None, None, 4)"
    assert output(make("RepeatVector", True, era=Era.KERAS_2), None, 4) == "(None, 1, 4)"
    with pytest.raises(ShapeConflict, match="negative"):
        output(make("RepeatVector", -2, era=Era.KERAS_2), None, 4)
    with pytest.raises(ShapeConflict, match="positive"):
        make("RepeatVector", True)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("cropping", "expected"),
    [
        (1, "(None, 5, h - 2, 3)"),
        ((1, 2), "(None, 5, h - 4, 3)"),
        (((1, 2), [0, 1]), "(None, 4, h - 1, 3)"),
        (((1, UNKNOWN), 2), "(None, ?, h - 4, 3)"),
        (UNKNOWN, "(None, ?, ?, 3)"),
    ],
)
def test_cropping_takes_a_number_a_pair_or_pairs(era: Era, cropping: Any, expected: str) -> None:
    assert output(make("Cropping2D", cropping, era=era), None, 7, h, 3) == expected


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("margins", [(1, 2, 3), ((1, 2, 3), 1), 1.0, None, "12", (-1, 1), ()])
@pytest.mark.parametrize("name", ["Cropping2D", "ZeroPadding2D"])
def test_margins_of_any_other_form_are_refused(era: Era, margins: Any, name: str) -> None:
    with pytest.raises(ShapeConflict):
        make(name, margins, era=era)


@pytest.mark.parametrize(
    ("cropping", "expected"),
    [
        (4, "(None, 0, 0, 0, 2)"),
        (((0, 9), 0, (9, 0)), "(None, 0, 8, 0, 2)"),
        (-1, "(None, 0, 0, 0, 2)"),
    ],
)
def test_cropping3d_of_keras_2_slices_whatever_is_left(cropping: Any, expected: str) -> None:
    assert output(make("Cropping3D", cropping, era=Era.KERAS_2), None, 8, 8, 8, 2) == expected
    with pytest.raises(ShapeConflict):
        output(make("Cropping3D", cropping), None, 8, 8, 8, 2)


@pytest.mark.parametrize("name", ["Cropping1D", "ZeroPadding1D"])
def test_margins_of_floats_fail_once_a_size_comes_of_them(name: str) -> None:
    assert output(make(name, (1.0, 1.0)), None, None, 3) == "(None, None, 3)"
    with pytest.raises(ShapeConflict, match="integers"):
        output(make(name, (1.0, 1.0)), None, 5, 3)
    with pytest.raises(ShapeConflict, match="integers"):
        output(make(name, (1.0, 1.0), era=Era.KERAS_2), None, None, 3)


def test_negative_padding_cuts_in_keras_3_until_nothing_is_left() -> None:
    assert output(make("ZeroPadding2D", -2), None, 4, 5, 3) == "(None, 0, 1, 3)"
    with pytest.raises(ShapeConflict, match="than there is"):
        output(make("ZeroPadding2D", -3), None, 5, 5, 3)


def test_up_sampling_multiplies_named_sizes() -> None:
    assert output(make("UpSampling2D", (2, UNKNOWN)), None, h, w, 3) == "(None, 2*h, ?, 3)"
    assert output(make("UpSampling2D", 2), None, h // 2, 8, 3) == "(None, 2*(h//2), 16, 3)"


def test_up_sampling_rounds_or_refuses_floats() -> None:
    assert output(make("UpSampling2D", (2.5, 2.5), era=Era.KERAS_2), None, 5, 6, 3) == (
        "(None, 10, 12, 3)"
    )
    with pytest.raises(ShapeConflict, match="integers"):
        output(make("UpSampling2D", (2.0, 2.0)), None, 5, 6, 3)
    assert output(make("UpSampling1D", "3", era=Era.KERAS_2), None, 10, 3) == "(None, 30, 3)"


def test_only_keras_2_looks_at_the_interpolation_in_time() -> None:
    assert make("UpSampling2D", 2, interpolation="banana")
    with pytest.raises(ShapeConflict, match="bilinear"):
        make("UpSampling2D", 2, interpolation="banana", era=Era.KERAS_2)
    assert make("UpSampling2D", 2, interpolation="BILINEAR", era=Era.KERAS_2)


def test_up_sampling_of_keras_2_needs_positions_to_repeat() -> None:
    assert output(make("UpSampling1D", 2), None, 0, 3) == "(None, 0, 3)"
    with pytest.raises(ShapeConflict, match="positive"):
        output(make("UpSampling1D", 2, era=Era.KERAS_2), None, 0, 3)
    assert output(make("UpSampling1D", 0, era=Era.KERAS_2), None, None, 3) == "(None, None, 3)"

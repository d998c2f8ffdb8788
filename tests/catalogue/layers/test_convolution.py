"""Conv1D, Conv2D, Conv3D: sizes, weights and refusals beyond the examples in their docstrings."""

from __future__ import annotations

from typing import Any

import pytest

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.shapes import UNFIXED, Shape, symbol
from tests.catalogue.layers.making import ERAS, make, output, parameters

UNKNOWN = UnknownArgument("read from a file")
h, w = symbol("h"), symbol("w")


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("arguments", "keywords", "sizes", "expected"),
    [
        # count_params() of keras 3.15 and tf_keras 2.21
        ((2, 3), {}, (None, 5, 5, 3), 56),
        ((2, 3), {"groups": 2}, (None, 5, 5, 4), 38),
        ((2, [3, 2]), {}, (None, 5, 5, 3), 38),
        ((2, 3), {"use_bias": False, "data_format": "channels_first"}, (None, 3, 5, 5), 54),
        ((4, 3), {"padding": "same", "strides": 2}, (None, None, None, 7), 256),
    ],
)
def test_weights_are_counted_as_keras_counts_them(
    era: Era, arguments: Any, keywords: Any, sizes: Any, expected: int
) -> None:
    layer = make("Conv2D", *arguments, era=era, **keywords)
    assert parameters(layer, *sizes) == (expected, expected)


def test_a_kernel_under_low_rank_adaptation_does_not_train() -> None:
    # Keras 3.15: 174 parameters, 66 of them trainable
    assert parameters(make("Conv2D", 4, 3, lora_rank=2), None, 5, 5, 3) == (174, 66)
    assert parameters(make("Conv2D", 4, 3, lora_rank=0), None, 5, 5, 3) == (112, 112)


def test_low_rank_adaptation_and_a_constraint_exclude_each_other() -> None:
    layer = make("Conv2D", 4, 3, lora_rank=2, kernel_constraint="non_neg")
    with pytest.raises(ShapeConflict, match="kernel_constraint"):
        parameters(layer, None, 5, 5, 3)


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        ({"padding": "same"}, "(None, h, w, 8)"),
        ({"padding": "same", "strides": 2}, "(None, (h + 1)//2, (w + 1)//2, 8)"),
        ({}, "(None, h - 2, w - 2, 8)"),
        ({"strides": (1, 2)}, "(None, h - 2, (w - 1)//2, 8)"),
        ({"padding": UNKNOWN}, "(None, ?, ?, 8)"),
        ({"strides": UNKNOWN}, "(None, ?, ?, 8)"),
        ({"use_bias": UNKNOWN, "groups": UNKNOWN}, "(None, h - 2, w - 2, 8)"),
    ],
)
def test_named_sizes_stay_readable_and_unknown_arguments_cost_only_what_depends_on_them(
    keywords: Any, expected: str
) -> None:
    assert output(make("Conv2D", 8, 3, **keywords), None, h, w, 3) == expected


def test_a_window_of_one_makes_the_padding_irrelevant() -> None:
    assert output(make("Conv2D", 8, 1, padding=UNKNOWN), None, h, 32, 3) == "(None, h, 32, 8)"


def test_an_unknown_data_format_makes_the_output_unknown() -> None:
    with pytest.raises(NotKnown, match="file"):
        output(make("Conv2D", 8, 3, data_format=UNKNOWN), None, 9, 9, 3)


def test_an_input_of_unknown_rank_is_taken_for_an_image() -> None:
    assert str(make("Conv2D", 8, 3).call(UNKNOWN)) == "(?, ?, ?, 8)"


@pytest.mark.parametrize("channels", [UNFIXED, symbol("c")])
def test_channels_that_are_not_fixed_are_never_refused(channels: Any) -> None:
    assert output(make("Conv2D", 8, 3, groups=4), None, 9, 9, channels) == "(None, 7, 7, 8)"


def test_keras_2_takes_the_steps_of_conv1d_first_whatever_is_configured() -> None:
    first = {"image_data_format": "channels_first"}
    assert output(make("Conv1D", 4, 3, era=Era.KERAS_2, **first), None, 9, 7) == "(None, 7, 4)"
    assert output(make("Conv1D", 4, 3, era=Era.KERAS_3, **first), None, 9, 7) == "(None, 4, 5)"


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((None, 2, 5, 6, 3), "(None, 2, 1, 2, 4)"),
        ((None, None, 6, 3), "(None, None, 2, 4)"),
        # The other axis is open: TensorFlow does not look, and Keras accepts 0.
        ((None, None, 4, 3), "(None, None, 0, 4)"),
    ],
)
def test_keras_2_looks_less_closely_at_dilated_windows(sizes: Any, expected: str) -> None:
    assert output(make("Conv2D", 4, 3, dilation_rate=2, era=Era.KERAS_2), *sizes) == expected


@pytest.mark.parametrize(
    ("arguments", "keywords", "eras", "words"),
    [
        ((0, 3), {}, ERAS, "positive integer"),
        ((None, 3), {}, ERAS, "positive integer"),
        ((2.0, 3), {}, (Era.KERAS_3,), "positive integer"),
        (("2", 3), {}, ERAS, "positive integer"),
        ((True, 3), {}, (Era.KERAS_2,), "positive integer"),
        ((2, 3.0), {}, ERAS, "tuple of 2 integers"),
        ((2, (3.0, 3.0)), {}, ERAS, "tuple of 2 integers"),
        ((2, (3,)), {}, ERAS, "tuple of 2 integers"),
        ((2, (3, -1)), {}, ERAS, "1 or more"),
        ((2, 3), {"strides": 0}, ERAS, "1 or more"),
        ((2, 3), {"padding": "causal"}, ERAS, "'valid', 'same'"),
        ((2, 3), {"padding": None}, ERAS, "'valid', 'same'"),
        ((2, 3), {"strides": 2, "dilation_rate": 2}, ERAS, "both be above 1"),
        ((3, 3), {"groups": 2}, ERAS, "multiple of 2"),
        ((2, 3), {"groups": 0}, (Era.KERAS_3,), "positive integer"),
        ((2, 3), {"data_format": "NHWC"}, ERAS, "channels_first"),
    ],
)
def test_arguments_are_refused_by_the_eras_that_refuse_them(
    arguments: Any, keywords: Any, eras: tuple[Era, ...], words: str
) -> None:
    for era in ERAS:
        if era in eras:
            with pytest.raises(ShapeConflict, match=words) as caught:
                make("Conv2D", *arguments, era=era, **keywords)
            assert caught.value.keras
        else:
            make("Conv2D", *arguments, era=era, **keywords)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("keywords", "sizes", "words"),
    [
        ({}, (None, 9, 2, 3), ["axis 2 (width)", "has size 2", "window of 3", "3 or more", "same"]),
        ({"dilation_rate": 4}, (None, 9, 8, 3), ["dilated by 4 covers 9", "9 or more"]),
        ({"data_format": "channels_first"}, (None, 3, 2, 9), ["axis 2 (height)"]),
        ({}, (None, 9, 9), ["rank 4", "rank 3"]),
        ({}, (None, 9, 9, None), ["axis 3", "number of channels"]),
        ({"groups": 2}, (None, 9, 9, 3), ["3 channels", "multiple of 2"]),
    ],
)
def test_a_refusal_says_which_axes_and_what_would_fit(
    era: Era, keywords: Any, sizes: Any, words: list[str]
) -> None:
    layer = make("Conv2D", 4, 3, era=era, **keywords)
    with pytest.raises(ShapeConflict) as caught:
        layer.call(Shape.of(*sizes))
    for word in words:
        assert word in caught.value.message
    assert caught.value.keras

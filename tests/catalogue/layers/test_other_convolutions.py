"""Transposed, depthwise, separable and local convolutions beyond their docstrings' examples."""

from __future__ import annotations

from typing import Any

import pytest

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.shapes import symbol
from tests.catalogue.layers.making import ERAS, make, output, parameters

UNKNOWN = UnknownArgument("read from a file")


@pytest.mark.parametrize(
    ("era", "name", "arguments", "keywords", "sizes", "expected"),
    [
        # Output shape and count_params() of keras 3.15 and tf_keras 2.21.
        (3, "Conv2DTranspose", (2, 3), {"strides": 2}, (None, 5, None, 3), ("11, None, 2", 56)),
        (2, "Conv2DTranspose", (2, 4), {"strides": 3}, (None, 0, 1, 3), ("1, 4, 2", 98)),
        (3, "Conv1DTranspose", (2, 3), {"dilation_rate": 2}, (None, 5, 3), ("9, 2", 20)),
        (
            2,
            "Conv3DTranspose",
            (2, 3),
            {"dilation_rate": 2},
            (None, 5, 5, 5, 3),
            ("7, 7, 7, 2", 164),
        ),
        (3, "DepthwiseConv2D", (3,), {"depth_multiplier": 2}, (None, 5, 5, 3), ("3, 3, 6", 60)),
        (2, "DepthwiseConv2D", (3,), {"depth_multiplier": 0}, (None, 5, 5, 3), ("3, 3, 0", 0)),
        (
            3,
            "DepthwiseConv1D",
            (3,),
            {"strides": 2, "dilation_rate": 2},
            (None, 9, 3),
            ("3, 3", 12),
        ),
        (2, "DepthwiseConv1D", (3,), {"dilation_rate": 2}, (None, 9, 3), ("5, 3", 12)),
        (3, "SeparableConv2D", (4, 3), {"depth_multiplier": 2}, (None, 5, 5, 3), ("3, 3, 4", 82)),
        (3, "SeparableConv1D", (4, 3), {"use_bias": False}, (None, 5, 4), ("3, 4", 28)),
        (2, "SeparableConv1D", (4, 3), {"padding": "causal"}, (None, 5, 3), ("5, 4", 25)),
        (2, "LocallyConnected1D", (4, 3), {}, (None, 9, 2), ("7, 4", 196)),
        (2, "LocallyConnected1D", (4, 3), {"implementation": 2}, (None, 9, 2), ("7, 4", 532)),
        (2, "LocallyConnected1D", (4, 3), {"implementation": 3}, (None, 9, 2), ("7, 4", 196)),
        (
            2,
            "LocallyConnected2D",
            (4, 3),
            {"padding": "same", "implementation": 3, "strides": 2},
            (None, 5, 6, 2),
            ("3, 3, 4", 484),
        ),
    ],
)
def test_shapes_and_parameters_are_those_of_keras(
    era: int, name: str, arguments: Any, keywords: Any, sizes: Any, expected: tuple[str, int]
) -> None:
    layer = make(name, *arguments, era=Era(era), **keywords)
    shape, count = expected
    assert output(layer, *sizes) == f"(None, {shape})"
    assert parameters(layer, *sizes) == (count, count)


def test_a_transposed_convolution_doubles_a_named_size() -> None:
    layer = make("Conv2DTranspose", symbol("filters"), 4, 2, "same")
    assert output(layer, None, symbol("h"), 7, 3) == "(None, 2*h, 14, filters)"


def test_what_a_transposed_convolution_is_not_told_stays_unfixed() -> None:
    layer = make("Conv2DTranspose", 8, 3, 2, UNKNOWN)
    assert output(layer, None, 5, None, 3) == "(None, ?, None, 8)"
    assert output(make("Conv2DTranspose", 8, 2, 2, UNKNOWN), None, 5, 5, 3) == "(None, 10, 10, 8)"


def test_an_output_that_would_be_negative_is_refused() -> None:
    # Keras: Cannot convert '(None, -1, 0, 2)' to a shape.
    layer = make("Conv2DTranspose", 2, 4, padding="same", output_padding=0)
    with pytest.raises(ShapeConflict, match="-1"):
        output(layer, None, 0, 1, 3)


@pytest.mark.parametrize("name", ["DepthwiseConv2D", "SeparableConv2D"])
def test_keras_2_knows_nothing_of_space_after_a_dilated_window_if_one_axis_is_open(
    name: str,
) -> None:
    arguments = (3,) if name == "DepthwiseConv2D" else (3, 3)
    old = make(name, *arguments, dilation_rate=2, era=Era.KERAS_2)
    new = make(name, *arguments, dilation_rate=2, era=Era.KERAS_3)
    assert output(old, None, 9, None, 3) == "(None, None, None, 3)"
    assert output(new, None, 9, None, 3) == "(None, 5, None, 3)"
    with pytest.raises(ShapeConflict, match="5 or more"):
        output(old, None, 4, 9, 3)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("DepthwiseConv2D", {"kernel_size": 3, "depth_multiplier": -1}, "depth_multiplier"),
        ("DepthwiseConv2D", {"kernel_size": 3, "depth_multiplier": 2.0}, "depth_multiplier"),
        ("DepthwiseConv1D", {"kernel_size": 3, "padding": "causal"}, "'valid', 'same'"),
        ("SeparableConv2D", {"filters": 0, "kernel_size": 3}, "filters"),
        ("Conv1DTranspose", {"filters": 2, "kernel_size": 3, "padding": "causal"}, "'same'"),
        ("Conv3DTranspose", {"filters": 2, "kernel_size": 3, "output_padding": 1}, "less than"),
    ],
)
def test_arguments_that_both_eras_refuse(
    era: Era, name: str, arguments: dict[str, Any], words: str
) -> None:
    with pytest.raises(ShapeConflict, match=words):
        make(name, era=era, **arguments)


@pytest.mark.parametrize(
    "keywords",
    [{"padding": "same"}, {"padding": "causal", "implementation": 2}],
)
def test_a_local_convolution_knows_little_padding(keywords: Any) -> None:
    with pytest.raises(ShapeConflict, match="padding"):
        make("LocallyConnected1D", 4, 3, era=Era.KERAS_2, **keywords)


def test_a_local_convolution_needs_to_know_its_space_and_its_channels() -> None:
    layer = make("LocallyConnected2D", 4, 3, era=Era.KERAS_2)
    with pytest.raises(ShapeConflict, match="width"):
        output(layer, None, 9, None, 3)
    with pytest.raises(ShapeConflict, match="channel"):
        output(layer, None, 9, 9, None)


def test_the_weights_of_a_local_convolution_grow_with_a_named_size() -> None:
    layer = make("LocallyConnected1D", 4, 3, era=Era.KERAS_2)
    # (h - 2) positions with a kernel of 3 x 2 x 4 and 4 biases each
    assert str(parameters(layer, None, symbol("h"), 2)[0]) == "28*h - 56"

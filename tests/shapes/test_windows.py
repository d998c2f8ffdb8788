"""Window arithmetic against numpy, which moves real windows over real arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view

from flatlint.shapes import OPEN, UNFIXED, symbol
from flatlint.shapes.windows import connections, dilated, strided, transposed

sizes = st.integers(1, 40)
kernels = st.integers(1, 7)
strides = st.integers(1, 5)
dilations = st.integers(1, 4)
paddings = st.sampled_from(["valid", "same"])


def window_offsets(kernel: int, dilation: int) -> np.ndarray:
    return np.arange(kernel) * dilation


@given(kernels, dilations)
def test_a_dilated_window_covers_from_its_first_to_its_last_step(
    kernel: int, dilation: int
) -> None:
    offsets = window_offsets(kernel, dilation)
    assert dilated(kernel, dilation) == offsets[-1] - offsets[0] + 1


@given(sizes, kernels, strides, dilations)
def test_without_padding_a_window_stands_wherever_it_fits(
    size: int, kernel: int, stride: int, dilation: int
) -> None:
    covered = int(window_offsets(kernel, dilation)[-1]) + 1
    places = strided(size, kernel, stride, "valid", dilation)
    if covered > size:
        assert isinstance(places, int)
        assert places <= 0
    else:
        assert places == len(sliding_window_view(np.zeros(size), covered)[::stride])


@given(st.integers(0, 40), kernels, strides, dilations, st.sampled_from(["same", "causal"]))
def test_with_padding_a_window_starts_at_every_stride(
    size: int, kernel: int, stride: int, dilation: int, padding: str
) -> None:
    assert strided(size, kernel, stride, padding, dilation) == len(np.zeros(size)[::stride])


@given(sizes, kernels, strides, dilations)
def test_a_transposed_window_covers_what_a_full_convolution_of_the_spread_values_does(
    size: int, kernel: int, stride: int, dilation: int
) -> None:
    spread = np.zeros((size - 1) * stride + 1)
    spread[::stride] = 1
    window = np.zeros(int(window_offsets(kernel, dilation)[-1]) + 1)
    window[::dilation] = 1
    covered = len(np.convolve(spread, window))
    assert transposed(size, kernel, stride, "valid", 0, dilation) == covered
    assert transposed(size, kernel, stride, "valid", 2, dilation) == covered + 2


@given(sizes, kernels, strides, paddings)
def test_a_convolution_leads_back_to_where_its_transpose_came_from(
    size: int, kernel: int, stride: int, padding: str
) -> None:
    after = transposed(size, kernel, stride, padding)
    assert strided(after, kernel, stride, padding) == size


@pytest.mark.parametrize(
    ("kernel", "stride", "padding", "output_padding", "expected"),
    [
        # What keras.layers.Conv2DTranspose of Keras 3.15 and tf_keras 2.21 makes of size 5.
        (3, 2, "valid", None, 11),
        (2, 3, "valid", None, 15),
        (1, 2, "valid", None, 10),
        (3, 2, "same", None, 10),
        (3, 2, "same", 1, 10),
        (3, 2, "same", 0, 9),
        (4, 2, "same", 0, 8),
        (3, 2, "valid", 1, 12),
    ],
)
def test_a_transposed_window_gives_the_sizes_that_keras_gives(
    kernel: int, stride: int, padding: str, output_padding: int | None, expected: int
) -> None:
    assert transposed(5, kernel, stride, padding, output_padding) == expected


@given(sizes, kernels, strides, paddings)
def test_connections_count_the_pairs_of_positions_that_a_window_joins(
    size: int, kernel: int, stride: int, padding: str
) -> None:
    outputs = len(np.zeros(size)[::stride])
    if padding == "valid":
        outputs = max(len(range(0, size - kernel + 1, stride)), 0)
        if outputs == 0:
            return
    first = 0 if padding == "valid" else -(kernel // 2)
    joined = np.zeros((outputs, size), dtype=bool)
    for place in range(outputs):
        for position in range(size):
            joined[place, position] = 0 <= position - place * stride - first < kernel
    assert connections(size, kernel, stride, padding) == joined.sum()


@given(kernels, strides, paddings)
def test_an_open_axis_stays_open_and_an_unfixed_one_unfixed(
    kernel: int, stride: int, padding: str
) -> None:
    assert strided(OPEN, kernel, stride, padding) == OPEN
    assert strided(UNFIXED, kernel, stride, padding) == UNFIXED
    assert transposed(OPEN, kernel, stride, padding) == OPEN


@pytest.mark.parametrize(
    ("kernel", "stride", "padding", "text"),
    [
        (3, 1, "same", "h"),
        (3, 2, "same", "(h + 1)//2"),
        (3, 1, "valid", "h - 2"),
        (3, 2, "valid", "(h - 1)//2"),
        (2, 2, "valid", "h//2"),
    ],
)
def test_a_named_size_stays_readable(kernel: int, stride: int, padding: str, text: str) -> None:
    assert str(strided(symbol("h"), kernel, stride, padding)) == text


@given(st.lists(st.tuples(kernels, strides, paddings), max_size=5), st.integers(200, 300))
def test_what_is_written_of_a_named_size_is_what_numbers_give(
    steps: list[tuple[int, int, str]], size: int
) -> None:
    named, number = symbol("h"), size
    for step in steps:
        named = strided(named, *step)  # type: ignore[assignment]
        number = strided(number, *step)  # type: ignore[assignment]
        if number <= 0:
            return
    assert eval(str(named), {"h": size}) == number


@given(kernels, strides, paddings, st.integers(1, 50))
def test_what_is_written_of_a_transposed_named_size_is_what_numbers_give(
    kernel: int, stride: int, padding: str, size: int
) -> None:
    named = transposed(strided(symbol("h"), 3, 2, "same"), kernel, stride, padding)
    number = transposed(strided(size, 3, 2, "same"), kernel, stride, padding)
    assert eval(str(named), {"h": size}) == number

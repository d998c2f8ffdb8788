"""Window arithmetic: how convolutions, pooling and their transposes change the size of an axis."""

from __future__ import annotations

from flatlint.shapes.dim import Dim


def dilated(kernel: Dim, dilation: Dim) -> Dim:
    """How many steps of the axis a dilated window covers."""
    return (kernel - 1) * dilation + 1


def strided(size: Dim, kernel: Dim, stride: Dim, padding: str, dilation: Dim = 1) -> Dim:
    """The number of places where a window fits: 0 or below means that it never fits.

    `same` and `causal` padding give `ceil(size / stride)`, `valid` gives
    `floor((size - window) / stride) + 1`.
    """
    if padding == "valid":
        # One fraction instead of a sum reads better for symbols: (h - 1)//2, not (h - 3)//2 + 1.
        return (size - dilated(kernel, dilation) + stride) // stride
    return (size + stride - 1) // stride


def transposed(
    size: Dim,
    kernel: Dim,
    stride: Dim,
    padding: str,
    output_padding: Dim | None = None,
    dilation: Dim = 1,
) -> Dim:
    """The size after a transposed convolution, as `deconv_output_length` of Keras gives it.

    Source: keras/src/backend/common/backend_utils.py and tf_keras/utils/conv_utils.py, which agree.
    """
    window = dilated(kernel, dilation)
    if output_padding is None:
        if padding == "same":
            return size * stride
        # The window overlaps its neighbour unless the stride is larger than the window.
        gap = window - stride
        overlap = gap if not isinstance(gap, int) else max(gap, 0)
        return size * stride + overlap
    if padding == "same":
        return (size - 1) * stride + window - 2 * (window // 2) + output_padding
    return (size - 1) * stride + window + output_padding


def connections(size: int, kernel: int, stride: int, padding: str) -> int:
    """How many pairs of an input and an output position a window connects along one axis.

    With `same` padding the window is centred on its position and cut off at the ends. Source:
    `conv_connected_inputs` of tf_keras/src/utils/conv_utils.py.
    """
    places = strided(size, kernel, stride, padding)
    assert isinstance(places, int)
    if padding == "valid":
        return places * kernel
    total = 0
    for centre in range(0, places * stride, stride):
        first = max(centre - kernel // 2, 0)
        last = min(centre - kernel // 2 + kernel, size)
        total += last - first
    return total

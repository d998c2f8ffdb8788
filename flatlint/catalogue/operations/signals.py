"""Fourier transforms and windows over a signal: pairs of real and imaginary parts."""

from __future__ import annotations

from flatlint.catalogue.arguments import UnknownArgument, as_size, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations.lines import line
from flatlint.catalogue.operations.operands import (
    is_same_shape,
    known_size,
    python_integer,
    stated_shape,
    stated_size,
    tensor,
    whole_number,
)
from flatlint.catalogue.operations.registry import operation
from flatlint.catalogue.spec import ShapeTree
from flatlint.shapes import OPEN, Dim, Open, Shape

line("view_as_real", lambda shape: Shape((*shape, 2)), x=tensor)
line("view_as_complex", lambda shape: Shape(shape[:-1]), x=tensor)


@operation("fft")
def fft(x: object) -> ShapeTree:
    """The shapes stay; how long the signal is must be known."""
    return _transformed("fft", x, 1)


@operation("fft2", "ifft2")
def fft2(x: object) -> ShapeTree:
    """The shapes stay; how large the image is must be known."""
    return _transformed("fft2", x, 2)


def _transformed(name: str, x: object, axes: int) -> ShapeTree:
    shape = _pair(name, x, axes)
    if any(isinstance(size, Open) for size in shape[-axes:]):
        raise ShapeConflict(
            f"{name} must know the last {axes} axes, and {shape} leaves one open",
            f"Input should have its last dimension fully-defined. Received: {shape}",
        )
    return (shape, shape)


def _pair(name: str, value: object, rank: int) -> Shape:
    """The shape of a real and an imaginary part, which have one shape."""
    if isinstance(value, UnknownArgument):
        raise NotKnown(value.reason, value.origin)
    if isinstance(value, Shape) or not isinstance(value, list | tuple) or len(value) != 2:
        raise ShapeConflict(
            f"{name} takes a real and an imaginary part, two tensors",
            "Input `x` should be a tuple of two tensors - real and imaginary.",
        )
    real, imaginary = tensor(name, value[0]), tensor(name, value[1])
    if not is_same_shape(real, imaginary):
        raise ShapeConflict(
            f"{name}: the real part is {real}, and the imaginary part {imaginary}",
            "Both the real and imaginary parts should have the same shape.",
        )
    if real.rank < rank:
        raise ShapeConflict(
            f"{name} needs {rank} axes or more, and {real} has {real.rank}",
            f"Input should have rank >= {rank}. Received: input.shape = {real}",
        )
    return real


@operation("rfft")
def rfft(x: object, fft_length: object = None) -> ShapeTree:
    """Half of the signal's length, real and imaginary."""
    shape = tensor("rfft", x)
    if not shape.rank:
        raise ShapeConflict("rfft of a number", "Input should have rank >= 1.")
    length = shape[-1] if fft_length is None else known_size("rfft", fft_length, "length")
    half = shape.with_last(length // 2 + 1)
    return (half, half)


@operation("irfft")
def irfft(x: object, fft_length: object = None) -> Shape:
    """A signal of twice the length."""
    shape = _pair("irfft", x, 1)
    length = 2 * (shape[-1] - 1) if fft_length is None else stated_size("irfft", fft_length)
    return stated_shape("irfft", (*shape[:-1], length))


@operation("extract_sequences")
def extract_sequences(x: object, sequence_length: object, sequence_stride: object) -> Shape:
    """Windows over the last axis."""
    shape = tensor("extract_sequences", x)
    if not shape.rank:
        raise ShapeConflict("extract_sequences of a number", "Input should have rank >= 1.")
    length = known_size("extract_sequences", sequence_length, "length")
    count = _windows("extract_sequences", shape[-1], length, sequence_stride)
    return stated_shape("extract_sequences", (*shape[:-1], count, length))


@operation("stft")
def stft(
    x: object,
    sequence_length: object,
    sequence_stride: object,
    fft_length: object,
    window: object = "hann",
    center: object = True,
) -> ShapeTree:
    """Windows over the last axis, and half of their length transformed."""
    shape = tensor("stft", x)
    length = known_size("stft", fft_length, "length")
    _require_stride("stft", sequence_stride)
    if not shape.rank:
        raise ShapeConflict("stft of a number", "tuple index out of range")
    size = shape[-1] if _is_not_centred(center) else shape[-1] + (length // 2) * 2
    count = _windows("stft", size, length, sequence_stride)
    spectrum = stated_shape("stft", (*shape[:-1], count, length // 2 + 1))
    return (spectrum, spectrum)


@operation("istft")
def istft(
    x: object,
    sequence_length: object,
    sequence_stride: object,
    fft_length: object,
    length: object = None,
    window: object = "hann",
    center: object = True,
) -> Shape:
    """The signal that the windows were taken from."""
    _require_stride("istft", sequence_stride)
    shape = _pair("istft", x, 2)
    size: Dim = OPEN
    if length is not None:
        size = stated_size("istft", length)
    elif isinstance(shape[-2], Open):
        pass
    elif not isinstance(center, bool):
        raise NotKnown("`center` of istft")
    else:
        window_length = known_size("istft", fft_length, "length")
        size = (shape[-2] - 1) * as_size(sequence_stride) + window_length
        size = size - (window_length // 2) * 2 if center else size
    return stated_shape("istft", (*shape[:-2], size))


def _is_not_centred(center: object) -> bool:
    if not isinstance(center, bool):
        raise NotKnown("`center` of stft")
    return not center


def _require_stride(name: str, stride: object) -> None:
    if is_symbolic(stride):
        return
    if python_integer(name, stride, "sequence_stride") <= 0:
        raise ShapeConflict(
            f"{name}: `sequence_stride` must be 1 or more, not {stride}",
            f"`sequence_stride` must be a positive integer. Received: sequence_stride={stride}",
        )


def _windows(name: str, size: Dim, length: Dim, stride: object) -> Dim:
    if isinstance(size, Open):
        return size
    if is_symbolic(stride):
        return 1 + (size - length) // as_size(stride)
    step = whole_number(name, stride, "sequence_stride")
    if step == 0:
        raise ShapeConflict(f"{name}: windows cannot go in steps of 0", "division by zero")
    return 1 + (size - length) // step

"""Windows that move over images: `keras.ops.conv` and its kin, pooling."""

from __future__ import annotations

from collections.abc import Sequence

from flatlint.catalogue.arguments import UnknownArgument, as_size, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.numpy_integers import NumpyInteger
from flatlint.catalogue.operations.images import is_channels_first
from flatlint.catalogue.operations.operands import stated_shape, tensor
from flatlint.catalogue.operations.registry import operation
from flatlint.shapes import Dim, Shape, are_equal
from flatlint.shapes.windows import strided, transposed


@operation("max_pool", "average_pool")
def pool(
    inputs: object,
    pool_size: object,
    strides: object = None,
    padding: object = "valid",
    data_format: object = None,
) -> Shape:
    """Space as the window leaves it.

    Source: `compute_pooling_output_shape` in keras/src/ops/operation_utils.py, where numpy spreads
    one number over all axes.
    """
    shape, is_first = tensor("pooling", inputs), is_channels_first(data_format)
    space = _space("pooling", shape, is_first)
    word = _padding("pooling", padding, ("valid", "same"))
    windows = _fitting_sizes("pooling", pool_size, len(space))
    steps = windows if strides is None else _fitting_sizes("pooling", strides, len(space))
    moved = _moved("pooling", shape, space, windows, steps, word, [1] * len(space))
    return _arranged("pooling", shape, moved, _channels(shape, is_first), is_first)


@operation("adaptive_average_pool", "adaptive_max_pool")
def adaptive_pool(inputs: object, output_size: object, data_format: object = None) -> Shape:
    """Space as `output_size` says, which has to be a tuple here."""
    shape = tensor("adaptive pooling", inputs)
    is_first = isinstance(data_format, str) and data_format != "channels_last"
    if isinstance(output_size, UnknownArgument | Shape) or isinstance(data_format, UnknownArgument):
        raise NotKnown("the size to pool to")
    if not isinstance(output_size, tuple):
        raise ShapeConflict(
            f"adaptive pooling: `output_size` is a tuple, not {output_size!r}",
            f"object of type {type(output_size).__name__!r} has no len()",
        )
    if shape.rank < (2 if is_first else 1):
        raise ShapeConflict(f"adaptive pooling of {shape}", "tuple index out of range")
    sizes = (*shape[:2], *output_size) if is_first else (
        *shape[: -len(output_size) or 0], *output_size, shape[-1])  # fmt: skip
    return stated_shape("adaptive pooling", sizes)


@operation("conv")
def conv(
    inputs: object,
    kernel: object,
    strides: object = 1,
    padding: object = "valid",
    data_format: object = None,
    dilation_rate: object = 1,
) -> Shape:
    """Space as the kernel leaves it, a channel for each of the kernel's last axis."""
    shape, window = tensor("conv", inputs), _kernel("conv", kernel)
    return _convolved("conv", shape, window, window[-1], strides, padding, data_format,
                      dilation_rate)  # fmt: skip


@operation("depthwise_conv")
def depthwise_conv(
    inputs: object,
    kernel: object,
    strides: object = 1,
    padding: object = "valid",
    data_format: object = None,
    dilation_rate: object = 1,
) -> Shape:
    """As conv, with some channels for each of the input's."""
    shape, window = tensor("depthwise_conv", inputs), _kernel("depthwise_conv", kernel)
    return _convolved("depthwise_conv", shape, window, window[-1] * window[-2], strides, padding,
                      data_format, dilation_rate)  # fmt: skip


@operation("separable_conv")
def separable_conv(
    inputs: object,
    depthwise_kernel: object,
    pointwise_kernel: object,
    strides: object = 1,
    padding: object = "valid",
    data_format: object = None,
    dilation_rate: object = 1,
) -> Shape:
    """As depthwise_conv, with the channels mixed anew."""
    pointwise = tensor("separable_conv", pointwise_kernel)
    shape = depthwise_conv(inputs, depthwise_kernel, strides, padding, data_format, dilation_rate)
    if not pointwise.rank:
        raise ShapeConflict("separable_conv: the kernel is a number", "tuple index out of range")
    return shape.with_axis(1 if is_channels_first(data_format) else -1, pointwise[-1])


@operation("conv_transpose")
def conv_transpose(
    inputs: object,
    kernel: object,
    strides: object = 1,
    padding: object = "valid",
    output_padding: object = None,
    data_format: object = None,
    dilation_rate: object = 1,
) -> Shape:
    """Space as the spread kernel covers it, with the channels of the kernel's last axis but one."""
    name, is_first = "conv_transpose", is_channels_first(data_format)
    shape, window = tensor(name, inputs), _kernel(name, kernel)
    space = _space(name, shape, is_first)
    _require_channels(name, _channels(shape, is_first), window[-1])
    if window.rank != shape.rank:
        raise NotKnown("a kernel that has not the axes of the images")
    word = _padding(name, padding, ("valid", "same"))
    for value in (strides, dilation_rate):
        _require_length(name, value)
    given = [_sizes(name, value, len(space)) for value in (strides, dilation_rate)]
    more: Sequence[Dim | None] = [None] * len(space)
    if output_padding is not None:
        more = _sizes(name, output_padding, len(space))
    spread = [
        transposed(size, side, step, word, extra, dilation)
        for size, side, step, dilation, extra in zip(
            space, window[:-2], *given, more, strict=True
        )
    ]  # fmt: skip
    return _arranged(name, shape, spread, window[-2], is_first)


def _convolved(
    name: str,
    shape: Shape,
    kernel: Shape,
    filters: Dim,
    strides: object,
    padding: object,
    data_format: object,
    dilation_rate: object,
) -> Shape:
    """Source: `compute_conv_output_shape` in keras/src/ops/operation_utils.py."""
    is_first = is_channels_first(data_format)
    space = _space(name, shape, is_first)
    _require_channels(name, _channels(shape, is_first), kernel[-2])
    if kernel.rank != shape.rank:
        raise ShapeConflict(
            f"{name}: a kernel for {shape} has {shape.rank} axes, and {kernel} has {kernel.rank}",
            "Kernel shape must have the same length as input, but received kernel of shape "
            f"{kernel} and input of shape {shape}.",
        )
    _require_length(name, dilation_rate)
    word = _padding(name, padding, ("valid", "same", "causal"))
    steps, dilations = (
        _fitting_sizes(name, value, len(space)) for value in (strides, dilation_rate)
    )
    moved = _moved(name, shape, space, kernel[:-2], steps, word, dilations)
    return _arranged(name, shape, moved, filters, is_first)


def _kernel(name: str, value: object) -> Shape:
    shape = tensor(name, value)
    if shape.rank < 2:
        raise ShapeConflict(f"{name}: the kernel is {shape}", "tuple index out of range")
    return shape


def _require_channels(name: str, channels: Dim, wanted: Dim) -> None:
    if are_equal(channels, wanted) is False:
        raise ShapeConflict(
            f"{name}: the kernel is for {wanted} channels, and the input has {channels}",
            "The number of input channels must match the kernel's input channels. Received: input "
            f"channels={channels}, kernel input channels={wanted}",
        )


def _space(name: str, shape: Shape, is_first: bool) -> tuple[Dim, ...]:
    if shape.rank < 3:
        raise NotKnown(f"{name} of {shape}, which has no space")
    return shape[2:] if is_first else shape[1:-1]


def _channels(shape: Shape, is_first: bool) -> Dim:
    return shape[1] if is_first else shape[-1]


def _arranged(
    name: str, shape: Shape, space: Sequence[Dim], channels: Dim, is_first: bool
) -> Shape:
    sizes = (shape[0], channels, *space) if is_first else (shape[0], *space, channels)
    return stated_shape(name, sizes)


def _fitting_sizes(name: str, value: object, count: int) -> list[Dim]:
    """As `_sizes`, of what numpy is to spread over the axes."""
    length = len(value) if isinstance(value, list | tuple) else 1
    if length != count and 1 not in (length, count):
        raise ShapeConflict(
            f"{name}: a number for each of the {count} axes of space, not {value}",
            f"operands could not be broadcast together with shapes ({count},) ({length},)",
        )
    return _sizes(name, value, count)


def _require_length(name: str, value: object) -> None:
    """What is no `int` of Python's is taken for a list."""
    if isinstance(value, float | NumpyInteger):
        raise ShapeConflict(
            f"{name}: a number for each axis or an int of Python's own, not {value!r}",
            f"object of type {type(value).__name__!r} has no len()",
        )


def _sizes(name: str, value: object, count: int) -> list[Dim]:
    """A whole number for each axis of space; one number stands for all."""
    if value is None:
        raise ShapeConflict(
            f"{name}: the numbers of a window are missing", "unsupported operand: 'NoneType'"
        )
    listed = list(value) if isinstance(value, list | tuple) else [value] * count
    if isinstance(value, Shape) or len(listed) != count:
        raise NotKnown(f"the sizes of the windows of {name}")
    for size in listed:
        if not is_symbolic(size) and (not isinstance(size, int) or size < 1):
            raise NotKnown(f"the sizes of the windows of {name}")
    return [as_size(size) for size in listed]


def _padding(name: str, value: object, words: tuple[str, ...]) -> str:
    if isinstance(value, str):
        if value.lower() in words:
            return value.lower()
        raise ShapeConflict(
            f"{name}: `padding` is one of {', '.join(words)}, not {value!r}",
            f"Argument `padding` must be either 'valid' or 'same'. Received: padding={value}",
        )
    if value is None:
        raise ShapeConflict(
            f"{name}: `padding` is a word, not None", "'NoneType' object has no attribute 'lower'"
        )
    raise NotKnown(f"the padding of {name}")


def _moved(
    name: str,
    shape: Shape,
    space: Sequence[Dim],
    windows: Sequence[Dim],
    steps: Sequence[Dim],
    padding: str,
    dilations: Sequence[Dim],
) -> list[Dim]:
    """How many places the window has along each axis; there must be one."""
    moved = [
        strided(size, window, step, padding, dilation)
        for size, window, step, dilation in zip(space, windows, steps, dilations, strict=True)
    ]
    if padding == "valid" and any(isinstance(size, int) and size <= 0 for size in moved):
        raise ShapeConflict(
            f"{name}: a window of {Shape(tuple(windows))} does not fit into {shape}",
            "Computed output size would be zero or negative.",
        )
    return moved

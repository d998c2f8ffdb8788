"""Operations that take axes away: sums, means, extremes, norms."""

from __future__ import annotations

from typing import Any

from flatlint.catalogue.arguments import UnknownArgument, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.numpy_integers import NumpyInteger
from flatlint.catalogue.operations.operands import axes_within, axis_within, operand, tensor, total
from flatlint.catalogue.operations.registry import Operation, operation, register_all
from flatlint.catalogue.spec import ShapeTree
from flatlint.shapes import Shape

NAMES = [
    "all", "amax", "amin", "any", "argmax", "argmin", "count_nonzero", "logsumexp", "max", "mean",
    "median", "min", "nanargmax", "nanargmin", "nanmax", "nanmean", "nanmedian", "nanmin",
    "nanprod", "nanstd", "nansum", "nanvar", "prod", "std", "sum", "var", "ptp",
]  # fmt: skip


def _reduction(name: str) -> Operation:
    def shape(
        x: object, axis: object = None, keepdims: object = False, *_: Any, **__: Any
    ) -> Shape:
        return reduced(name, tensor(name, x), axis, keepdims)

    return shape


register_all(NAMES, _reduction)


def reduced(name: str, shape: Shape, axis: object, keepdims: object) -> Shape:
    """The shape without the axes, or with 1 in their places."""
    if isinstance(keepdims, UnknownArgument) or is_symbolic(keepdims):
        raise NotKnown(f"`keepdims` of {name}")
    if axis is None:
        return Shape((1,) * shape.rank if keepdims else ())
    if isinstance(axis, float | NumpyInteger):
        raise ShapeConflict(
            f"{name}: an axis is an int of Python's own, and {axis!r} is none",
            f"{type(axis).__name__!r} object is not iterable",
        )
    axes = axes_within(name, axis, shape)
    if not keepdims:
        if len(set(axes)) < len(axes):
            raise NotKnown(f"{name} over an axis named twice")
        return shape.without_axes(axes)
    for number in axes:
        shape = shape.with_axis(number, 1)
    return shape


@operation("norm")
def norm(x: object, ord: object = None, axis: object = None, keepdims: object = False) -> Shape:
    """A word for `ord` is for matrices."""
    shape = tensor("norm", x)
    if isinstance(ord, str) and ord not in ("fro", "nuc"):
        raise ShapeConflict(
            f"norm: `ord` is a number, 'fro' or 'nuc', not {ord!r}",
            "Invalid `ord` argument. Expected one of {'fro', 'nuc'} when using string.",
        )
    count = shape.rank if axis is None else len(axis) if isinstance(axis, list | tuple) else 1
    if count == 1 and isinstance(ord, str):
        raise ShapeConflict(
            f"norm: `ord={ord!r}` is for matrices, and one axis makes vectors",
            f"Invalid `ord` argument for vector norm. Received: ord={ord}",
        )
    return reduced("norm", shape, axis, keepdims)


@operation("moments")
def moments(x: object, axes: object, keepdims: object = False, **_: Any) -> ShapeTree:
    """Mean and variance."""
    shape = reduced("moments", tensor("moments", x), axes, keepdims)
    return (shape, shape)


@operation("average")
def average(x: object, axis: object = None, weights: object = None) -> Shape:
    """The mean over one axis or all."""
    shape = tensor("average", x)
    if weights is not None:
        operand("average", weights)
    return Shape(()) if axis is None else shape.without_axes([axis_within("average", axis, shape)])


@operation("cumsum", "cumprod")
def cumulated(x: object, axis: object = None, dtype: object = None) -> Shape:
    """Without an axis the elements are laid out in one."""
    return _along("cumsum", tensor("cumsum", x), axis)


@operation("sort", "argsort")
def sorted_along(x: object, axis: object = -1) -> Shape:
    """Without an axis the elements are laid out in one."""
    return _along("sort", tensor("sort", x), axis)


def _along(name: str, shape: Shape, axis: object) -> Shape:
    if axis is None:
        return Shape((total(shape.dims),))
    axis_within(name, axis, shape)
    return shape

"""Reshaping: the same elements in another shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from flatlint.evaluation.base import Interpreter, method, models
from flatlint.evaluation.libraries.numpy.arrays import array_of_values, array_with, bounds_of
from flatlint.evaluation.libraries.numpy.own_sizes import own_axes
from flatlint.evaluation.libraries.numpy.question import REFUSALS, said, stand_in_array
from flatlint.evaluation.libraries.numpy.reading import array_of, sizes_of
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Expression, Shape, are_equal, product


@models("numpy.reshape")
def reshape(
    run: Interpreter,
    a: Value,
    shape: Value = None,
    order: Value = "C",
    newshape: Value = None,
    copy: Value = None,
) -> Value:
    """`np.reshape(a, shape)`, called `newshape` before numpy 2.1."""
    return reshaped(
        run, array_of(run, a), sizes_of(run, newshape if shape is None else shape), order
    )


@method(Array, "reshape")
def reshape_method(
    run: Interpreter, array: Array, *shape: Value, order: Value = "C", copy: Value = None
) -> Value:
    """`a.reshape(2, 3)` and `a.reshape((2, 3))`."""
    given = shape[0] if len(shape) == 1 else shape
    return reshaped(run, array, sizes_of(run, given), order)


def reshaped(
    run: Interpreter, array: Array, sizes: tuple[Dim, ...] | Unknown, order: Value = "C"
) -> Value:
    """The array in a shape with at most one -1 in it."""
    if isinstance(sizes, Unknown):
        return array_with(run, sizes, array.dtype, "reshape", [array])
    shape = _fixed_shape(run, array, sizes)
    if shape is None:
        shape = _open_shape(run, array, sizes)
    if isinstance(shape, Shape) and array.values is not None and shape.is_fixed:
        is_known_order = isinstance(order, str) and order in ("C", "F", "A")
        values = np.reshape(array.values, shape.dims, order=order if is_known_order else "C")  # type: ignore[call-overload]
        return array_of_values(run, values, "reshape", [array])
    return array_with(run, shape, array.dtype, "reshape", [array], bounds_of([array]))


def _fixed_shape(run: Interpreter, array: Array, sizes: Sequence[Dim]) -> Shape | Unknown | None:
    """numpy's own answer; `None` where not every size is a number."""
    if not isinstance(array.shape, Shape) or not array.shape.is_fixed:
        return None
    if not all(isinstance(size, int) for size in sizes):
        return None
    try:
        return Shape(stand_in_array(array.shape.dims, None).reshape(sizes).shape)  # type: ignore[arg-type]
    except REFUSALS as refusal:
        return run.unknown(WhyUnknown.REFUSED_BY_NUMPY, said(refusal))


def _open_shape(run: Interpreter, array: Array, sizes: Sequence[Dim]) -> Shape | Unknown:
    """The shape by arithmetic on sizes, some of which are symbols or not known."""
    total = array.shape.size if isinstance(array.shape, Shape) else UNFIXED
    given = product(size for size in sizes if size != -1)
    if -1 not in sizes:
        if are_equal(total, given) is False:
            text = f"an array of shape {array.shape} reshaped to {Shape(tuple(sizes))}"
            return run.unknown(WhyUnknown.REFUSED_BY_NUMPY, text)
        return Shape(_completed(sizes, total))
    own = own_axes(run)
    if isinstance(array.shape, Shape) and own is not None and len(own) == len(sizes):
        # The sizes that the call reads off the array itself cancel out, known or not.
        axes = {axis for axis in own if axis is not None and axis < array.shape.rank}
        if len(axes) == sum(axis is not None for axis in own):
            total = array.shape.without_axes(axes).size
            given = product(
                size for size, axis in zip(sizes, own, strict=True) if axis is None and size != -1
            )
    rest = total // given if given != 0 else UNFIXED
    # A quotient that does not come out even says less than an unfixed size.
    if isinstance(rest, Expression) and are_equal(rest * given, total) is not True:
        rest = UNFIXED
    return Shape(tuple(rest if size == -1 else size for size in sizes))


def _completed(sizes: Sequence[Dim], total: Dim) -> tuple[Dim, ...]:
    """The sizes, the only one that is not known told by the total."""
    unknown = [axis for axis, size in enumerate(sizes) if not isinstance(size, int | Expression)]
    if not unknown:
        # A size that only has a name, among numbers.
        unknown = [axis for axis, size in enumerate(sizes) if not isinstance(size, int)]
    others = product(size for axis, size in enumerate(sizes) if axis not in unknown)
    if len(unknown) != 1 or not isinstance(total, int) or not isinstance(others, int):
        return tuple(sizes)
    if others == 0 or total % others:
        return tuple(sizes)
    return tuple(total // others if axis in unknown else size for axis, size in enumerate(sizes))


@models("numpy.ravel")
def ravel(run: Interpreter, a: Value, order: Value = "C") -> Value:
    """All elements in one axis."""
    return replace_making(run, reshaped(run, array_of(run, a), (-1,), order), "ravel")


@method(Array, "ravel", "flatten")
def flatten(run: Interpreter, array: Array, order: Value = "C") -> Value:
    """All elements in one axis."""
    return replace_making(run, reshaped(run, array, (-1,), order), "flatten")


def replace_making(run: Interpreter, value: Value, what: str) -> Value:
    """The same array, said to be made by another call."""
    if isinstance(value, Array) and value.made is not None:
        return replace(value, made=replace(value.made, what=what))
    return value

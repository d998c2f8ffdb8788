"""Functions whose answer has as many elements as the values decide: `unique`, `nonzero`, masks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flatlint.evaluation.base import Interpreter, method, models
from flatlint.evaluation.bounds import MAX_VALUES
from flatlint.evaluation.libraries.numpy.arrays import array_with, is_dense, with_values
from flatlint.evaluation.libraries.numpy.asking import ask
from flatlint.evaluation.libraries.numpy.element_types import type_named
from flatlint.evaluation.libraries.numpy.question import Question
from flatlint.evaluation.libraries.numpy.reading import array_of
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Shape


@models("numpy.nonzero")
def nonzero(run: Interpreter, a: Value) -> Value:
    """The indices of what is not 0, an array for each axis."""
    return places(run, array_of(run, a))


@method(Array, "nonzero")
def places(run: Interpreter, array: Array) -> Value:
    """The indices of what is not 0, an array for each axis."""
    if array.values is not None and array.values.ndim:
        return ask(run, "nonzero", Question(np.nonzero, (array,)))
    if isinstance(array.shape, Unknown):
        return array.shape
    found = array_with(run, Shape((UNFIXED,)), "int64", "nonzero", [array])
    return (found,) * array.shape.rank


@models("numpy.argwhere")
def argwhere(run: Interpreter, a: Value) -> Value:
    """The indices of what is not 0, a row for each."""
    array = array_of(run, a)
    if array.values is not None:
        return ask(run, "argwhere", Question(np.argwhere, (array,)))
    if isinstance(array.shape, Unknown):
        return array_with(run, array.shape, "int64", "argwhere", [array])
    return array_with(run, Shape((UNFIXED, array.shape.rank)), "int64", "argwhere", [array])


@models("numpy.flatnonzero")
def flatnonzero(run: Interpreter, a: Value) -> Value:
    """The indices of what is not 0 in the flat array."""
    array = array_of(run, a)
    if array.values is not None:
        return ask(run, "flatnonzero", Question(np.flatnonzero, (array,)))
    return array_with(run, Shape((UNFIXED,)), "int64", "flatnonzero", [array])


@models("numpy.extract", "numpy.compress")
def extract(run: Interpreter, condition: Value, arr: Value, axis: Value = None) -> Value:
    """The elements where a condition holds."""
    array = array_of(run, arr)
    if axis is None:
        return array_with(run, Shape((UNFIXED,)), array.dtype, "extract", [array])
    whole = array.shape
    if not isinstance(whole, Shape) or not isinstance(axis, int):
        return array_with(run, run.unknown(WhyUnknown.ARGUMENT, "`axis`"), array.dtype, "compress")
    if -whole.rank <= axis < whole.rank:
        shape = whole.with_axis(axis, UNFIXED)
        return array_with(run, shape, array.dtype, "compress", [array])
    return array_with(run, run.unknown(WhyUnknown.ARGUMENT, "`axis`"), array.dtype, "compress")


@models("numpy.unique")
def unique(
    run: Interpreter,
    ar: Value,
    return_index: Value = False,
    return_inverse: Value = False,
    return_counts: Value = False,
    axis: Value = None,
    **_: Value,
) -> Value:
    """The different elements in order; of well mixed integers every one within the bounds."""
    array = array_of(run, ar)
    more = (return_index, return_inverse, return_counts)
    if not all(isinstance(each, bool) for each in more):
        return run.unknown(WhyUnknown.ARGUMENT, "`np.unique`")
    if array.values is not None and isinstance(axis, int | None):
        return ask(run, "unique", Question(np.unique, (array, *more), {"axis": axis}))
    found = _different(run, array, axis)
    if not any(more):
        return found
    count = Shape(found.shape[:1]) if isinstance(found.shape, Shape) else found.shape
    per_value = array_with(run, count, "int64", "unique", [array])
    per_element = array_with(run, Shape((UNFIXED,)), "int64", "unique", [array])
    if isinstance(array.shape, Shape) and axis is None:
        # numpy 2.0 gives the inverse the shape of the array, others a flat one.
        shape = array.shape if array.shape.rank < 2 else run.unknown(WhyUnknown.ARGUMENT, "numpy")
        per_element = replace(per_element, shape=shape)
    parts = zip(more, (per_value, per_element, per_value), strict=True)
    return (found, *(part for is_wanted, part in parts if is_wanted))


def _different(run: Interpreter, array: Array, axis: Value) -> Array:
    if axis is not None:
        shape: Shape | Unknown = run.unknown(WhyUnknown.ARGUMENT, "`np.unique` along an axis")
        if isinstance(array.shape, Shape) and axis == 0 and array.shape.rank:
            shape = array.shape.with_axis(0, UNFIXED)
        return array_with(run, shape, array.dtype, "unique", [array])
    found = array_with(run, Shape((UNFIXED,)), array.dtype, "unique", [array])
    if is_dense(array) and array.high - array.low < MAX_VALUES:  # type: ignore[operator]
        numbers = np.arange(int(array.low), int(array.high) + 1)  # type: ignore[arg-type]
        numbers = numbers.astype(type_named(array.dtype))
        return with_values(replace(found, shape=Shape(numbers.shape)), numbers)
    return found


@models("numpy.bincount")
def bincount(run: Interpreter, x: Value, weights: Value = None, minlength: Value = 0) -> Value:
    """How often each number occurs, from 0 to the greatest."""
    array = array_of(run, x)
    is_small = isinstance(minlength, int) and max(array.high or 0, minlength) <= MAX_VALUES
    if array.values is not None and weights is None and is_small:
        return ask(run, "bincount", Question(np.bincount, (array,), {"minlength": minlength}))
    length: Dim = UNFIXED
    if is_dense(array) and array.high is not None and isinstance(minlength, int):
        length = max(int(array.high) + 1, minlength)
    kind = "int64" if weights is None else "float64"
    return array_with(run, Shape((length,)), kind, "bincount", [array])


@models("numpy.union1d", "numpy.intersect1d", "numpy.setdiff1d", "numpy.setxor1d",
        "numpy.trim_zeros")  # fmt: skip
def chosen(run: Interpreter, ar1: Value, ar2: Value = None, *_: Value, **__: Value) -> Value:
    """One axis of unknown length."""
    array = array_of(run, ar1)
    return array_with(run, Shape((UNFIXED,)), array.dtype, "chosen", [array])

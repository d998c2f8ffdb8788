"""What an array tells of itself: shape, rank, size, type."""

from __future__ import annotations

from dataclasses import replace

from flatlint.evaluation.base import Interpreter, attribute, method, models
from flatlint.evaluation.libraries.numpy.arrays import array_with
from flatlint.evaluation.libraries.numpy.element_types import type_named
from flatlint.evaluation.libraries.numpy.question import REFUSALS, said
from flatlint.evaluation.libraries.numpy.reading import array_of
from flatlint.evaluation.libraries.numpy.shaping import reshaped
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import A_SHAPE, Value, shape_value, size_value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import Expression, Shape


@attribute(Array, "shape")
def shape(run: Interpreter, array: Array) -> Value:
    """The sizes as a tuple."""
    if isinstance(array.shape, Unknown):
        return replace(array.shape, what=A_SHAPE)
    return shape_value(array.shape)


@attribute(Array, "ndim")
def ndim(run: Interpreter, array: Array) -> Value:
    """The number of axes."""
    return array.shape.rank if isinstance(array.shape, Shape) else array.shape


@attribute(Array, "size")
def size(run: Interpreter, array: Array) -> Value:
    """The number of elements."""
    if isinstance(array.shape, Unknown):
        return array.shape
    return size_value(array.shape.size)


@attribute(Array, "dtype")
def dtype(run: Interpreter, array: Array) -> Value:
    """The type of the elements, by its name."""
    return array.dtype or run.unknown(WhyUnknown.ARGUMENT, "the type of an array")


@attribute(Array, "itemsize")
def itemsize(run: Interpreter, array: Array) -> Value:
    """The bytes of one element; those of texts are not known."""
    kind = type_named(array.dtype)
    if kind is None or not kind.itemsize:
        return run.unknown(WhyUnknown.ARGUMENT, "the bytes of an element")
    return kind.itemsize


@attribute(Array, "nbytes")
def nbytes(run: Interpreter, array: Array) -> Value:
    """The bytes of all elements."""
    each, count = itemsize(run, array), size(run, array)
    if isinstance(each, int) and isinstance(count, int | Expression):
        return each * count
    return run.unknown(WhyUnknown.ARGUMENT, "the bytes of an array")


@attribute(Array, "flat")
def flat(run: Interpreter, array: Array) -> Value:
    """The elements one by one."""
    return reshaped(run, array, (-1,))


@attribute(Array, "real", "imag")
def part(run: Interpreter, array: Array) -> Value:
    """The real or the imaginary part of each element; of real numbers, themselves or zeros."""
    kind = {"complex128": "float64", "complex64": "float32"}.get(array.dtype or "", array.dtype)
    return array_with(run, array.shape, kind, "real", [array])


@models("numpy.shape")
def shape_function(run: Interpreter, a: Value) -> Value:
    """`np.shape(a)`."""
    return shape(run, array_of(run, a))


@models("numpy.ndim", "numpy.rank")
def ndim_function(run: Interpreter, a: Value) -> Value:
    """`np.ndim(a)`."""
    return ndim(run, array_of(run, a))


@models("numpy.size", "numpy.alen")
def size_function(run: Interpreter, a: Value, axis: Value = None) -> Value:
    """`np.size(a)`, or that of one axis."""
    array = array_of(run, a)
    if axis is None:
        return size(run, array)
    sizes = shape(run, array)
    if isinstance(sizes, tuple) and isinstance(axis, int) and -len(sizes) <= axis < len(sizes):
        return sizes[axis]
    return run.unknown(WhyUnknown.ARGUMENT, "the size of an axis")


@method(Array, "tolist")
def tolist(run: Interpreter, array: Array) -> Value:
    """The elements in nested lists; without values the array stands for its list."""
    return array if array.values is None else _as_lists(run, array.values.tolist())


def _as_lists(run: Interpreter, value: object) -> Value:
    if not isinstance(value, list):
        return value
    return run.allocate(ListObject(tuple(_as_lists(run, part) for part in value)))


@method(Array, "item")
def item(run: Interpreter, array: Array, *index: Value) -> Value:
    """One element as a number."""
    if array.values is not None and all(isinstance(each, int) for each in index):
        try:
            return array.values.item(*index)
        except REFUSALS as refusal:
            return run.unknown(WhyUnknown.REFUSED_BY_NUMPY, said(refusal))
    return array_with(run, Shape(()), array.dtype, "item", [array])

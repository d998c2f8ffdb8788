"""Arrays that a program makes: from its own numbers, filled, counted, copied."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from flatlint.evaluation.base import CONSTANTS, Interpreter, method, models
from flatlint.evaluation.bounds import MAX_VALUES
from flatlint.evaluation.libraries.numpy.arrays import (
    array_with,
    in_library,
    made,
    with_values,
)
from flatlint.evaluation.libraries.numpy.element_types import dtype_of, type_named
from flatlint.evaluation.libraries.numpy.question import REFUSALS, quiet, said
from flatlint.evaluation.libraries.numpy.reading import (
    array_of,
    sizes_of,
)
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Shape

CONSTANTS.update(
    {
        "numpy.pi": math.pi, "numpy.e": math.e, "numpy.euler_gamma": np.euler_gamma,
        "numpy.inf": math.inf, "numpy.Inf": math.inf, "numpy.infty": math.inf,
        "numpy.nan": math.nan, "numpy.NaN": math.nan, "numpy.NAN": math.nan,
        "numpy.newaxis": None,
    }
)  # fmt: skip


@models("numpy.array", "numpy.matrix")
def array(
    run: Interpreter,
    object: Value,
    dtype: Value = None,
    copy: Value = True,
    order: Value = "K",
    subok: Value = False,
    ndmin: Value = 0,
    **_: Value,
) -> Value:
    """An array of the numbers in nested lists, or a copy of an array."""
    result = _copied(run, object, dtype, "array")
    rank = ndmin if isinstance(ndmin, int) else 0
    if isinstance(result.shape, Shape) and result.shape.rank < rank <= 32:
        shape = Shape((1,) * (rank - result.shape.rank) + result.shape.dims)
        values = None if result.values is None else result.values.reshape(shape.dims)
        result = replace(result, shape=shape, values=values)
    return result


@models("numpy.asarray", "numpy.asanyarray", "numpy.ascontiguousarray", "numpy.asfortranarray",
        "numpy.asarray_chkfinite", "numpy.require", "numpy.asmatrix", "numpy.mat")  # fmt: skip
def asarray(run: Interpreter, a: Value, dtype: Value = None, *_: Value, **__: Value) -> Value:
    """An array as it is, anything else as a new one."""
    return _copied(run, a, dtype, "asarray")


@models("numpy.copy")
def copy_function(run: Interpreter, a: Value, order: Value = "K", subok: Value = False) -> Value:
    """`np.copy(a)`."""
    return _copied(run, a, None, "copy")


def _copied(run: Interpreter, value: Value, dtype: Value, what: str) -> Array:
    read = array_of(run, value)
    result = read if dtype is None else typed(run, read, dtype, what)
    # Numbers in nested lists are not an array of their own in the program.
    sources = [read] if isinstance(run.object_at(value), Array) else []
    return replace(result, made=made(run, what, sources), library="numpy")


def typed(run: Interpreter, source: Array, dtype: Value, what: str = "astype") -> Array:
    """The array with elements of another type."""
    name = dtype_of(run, dtype)
    target = type_named(name)
    result = array_with(run, source.shape, name, what, [source])
    if target is None or isinstance(source.shape, Unknown):
        return result
    if source.values is not None:
        try:
            with quiet():
                return with_values(result, source.values.astype(target))
        except REFUSALS as refusal:
            return replace(result, shape=run.unknown(WhyUnknown.REFUSED_BY_NUMPY, said(refusal)))
    if _keeps_bounds(type_named(source.dtype), target, source):
        return replace(result, low=source.low, high=source.high)
    return result


def _keeps_bounds(
    own: np.dtype[np.generic] | None, target: np.dtype[np.generic], source: Array
) -> bool:
    """Whether no element changes by more than rounding: whole numbers that fit, or to floats."""
    if source.low is None or source.high is None or own is None:
        return False
    if target.kind == "f":
        return True
    if target.kind not in "iu" or own.kind not in "iub":
        return False
    room = np.iinfo(target.name)
    return room.min <= source.low and source.high <= room.max


@method(Array, "astype")
def astype(run: Interpreter, source: Array, dtype: Value, *_: Value, **__: Value) -> Value:
    """`a.astype(dtype)`."""
    return in_library(typed(run, source, dtype), [source])


@method(Array, "copy", "conj", "conjugate")
def copy(run: Interpreter, source: Array, order: Value = None) -> Value:
    """The same elements."""
    return replace(source, made=made(run, "copy", [source]))


@method(Array, "view")
def view(run: Interpreter, source: Array, dtype: Value = None, type: Value = None) -> Value:
    """The same elements, or the same bytes as something else."""
    if dtype is None:
        return replace(source, made=made(run, "view", [source]))
    unknown = run.unknown(WhyUnknown.NOT_MODELLED, "a view as another type")
    return array_with(run, unknown, dtype_of(run, dtype), "view", [source])


# --- filled -------------------------------------------------------------------------------------


def filled(
    run: Interpreter, sizes: tuple[Dim, ...] | Unknown, dtype: str | None, what: str, fill: object
) -> Value:
    """An array of that shape, all of whose elements are `fill`; `None` if it holds anything."""
    if isinstance(sizes, Unknown):
        return array_with(run, sizes, dtype, what)
    if any(isinstance(size, int) and size < 0 for size in sizes):
        text = f"negative dimensions are not allowed: {Shape(sizes)}"
        return array_with(run, run.unknown(WhyUnknown.REFUSED_BY_NUMPY, text), dtype, what)
    result = array_with(run, Shape(sizes), dtype, what)
    if not isinstance(fill, int | float):
        return result
    volume = result.shape.size if isinstance(result.shape, Shape) else UNFIXED
    if isinstance(volume, int) and volume <= MAX_VALUES and type_named(dtype) is not None:
        try:
            return with_values(result, np.full(sizes, fill, dtype))  # type: ignore[arg-type]
        except REFUSALS:
            return result
    return replace(result, low=fill, high=fill)


def _maker(name: str, fill: int | None) -> None:
    @models(f"numpy.{name}")
    def make(
        run: Interpreter, shape: Value, dtype: Value = None, order: Value = "C", **_: Value
    ) -> Value:
        kind = "float64" if dtype is None else dtype_of(run, dtype)
        return filled(run, sizes_of(run, shape), kind, name, fill)

    @models(f"numpy.{name}_like")
    def make_like(
        run: Interpreter,
        a: Value,
        dtype: Value = None,
        order: Value = "K",
        subok: Value = True,
        shape: Value = None,
        **_: Value,
    ) -> Value:
        like = array_of(run, a)
        kind = like.dtype if dtype is None else dtype_of(run, dtype)
        return filled(run, _sizes_like(run, like, shape), kind, f"{name}_like", fill)


def _sizes_like(run: Interpreter, like: Array, shape: Value) -> tuple[Dim, ...] | Unknown:
    if shape is not None:
        return sizes_of(run, shape)
    return like.shape if isinstance(like.shape, Unknown) else like.shape.dims


for _name, _fill in (("zeros", 0), ("ones", 1), ("empty", None)):
    _maker(_name, _fill)


@models("numpy.ndarray")
def ndarray(run: Interpreter, shape: Value, dtype: Value = None, *_: Value, **__: Value) -> Value:
    """`np.ndarray(shape)`: an array that holds anything."""
    kind = "float64" if dtype is None else dtype_of(run, dtype)
    return filled(run, sizes_of(run, shape), kind, "ndarray", None)


@models("numpy.full")
def full(
    run: Interpreter, shape: Value, fill_value: Value, dtype: Value = None, order: Value = "C"
) -> Value:
    """An array full of one number."""
    fill = array_of(run, fill_value)
    kind = fill.dtype if dtype is None else dtype_of(run, dtype)
    return filled(run, sizes_of(run, shape), kind, "full", fill_value)


@models("numpy.full_like")
def full_like(
    run: Interpreter,
    a: Value,
    fill_value: Value,
    dtype: Value = None,
    shape: Value = None,
    **_: Value,
) -> Value:
    """An array like another, full of one number."""
    like = array_of(run, a)
    kind = like.dtype if dtype is None else dtype_of(run, dtype)
    return filled(run, _sizes_like(run, like, shape), kind, "full_like", fill_value)


@models("numpy.eye")
def eye(
    run: Interpreter,
    N: Value,  # noqa: N803
    M: Value = None,  # noqa: N803
    k: Value = 0,
    dtype: Value = None,
    order: Value = "C",
) -> Value:
    """Ones on the diagonal."""
    sizes = sizes_of(run, (N, N if M is None else M))
    kind = "float64" if dtype is None else dtype_of(run, dtype)
    result = filled(run, sizes, kind, "eye", None)
    if not isinstance(result, Array) or not isinstance(result.shape, Shape):
        return result
    volume = result.shape.size
    if isinstance(volume, int) and volume <= MAX_VALUES and isinstance(k, int):
        return with_values(result, np.eye(*result.shape.dims, k=k, dtype=type_named(kind)))  # type: ignore[call-overload]
    return replace(result, low=0, high=1)


@models("numpy.identity")
def identity(run: Interpreter, n: Value, dtype: Value = None) -> Value:
    """`np.eye(n)`."""
    return eye(run, n, dtype=dtype)

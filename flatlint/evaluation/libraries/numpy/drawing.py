"""Drawing integers and elements: `randint`, `choice`, `permutation`, `shuffle`, vectors."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import numpy as np

from flatlint.evaluation.base import Arguments, Interpreter, method, models
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.libraries import call_model
from flatlint.evaluation.libraries.numpy.arrays import array_with, bounds_of, without_values
from flatlint.evaluation.libraries.numpy.asking import Bounds
from flatlint.evaluation.libraries.numpy.element_types import dtype_of
from flatlint.evaluation.libraries.numpy.randomness import (
    Generator,
    RandomState,
    also_a_method,
    drawn,
)
from flatlint.evaluation.libraries.numpy.reading import array_of, size_of
from flatlint.evaluation.libraries.numpy.writing import overwrite
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Ref, Value, is_number
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Shape


@models("numpy.random.randint", "numpy.random.random_integers")
def randint(
    run: Interpreter, low: Value, high: Value = None, size: Value = None, dtype: Value = None
) -> Value:
    """Integers from `low` to just below `high`."""
    kind = "int64" if dtype is None else dtype_of(run, dtype)
    return _integers(run, "randint", (low, high, size), kind)


def _integers(
    run: Interpreter, what: str, given: tuple[Value, Value, Value], kind: str | None, end: int = 1
) -> Value:
    low, high, size = given
    first, last = (0, low) if high is None else (low, high)
    if isinstance(first, int) and isinstance(last, int):
        bounds: Bounds = (first, last - end) if last - end >= first else (None, None)
        return drawn(run, what, size, (), kind, bounds)
    # An unknown bound is taken to be one number, as it nearly always is where a size is given.
    parameters = () if size is not None else tuple(each for each in (low, high) if each is not None)
    return drawn(run, what, size, parameters, kind)


@method(RandomState, "randint")
def randint_by(
    run: Interpreter,
    source: Value,
    low: Value,
    high: Value = None,
    size: Value = None,
    dtype: Value = None,
) -> Value:
    """Integers from `low` to just below `high`."""
    return randint(run, low, high, size, dtype)


@method(Generator, "integers")
def integers(
    run: Interpreter,
    source: Value,
    low: Value,
    high: Value = None,
    size: Value = None,
    dtype: Value = None,
    endpoint: Value = False,
) -> Value:
    """Integers from `low` to just below `high`, or to `high`."""
    kind = "int64" if dtype is None else dtype_of(run, dtype)
    return _integers(run, "integers", (low, high, size), kind, 0 if endpoint is True else 1)


# --- of what is there ---------------------------------------------------------------------------


@models("numpy.random.choice")
def choice(
    run: Interpreter, a: Value, size: Value = None, replace: Value = True, p: Value = None
) -> Value:
    """Elements of one axis; numbers below `a` if it is one."""
    chosen_from = array_of(run, a)
    if isinstance(a, int):
        bounds: Bounds = (0, a - 1) if p is None else (None, None)
        return drawn(run, "choice", size, (), "int64", bounds)
    if isinstance(chosen_from.shape, Shape) and chosen_from.shape.rank > 1:
        unknown = run.unknown(WhyUnknown.REFUSED_BY_NUMPY, "a must be 1-dimensional")
        return array_with(run, unknown, chosen_from.dtype, "choice", [chosen_from])
    bounds = _dense_bounds(chosen_from) if p is None else (None, None)
    return drawn(run, "choice", size, (), chosen_from.dtype, bounds)


@method(RandomState, "choice")
def choice_by_state(run: Interpreter, source: Value, *given: Value, **named: Value) -> Value:
    """The function of the same name."""
    return call_model(run, choice, "`.choice`", Arguments(given, named))


@method(Generator, "choice")
def choice_by_generator(
    run: Interpreter,
    source: Value,
    a: Value,
    size: Value = None,
    replace: Value = True,
    p: Value = None,
    axis: Value = 0,
    shuffle: Value = True,
) -> Value:
    """Elements, or rows where there are several axes."""
    chosen_from = array_of(run, a)
    if chosen_from.shape == Shape(()) or (axis == 0 and _is_flat(chosen_from)):
        return choice(run, a, size, replace, p)
    if isinstance(chosen_from.shape, Unknown) or axis != 0:
        unknown = run.unknown(WhyUnknown.ARGUMENT, "what is chosen from")
        return array_with(run, unknown, chosen_from.dtype, "choice", [chosen_from])
    rows = Shape(chosen_from.shape[1:])
    return drawn(run, "choice", size, (), chosen_from.dtype, (None, None), rows)


def _is_flat(array: Array) -> bool:
    return isinstance(array.shape, Shape) and array.shape.rank == 1


def _dense_bounds(array: Array) -> Bounds:
    """The bounds of an array that holds every integer between them."""
    values = array.values
    if values is None or values.dtype.kind not in "iu" or not values.size:
        return None, None
    found = np.unique(values)
    return bounds_of([array]) if found.size == found[-1] - found[0] + 1 else (None, None)


@models("numpy.random.permutation")
def permutation(run: Interpreter, x: Value, axis: Value = 0) -> Value:
    """The elements in another order; those of a range if it is given a number."""
    source = array_of(run, x)
    if isinstance(x, int):
        return drawn(run, "permutation", x, (), "int64", (0, x - 1))
    if source.shape == Shape(()):
        count = size_of(x)
        shape = Shape((UNFIXED if count is None else count,))
        return array_with(run, shape, "int64", "permutation")
    return array_with(run, source.shape, source.dtype, "permutation", [source], bounds_of([source]))


@models("numpy.random.shuffle")
def shuffle(run: Interpreter, x: Value, axis: Value = 0) -> Value:
    """Puts the rows into another order, in place."""
    held = run.object_at(x)
    if isinstance(held, Array):
        shuffled = without_values(held)
        overwrite(run, held, replace(shuffled, low=held.low, high=held.high))
    elif isinstance(held, ListObject) and isinstance(x, Ref) and held.items:
        anyone = reduce(join_values, held.items)
        if all(map(is_number, held.items)):
            anyone = replace(array_of(run, held), shape=Shape(()), values=None)
        run.state.replace(x, replace(held, items=(anyone,) * len(held.items)))
    return None


@models("numpy.random.multivariate_normal")
def multivariate_normal(
    run: Interpreter, mean: Value, cov: Value, size: Value = None, *_: Value, **__: Value
) -> Value:
    """Vectors as long as `mean`."""
    return _vectors(run, "multivariate_normal", mean, size, "float64")


@models("numpy.random.multinomial")
def multinomial(run: Interpreter, n: Value, pvals: Value, size: Value = None) -> Value:
    """How often each of several outcomes came."""
    return _vectors(run, "multinomial", pvals, size, "int64")


@models("numpy.random.dirichlet")
def dirichlet(run: Interpreter, alpha: Value, size: Value = None) -> Value:
    """Shares of a whole."""
    return _vectors(run, "dirichlet", alpha, size, "float64")


def _vectors(run: Interpreter, what: str, pattern: Value, size: Value, dtype: str) -> Value:
    """Vectors as long as another, as many as asked for."""
    like = array_of(run, pattern)
    if isinstance(like.shape, Unknown):
        return array_with(run, like.shape, dtype, what, [like])
    return drawn(run, what, () if size is None else size, dtype=dtype, tail=like.shape)


for _name in ("permutation", "shuffle", "multivariate_normal", "multinomial", "dirichlet"):
    also_a_method(_name, globals()[_name])


@method(Generator, "permuted")
def permuted(run: Interpreter, source: Value, x: Value, axis: Value = None) -> Value:
    """The elements in another order along an axis."""
    return permutation(run, x)

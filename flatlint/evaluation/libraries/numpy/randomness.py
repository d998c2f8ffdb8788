"""Random arrays: `np.random.*`, `RandomState` and `Generator`; only their bounds are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from flatlint.evaluation.base import Arguments, Interpreter, Model, method, models
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.libraries import call_model, takes_arguments
from flatlint.evaluation.libraries.numpy.arrays import (
    array_with,
    bounds_of,
    is_dense,
    without_values,
)
from flatlint.evaluation.libraries.numpy.asking import Bounds
from flatlint.evaluation.libraries.numpy.element_types import dtype_of, kind_of
from flatlint.evaluation.libraries.numpy.operators import broadcast
from flatlint.evaluation.libraries.numpy.reading import array_of, size_of, sizes_of
from flatlint.evaluation.libraries.numpy.writing import overwrite
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Ref, Value, is_number
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Shape


@dataclass(frozen=True)
class Generator:
    """`np.random.default_rng()`."""


@dataclass(frozen=True)
class RandomState:
    """`np.random.RandomState()`, whose methods the functions of `np.random` are."""


@models("numpy.random.RandomState")
def random_state(run: Interpreter, seed: Value = None) -> Value:
    """A source of random numbers of the old kind."""
    return RandomState()


@models("numpy.random.default_rng", "numpy.random.Generator")
def default_rng(run: Interpreter, seed: Value = None) -> Value:
    """A source of random numbers."""
    return Generator()


@models("numpy.random.seed", "numpy.random.set_state", "numpy.random.get_state")
@method(RandomState, "seed", "set_state", "get_state")
def seed(run: Interpreter, *_: Value) -> Value:
    """Changes no shape."""
    return None


@models("numpy.random.PCG64", "numpy.random.MT19937", "numpy.random.SeedSequence")
def bit_generator(run: Interpreter, *_: Value) -> Value:
    """What a generator may be made from."""
    return None


def drawn(
    run: Interpreter,
    what: str,
    size: Value,
    parameters: Sequence[Value] = (),
    dtype: str | None = "float64",
    bounds: Bounds = (None, None),
    tail: Shape | None = None,
) -> Value:
    """An array of random numbers: of the size asked for, or that of the parameters."""
    operands = [array_of(run, parameter) for parameter in parameters]
    shape: Shape | Unknown
    if size is None:
        shape = broadcast(run, operands) if operands else Shape(())
    else:
        sizes = sizes_of(run, size)
        shape = sizes if isinstance(sizes, Unknown) else Shape(sizes)
    if tail is not None and isinstance(shape, Shape):
        shape = Shape((*shape, *tail))
    if isinstance(shape, Shape) and any(isinstance(d, int) and d < 0 for d in shape):
        shape = run.unknown(WhyUnknown.REFUSED_BY_NUMPY, "negative dimensions are not allowed")
    array = array_with(run, shape, dtype, what, bounds=bounds)
    is_integer = bounds != (None, None) and kind_of(dtype) in ("i", "u")
    return without_bounds_unless_dense(array) if is_integer else array


def without_bounds_unless_dense(array: Array) -> Array:
    """Few random integers need not reach the bounds that they are drawn between."""
    return array if is_dense(array) else replace(array, low=None, high=None)


# The legacy functions, the methods of `RandomState`, those of `Generator`: each name with its
# parameters before `size`, with their defaults.
FLOATS: dict[str, tuple[object, ...]] = {
    "uniform": (0.0, 1.0), "normal": (0.0, 1.0), "lognormal": (0.0, 1.0), "laplace": (0.0, 1.0),
    "logistic": (0.0, 1.0), "gumbel": (0.0, 1.0), "exponential": (1.0,), "rayleigh": (1.0,),
    "beta": (None, None), "gamma": (None, 1.0), "standard_gamma": (None,), "chisquare": (None,),
    "pareto": (None,), "weibull": (None,), "power": (None,), "standard_t": (None,),
    "triangular": (None, None, None), "vonmises": (None, None), "wald": (None, None),
    "f": (None, None), "standard_exponential": (), "standard_cauchy": (),
    "noncentral_chisquare": (None, None), "noncentral_f": (None, None, None),
}  # fmt: skip
INTEGERS: dict[str, tuple[object, ...]] = {
    "poisson": (1.0,), "binomial": (None, None), "geometric": (None,), "logseries": (None,),
    "negative_binomial": (None, None), "zipf": (None,), "hypergeometric": (None, None, None),
}  # fmt: skip
_NAMED = {"uniform": ("low", "high"), "normal": ("loc", "scale"), "binomial": ("n", "p"),
          "poisson": ("lam",), "exponential": ("scale",), "lognormal": ("mean", "sigma"),
          "laplace": ("loc", "scale"), "beta": ("a", "b"), "gamma": ("shape", "scale"),
          "geometric": ("p",)}  # fmt: skip


def _distribution(name: str, defaults: tuple[object, ...], dtype: str) -> None:
    @models(f"numpy.random.{name}")
    def draw(run: Interpreter, *given: Value, size: Value = None, **named: Value) -> Value:
        parameters = [*given[: len(defaults)], *defaults[len(given) :]]
        for position, parameter in enumerate(_NAMED.get(name, ())):
            if parameter in named:
                parameters[position] = named[parameter]
        if len(given) > len(defaults):
            size = given[len(defaults)]
        bounds = _ends(parameters) if name == "uniform" else (None, None)
        return drawn(run, name, size, parameters, dtype, bounds)

    _also_a_method(name, draw)


def _also_a_method(name: str, draw: Model) -> None:
    @method(RandomState, name)
    @method(Generator, name)
    @takes_arguments
    def draw_by(run: Interpreter, arguments: Arguments) -> Value:
        given = replace(arguments, positional=arguments.positional[1:])
        return call_model(run, draw, f"`.{name}`", given)


def _ends(parameters: Sequence[Value]) -> Bounds:
    low, high = parameters[:2]
    if isinstance(low, int | float) and isinstance(high, int | float):
        return low, high
    return None, None


for _name, _defaults in FLOATS.items():
    _distribution(_name, _defaults, "float64")
for _name, _defaults in INTEGERS.items():
    _distribution(_name, _defaults, "int64")


def _on_dimensions(name: str, bounds: Bounds) -> None:
    @models(f"numpy.random.{name}")
    def draw(run: Interpreter, *sizes: Value) -> Value:
        return drawn(run, name, sizes, bounds=bounds)

    @method(RandomState, name)
    def draw_by(run: Interpreter, source: Value, *sizes: Value) -> Value:
        return drawn(run, name, sizes, bounds=bounds)


_on_dimensions("rand", (0.0, 1.0))
_on_dimensions("randn", (None, None))


@models("numpy.random.random", "numpy.random.random_sample", "numpy.random.ranf",
        "numpy.random.sample")  # fmt: skip
def random(run: Interpreter, size: Value = None) -> Value:
    """Numbers from 0 up to 1."""
    return drawn(run, "random", size, bounds=(0.0, 1.0))


@method(RandomState, "random", "random_sample")
@method(Generator, "random")
def random_by(
    run: Interpreter, source: Value, size: Value = None, dtype: Value = None, out: Value = None
) -> Value:
    """Numbers from 0 up to 1."""
    kind = "float64" if dtype is None else dtype_of(run, dtype)
    return drawn(run, "random", size, dtype=kind, bounds=(0.0, 1.0))


@models("numpy.random.standard_normal")
def standard_normal(run: Interpreter, size: Value = None) -> Value:
    """Numbers around 0."""
    return drawn(run, "standard_normal", size)


@method(RandomState, "standard_normal")
@method(Generator, "standard_normal")
def standard_normal_by(
    run: Interpreter, source: Value, size: Value = None, dtype: Value = None, out: Value = None
) -> Value:
    """Numbers around 0."""
    kind = "float64" if dtype is None else dtype_of(run, dtype)
    return drawn(run, "standard_normal", size, dtype=kind)


# --- integers -----------------------------------------------------------------------------------


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
    centre = array_of(run, mean)
    tail = centre.shape if isinstance(centre.shape, Shape) else None
    if tail is None:
        return array_with(run, centre.shape, "float64", "multivariate_normal", [centre])
    return drawn(run, "multivariate_normal", () if size is None else size, tail=tail)


@models("numpy.random.multinomial", "numpy.random.dirichlet")
def multinomial(run: Interpreter, *given: Value, **named: Value) -> Value:
    """Left unknown, as rare as it is."""
    return array_with(run, run.unknown(WhyUnknown.NOT_MODELLED, "this distribution"), None, "drawn")


for _name in ("permutation", "shuffle", "multivariate_normal", "multinomial"):
    _also_a_method(_name, globals()[_name])


@method(Generator, "permuted")
def permuted(run: Interpreter, source: Value, x: Value, axis: Value = None) -> Value:
    """The elements in another order along an axis."""
    return permutation(run, x)

"""Random arrays: `np.random.*`, `RandomState` and `Generator`; only their bounds are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flatlint.evaluation.base import Arguments, Interpreter, Model, method, models
from flatlint.evaluation.libraries import call_model, takes_arguments
from flatlint.evaluation.libraries.numpy.arrays import array_with, is_dense
from flatlint.evaluation.libraries.numpy.asking import Bounds
from flatlint.evaluation.libraries.numpy.element_types import dtype_of, kind_of
from flatlint.evaluation.libraries.numpy.operators import broadcast
from flatlint.evaluation.libraries.numpy.reading import array_of, sizes_of
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import Shape


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

    also_a_method(name, draw)


def also_a_method(name: str, draw: Model) -> None:
    """Model a function of `np.random` as a method of both sources of random numbers, too."""

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

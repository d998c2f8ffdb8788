"""keras-tuner: hyperparameters, which stand for a size by the name that the search has for it."""

from __future__ import annotations

from dataclasses import dataclass

from flatlint.evaluation.base import Interpreter, method, models
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.values import NUMBERS, Value
from flatlint.graph import WhyUnknown
from flatlint.shapes import symbol, symbol_between


@dataclass(frozen=True)
class HyperParameters:
    """The `hp` that a function is handed which builds a model."""


@models("keras_tuner.HyperParameters", "kerastuner.HyperParameters",
        "keras_tuner.engine.hyperparameters.HyperParameters",
        "kerastuner.engine.hyperparameters.HyperParameters")  # fmt: skip
def hyper_parameters(run: Interpreter) -> Value:
    """An empty search space."""
    return HyperParameters()


def _size(run: Interpreter, name: Value, least: Value, largest: Value) -> Value:
    if isinstance(name, str) and name and not run.open_rounds:
        # The search has one value for a name, wherever it is asked for.
        if isinstance(least, int) and isinstance(largest, int):
            return symbol_between(name, least, largest)
        return symbol(name)
    return run.unknown(WhyUnknown.FROM_OUTSIDE, NUMBERS[0])


@method(HyperParameters, "Int")
def integer(
    run: Interpreter,
    hp: Value,
    name: Value,
    min_value: Value = None,
    max_value: Value = None,
    *_: Value,
    **__: Value,
) -> Value:
    """A whole number between two bounds."""
    if isinstance(min_value, int) and min_value == max_value:
        return min_value
    return _size(run, name, min_value, max_value)


@method(HyperParameters, "Choice")
def choice(
    run: Interpreter, hp: Value, name: Value, values: Value = (), *_: Value, **__: Value
) -> Value:
    """One of some numbers or words."""
    items, rest = elements(run, values)
    if rest is None and len(items) == 1:
        return items[0]
    numbers = [item for item in items if isinstance(item, int) and not isinstance(item, bool)]
    if rest is None and numbers and len(numbers) == len(items):
        return _size(run, name, min(numbers), max(numbers))
    return run.unknown(WhyUnknown.FROM_OUTSIDE, f"the hyperparameter `{name}`")


@method(HyperParameters, "Float", "Boolean", "get")
def other(run: Interpreter, hp: Value, name: Value, *_: Value, **__: Value) -> Value:
    """A fraction, or a switch."""
    return run.unknown(WhyUnknown.FROM_OUTSIDE, f"the hyperparameter `{name}`")


@method(HyperParameters, "Fixed")
def fixed(run: Interpreter, hp: Value, name: Value, value: Value, *_: Value, **__: Value) -> Value:
    """A value that the search leaves alone."""
    return value


@method(HyperParameters, "conditional_scope", "name_scope")
def scope(run: Interpreter, hp: Value, *_: Value, **__: Value) -> Value:
    """What is asked for only sometimes."""
    return run.unknown(WhyUnknown.NOT_MODELLED, "a scope")

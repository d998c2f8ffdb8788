"""The `math` module."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import reduce

from flatlint.evaluation.arithmetic import binary
from flatlint.evaluation.base import CONSTANTS, Interpreter, models
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.values import NUMBERS, Value, is_number
from flatlint.graph import Unknown, WhyUnknown

CONSTANTS.update({"math.pi": math.pi, "math.e": math.e, "math.inf": math.inf, "math.tau": math.tau})

FUNCTIONS = ("ceil", "floor", "sqrt", "log", "log2", "log10", "exp", "pow", "trunc", "fabs",
             "sin", "cos", "tan", "gcd", "lcm", "hypot", "isqrt", "log1p")  # fmt: skip


def _model(name: str, function: Callable[..., float]) -> None:
    @models(f"math.{name}")
    def evaluate(run: Interpreter, *numbers: Value) -> Value:
        for number in numbers:
            if isinstance(number, Unknown):
                return number
        if all(map(is_number, numbers)):
            try:
                return function(*numbers)
            except (ArithmeticError, TypeError, ValueError):
                pass
        return run.unknown(WhyUnknown.ARGUMENT, f"math.{name}")


for _name in FUNCTIONS:
    _model(_name, getattr(math, _name))


@models("math.prod")
def prod(run: Interpreter, values: Value, *, start: Value = 1) -> Value:
    """All elements multiplied."""
    items, rest = elements(run, values)
    if rest is not None:
        return run.unknown(WhyUnknown.ARGUMENT, NUMBERS[0])
    return reduce(lambda total, item: binary(run, "*", total, item, run.here.node), items, start)

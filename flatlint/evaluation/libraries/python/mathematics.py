"""The `math` module."""

from __future__ import annotations

import math
from collections.abc import Callable

from flatlint.evaluation.base import CONSTANTS, Interpreter, models
from flatlint.evaluation.values import Value, is_number
from flatlint.graph import Unknown, WhyUnknown

CONSTANTS.update({"math.pi": math.pi, "math.e": math.e, "math.inf": math.inf})

FUNCTIONS = ("ceil", "floor", "sqrt", "log", "log2", "log10", "exp", "pow", "trunc", "fabs",
             "sin", "cos", "tan", "gcd", "hypot", "isqrt")  # fmt: skip


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

"""Names of layers as Keras numbers them."""

from __future__ import annotations

import re

from flatlint.catalogue.eras import Era
from flatlint.evaluation.base import Interpreter

_WORD = re.compile(r"(.)([A-Z][a-z0-9]+)")
_CAPITAL = re.compile(r"([a-z])([A-Z])")

# Counters live in the state like variables, so that a branch taken back gives its names back.
_COUNTERS = -1


def snake_case(class_name: str) -> str:
    """`MaxPooling2D` -> `max_pooling2d`, as `to_snake_case` of keras/src/utils/naming.py."""
    return _CAPITAL.sub(r"\1_\2", _WORD.sub(r"\1_\2", class_name)).lower()


def next_name(run: Interpreter, class_name: str) -> str:
    """The name of the next layer of a class: `dense`, `dense_1`; an input's as its era has it."""
    newest = run.eras[-1]
    base = snake_case(class_name)
    starts_at_one = newest is Era.KERAS_1
    if class_name == "InputLayer" and newest is not Era.KERAS_3:
        base, starts_at_one = "input", True
    if class_name == "Functional" and newest is not Era.KERAS_3:
        base = "model"
    counted = run.state.variables.get((_COUNTERS, base), 0)
    # Branches that made different numbers of layers leave no number.
    count = counted if isinstance(counted, int) else 0
    run.state.set_variable((_COUNTERS, base), count + 1)
    if starts_at_one:
        return f"{base}_{count + 1}"
    return f"{base}_{count}" if count else base

"""Values that many layers share: activations, initializers, regularizers, constraints."""

from __future__ import annotations

from typing import Any

from tests.oracle.options import Source

ACTIVATIONS = [
    "relu",
    "softmax",
    None,
    "linear",
    "tanh",
    Source("keras.activations.sigmoid"),
    Source("layers.LeakyReLU()"),
    Source("lambda t: t"),
]
WRONG_ACTIVATIONS = ["rellu", 3, "LeakyReLU", "Relu"]
INITIALIZERS = ["he_normal", "zeros", Source("keras.initializers.Constant(0.1)"), "ones"]
WRONG_INITIALIZERS = ["he_norml", 3]
REGULARIZERS = ["l2", Source("keras.regularizers.l2(0.01)"), None]
WRONG_REGULARIZERS = ["l3", 0.01]
CONSTRAINTS = [Source("keras.constraints.MaxNorm(2)"), "non_neg", None]
WRONG_CONSTRAINTS = ["nonneg", 2]
FLAGS = [True, False]


def neutral(*weights: str, activity: bool = True) -> dict[str, list[Any]]:
    """Initializers, regularizers, constraints of the named weights (`kernel`, `bias` …)."""
    values: dict[str, list[Any]] = {}
    for weight in weights:
        values[f"{weight}_initializer"] = INITIALIZERS
        values[f"{weight}_regularizer"] = REGULARIZERS
        values[f"{weight}_constraint"] = CONSTRAINTS
    if activity:
        values["activity_regularizer"] = REGULARIZERS
    return values


def wrong_neutral(weight: str) -> dict[str, list[Any]]:
    """Misspelled or mistyped initializers, regularizers and constraints of one weight."""
    return {
        f"{weight}_initializer": WRONG_INITIALIZERS,
        f"{weight}_regularizer": WRONG_REGULARIZERS,
        f"{weight}_constraint": WRONG_CONSTRAINTS,
    }

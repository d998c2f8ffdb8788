"""Weights of classes and samples, balanced by how often each class occurs."""

from __future__ import annotations

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.libraries.numpy.arrays import array_with
from flatlint.evaluation.libraries.numpy.reading import array_of
from flatlint.evaluation.values import Value
from flatlint.graph import Unknown
from flatlint.shapes import Shape

HOMES = ("sklearn.utils.class_weight", "sklearn.utils")


def _weights(name: str, counted: str) -> None:
    @models(*(f"{home}.{name}" for home in HOMES))
    def weigh(run: Interpreter, class_weight: Value, *rest: Value, **named: Value) -> Value:
        first = rest[0] if rest else named.get(counted)
        given = array_of(run, first)
        shape: Shape | Unknown = given.shape
        if isinstance(shape, Shape):
            shape = Shape(shape[:1])
        return array_with(run, shape, "float64", name, [given])


_weights("compute_class_weight", "classes")
_weights("compute_sample_weight", "y")

"""Expressions: one module for each kind; importing this package registers them all."""

from flatlint.evaluation.expressions import (
    collections,
    comprehensions,
    literals,
    names,
    operators,
    subscripts,
)

__all__ = ["collections", "comprehensions", "literals", "names", "operators", "subscripts"]

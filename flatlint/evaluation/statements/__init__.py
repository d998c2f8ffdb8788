"""Statements: one module for each kind; importing this package registers them all."""

from flatlint.evaluation.statements import (
    assignments,
    branches,
    definitions,
    gaps,
    imports,
    loops,
    simple,
)
from flatlint.evaluation.statements.assignments import assign
from flatlint.evaluation.statements.gaps import fall_into

__all__ = [
    "assign",
    "assignments",
    "branches",
    "definitions",
    "fall_into",
    "gaps",
    "imports",
    "loops",
    "simple",
]

"""Statements: one module for each kind; importing this package registers them all."""

from flatlint.evaluation.statements import (
    assignments,
    branches,
    definitions,
    imports,
    loops,
    simple,
)
from flatlint.evaluation.statements.assignments import assign

__all__ = ["assign", "assignments", "branches", "definitions", "imports", "loops", "simple"]

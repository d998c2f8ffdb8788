"""What every reader of results shares: diagnostics, their severity, their fixes."""

from flatlint.diagnostics.diagnostic import Diagnostic, Note, Place, Severity, ShapeTrace, TrailStep
from flatlint.diagnostics.fix import Applicability, Edit, Fix

__all__ = [
    "Applicability",
    "Diagnostic",
    "Edit",
    "Fix",
    "Note",
    "Place",
    "Severity",
    "ShapeTrace",
    "TrailStep",
]

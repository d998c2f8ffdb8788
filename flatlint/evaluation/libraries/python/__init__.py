"""Python's builtins and the parts of the standard library that model code uses."""

from flatlint.evaluation.libraries.python import (
    chance,
    containers,
    functions,
    mathematics,
    text,
    versions,
)

__all__ = ["chance", "containers", "functions", "mathematics", "text", "versions"]

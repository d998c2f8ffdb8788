"""Python's builtins and the parts of the standard library that model code uses."""

from flatlint.evaluation.libraries.python import (
    chance,
    containers,
    dicts,
    folding,
    functions,
    iterators,
    lists,
    mathematics,
    text,
    versions,
)

__all__ = [
    "chance",
    "containers",
    "dicts",
    "folding",
    "functions",
    "iterators",
    "lists",
    "mathematics",
    "text",
    "versions",
]

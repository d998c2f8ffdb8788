"""Modules: which imports lead to another file of the project, each evaluated once."""

from __future__ import annotations

from typing import Protocol

from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.values import Value
from flatlint.parsing.parsed_source import ParsedSource


class ModuleLoader(Protocol):
    """Finds the source of a module of the project."""

    def load(self, run: Interpreter, name: str) -> Value | None:
        """The module by its absolute name, or `None` if it is not part of the project."""
        ...


class NoProject:
    """The loader of a text that stands alone."""

    def load(self, run: Interpreter, name: str) -> Value | None:
        """There are no other files."""
        return None


__all__ = ["ModuleLoader", "NoProject", "ParsedSource"]

"""Where the calls of a program stand in its syntax: what encloses them, what they read."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.real_programs.reading import Source

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class CallIndex:
    """Calls by the place where they start and where they end, and the parent of every node."""

    def __init__(self, source: Source) -> None:
        self.parent: dict[ast.AST, ast.AST] = {}
        self.ending_at: dict[tuple[int, int], ast.Call] = {}
        """By flat line and byte column of the end, as a code object tells it."""
        self.starting_at: dict[tuple[int, int], list[ast.Call]] = {}
        """By flat line and column from 1, in characters."""
        self._lines = source.text.split("\n")
        for statement in source.statements:
            for node in ast.walk(statement):
                self.parent.update((child, node) for child in ast.iter_child_nodes(node))
                if isinstance(node, ast.Call):
                    self._enter(node)

    def _enter(self, call: ast.Call) -> None:
        assert call.end_lineno is not None
        assert call.end_col_offset is not None
        self.ending_at[call.end_lineno, call.end_col_offset] = call
        start = call.lineno, self.column(call.lineno, call.col_offset)
        self.starting_at.setdefault(start, []).append(call)

    def column(self, line: int, offset: int) -> int:
        """The column from 1, in characters, of a byte offset from 0."""
        text = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        return len(text.encode()[:offset].decode("utf-8", "ignore")) + 1

    def constructor(self, line: int, column: int) -> ast.Call | None:
        """The innermost call that starts there: `Dense(3)` of `Dense(3)(x)`."""
        found = self.starting_at.get((line, column), [])
        return min(found, key=lambda c: (c.end_lineno or 0, c.end_col_offset or 0), default=None)

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """What encloses a node, from the inside out."""
        while (parent := self.parent.get(node)) is not None:
            yield parent
            node = parent

    def function(self, node: ast.AST) -> ast.AST | None:
        """The innermost function or lambda around a node."""
        return next((outer for outer in self.around(node) if isinstance(outer, FUNCTIONS)), None)


def names_read(node: ast.AST) -> set[str]:
    """Every name that is loaded somewhere below."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def names_stored(node: ast.AST) -> set[str]:
    """Every name that is assigned somewhere below."""
    stores = (n for n in ast.walk(node) if isinstance(n, ast.Name))
    return {n.id for n in stores if isinstance(n.ctx, ast.Store)}


def called_name(call: ast.Call) -> str:
    """The last word of what is called: `add` of `model.add(…)`; empty if it has none."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""

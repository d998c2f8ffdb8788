"""A program as statements: scripts as they stand, notebooks as the run of their code cells."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WHOLE_CELL_MAGIC = re.compile(r"^\s*%%(?!time\b|timeit\b|capture\b|prun\b)")
_LINE_MAGIC = re.compile(r"^\s*(?:[%!?]|[\w., ]+=\s*[!%])|^\s*[\w.]+\?{1,2}\s*$")
_PRINT = re.compile(
    r"^([ \t]*|.*?:[ \t]+)print[ \t]+(>>[ \t]*[\w.]+,)?([^(=\n].*?)([ \t]*(?:#.*)?)$", re.M
)
_CAUGHT = re.compile(r"^([ \t]*)except[ \t]+([\w., ()]+?),[ \t]*(\w+):", re.M)
_OCTAL = re.compile(r"(?<![\w.])0([0-7]+)(?![\w.])")


@dataclass
class Source:
    """The text of a program, flat; `cells` says for each flat line which cell and line it was."""

    path: Path
    text: str
    statements: list[ast.stmt] = field(default_factory=list)
    cells: list[tuple[int, int]] | None = None
    unparsed: list[tuple[int, str]] = field(default_factory=list)
    """Flat line and message of what is no Python."""

    def place(self, line: int) -> tuple[int | None, int]:
        """Cell and line within it of a flat line; cell None in a script."""
        if self.cells is None or not 0 < line <= len(self.cells):
            return None, line
        return self.cells[line - 1]

    def flat_line(self, cell: int | None, line: int) -> int:
        """The flat line of a line in a cell; 0 if there is none."""
        if self.cells is None or cell is None:
            return line
        return self.cells.index((cell, line)) + 1 if (cell, line) in self.cells else 0

    def top_level(self) -> Iterator[ast.stmt]:
        """The statements to run, those under `if __name__ == …` as if they stood alone."""
        yield from _unguarded(self.statements)


def read_source(path: Path) -> Source:
    """Read a script or a notebook.

    Raises ValueError: the notebook is no JSON of a notebook. OSError: it cannot be read.
    """
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if path.suffix == ".ipynb":
        return _read_notebook(path, json.loads(text))
    source = Source(path, text)
    _parse_into(source, text, 0)
    return source


def _read_notebook(path: Path, notebook: dict[str, Any]) -> Source:
    lines: list[str] = []
    cells: list[tuple[int, int]] = []
    source = Source(path, "", cells=cells)
    for number, cell in enumerate(_cells(notebook), 1):
        if cell.get("cell_type") != "code":
            continue
        raw = cell.get("source", cell.get("input", ""))
        text = masked("".join(raw))
        _parse_into(source, text, len(lines))
        cell_lines = text.split("\n")
        cells += [(number, line) for line in range(1, len(cell_lines) + 1)]
        lines += cell_lines
    source.text = "\n".join(lines)
    return source


def _cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """The cells of a notebook of format 4, or of the older one with worksheets."""
    if "cells" in notebook:
        return list(notebook["cells"])
    return [cell for sheet in notebook.get("worksheets", []) for cell in sheet.get("cells", [])]


def _parse_into(source: Source, text: str, offset: int) -> None:
    try:
        tree = ast.parse(text if _parses(text) else without_python2(text))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        source.unparsed.append((offset + line, f"{type(error).__name__}: {error}"))
        return
    ast.increment_lineno(tree, offset)
    source.statements += tree.body


def without_python2(text: str) -> str:
    """Old statements as Python 3 has them; every line stays where it is."""
    text = _PRINT.sub(_printed, text)
    text = _CAUGHT.sub(r"\1except \2 as \3:", text)
    return _OCTAL.sub(r"0o\1", text)


def _printed(found: re.Match[str]) -> str:
    indent, _, values, end = found.groups()
    comma = ", end=' '" if values.rstrip().endswith(",") else ""
    return f"{indent}print({values.rstrip().rstrip(',')}{comma}){end}"


def masked(cell: str) -> str:
    """A cell with its magics and shell lines taken out, line by line."""
    lines = cell.split("\n")
    first = next((line for line in lines if line.strip()), "")
    if _WHOLE_CELL_MAGIC.match(first):
        return "\n".join("" for _ in lines)
    if _parses(cell):  # `x = y % z` looks like a magic and is none
        return cell
    return "\n".join(_without_magic(line) for line in lines)


def _without_magic(line: str) -> str:
    if not _LINE_MAGIC.match(line):
        return line
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}pass" if indent else ""


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def _unguarded(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in statements:
        if _is_main_guard(statement):
            assert isinstance(statement, ast.If)
            yield from _unguarded(statement.body)
        else:
            yield statement


def _is_main_guard(statement: ast.stmt) -> bool:
    match statement:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
    return False

"""A notebook's code cells as one text, and changed cells back into the notebook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from flatlint.sources.json_spans import JsonValue, located_cells
from flatlint.sources.magics import mask_magics
from flatlint.sources.source_file import Cell, MaskedLine, SourceFile
from flatlint.sources.unreadable import UnreadableSource

_FIRST_CODE = re.compile(r"^([ \t]*)[^#\s]", re.MULTILINE)
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class _CodeCell:
    """A code cell as the notebook has it: its number among all cells, from 1, and its text."""

    number: int
    text: str


def read_notebook(data: bytes, path: Path | None, name: str) -> SourceFile:
    """All Python cells of a notebook, in order, as one text. Raises UnreadableSource.

    A line of its own that names the cell stands before each: by it the text can be taken apart
    again after it was changed, and no suppression reaches over from one cell to the next.
    """
    cells = list(_code_cells(_loaded(data)))
    separator = _separator_for(cells)
    parts: list[str] = []
    located: list[Cell] = []
    masked: list[MaskedLine] = []
    offset = 0
    for cell in cells:
        python = mask_magics(cell.text)
        if python is None:
            continue
        heading = f"{_opening(python.text)}{separator}{cell.number}\n"
        start = offset + len(heading)
        located.append(Cell(cell.number, start, start + len(python.text)))
        masked += _masked_lines(cell.text, python.masked_rows, start)
        parts += [heading, python.text, "\n"]
        offset = start + len(python.text) + 1
    return SourceFile(path, name, "".join(parts), tuple(located), tuple(masked), separator)


def write_notebook(original: bytes, source: SourceFile, new_text: str) -> bytes:
    """The notebook with `new_text` in its cells, every byte outside of changed cells as it was.

    Raises UnreadableSource when `new_text` has lost a line that parts two cells, or changed a
    line that is no Python.
    """
    document = _decoded(original)
    new_cells = _split(new_text, source)
    edits: list[tuple[JsonValue, str]] = []
    for number, value in enumerate(located_cells(document), start=1):
        if value is None or number not in new_cells:
            continue
        old_text = _joined(value.value)
        cell = next(cell for cell in source.cells if cell.number == number)
        if new_cells[number] != source.text[cell.start : cell.end]:
            restored = _restored(old_text, cell, source, new_cells[number])
            edits.append((value, _as_json(document, value, restored)))
    for value, literal in reversed(edits):
        document = document[: value.start] + literal + document[value.end :]
    return document.encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableSource("is no notebook: it is not UTF-8") from error


def _loaded(data: bytes) -> dict[str, Any]:
    try:
        notebook = json.loads(_decoded(data).removeprefix(_BYTE_ORDER_MARK))
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableSource(f"is no notebook: it is not JSON{where}") from error
    if not isinstance(notebook, dict) or not ("cells" in notebook or "worksheets" in notebook):
        raise UnreadableSource("is no notebook: it has no cells")
    return notebook


def _all_cells(notebook: dict[str, Any]) -> Iterator[Any]:
    """The cells of every sheet: format 3 keeps them in worksheets, format 4 directly."""
    sheets = [notebook, *_list(notebook.get("worksheets"))]
    for sheet in sheets:
        if isinstance(sheet, dict):
            yield from _list(sheet.get("cells"))


def _code_cells(notebook: dict[str, Any]) -> Iterator[_CodeCell]:
    for number, cell in enumerate(_all_cells(notebook), start=1):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            yield _CodeCell(number, _joined(cell.get("source", cell.get("input", ""))))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _joined(source: object) -> str:
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def _separator_for(cells: list[_CodeCell]) -> str:
    """A comment that no cell contains."""
    separator = "# [cell] "
    while any(separator in cell.text for cell in cells):
        separator = separator.replace("[cell]", "[cell-]").replace("-]", "--]")
    return separator


def _opening(text: str) -> str:
    """What makes a block of a cell that is indented as a whole, which IPython dedents."""
    first = _FIRST_CODE.search(text)
    return "if 1:" if first and first[1] else ""


def _masked_lines(text: str, rows: tuple[int, ...], start: int) -> Iterator[MaskedLine]:
    offset = start
    for row, line in enumerate(text.split("\n")):
        if row in rows:
            yield MaskedLine(offset, line)
        offset += len(line) + 1


def _split(new_text: str, source: SourceFile) -> dict[int, str]:
    """The new text of each cell, by the cell's number."""
    heading = re.compile(rf"^(?:if 1:)?{re.escape(source.separator)}(\d+)\n", re.MULTILINE)
    parts = heading.split(new_text)
    numbers = [int(number) for number in parts[1::2]]
    if parts[0] or numbers != [cell.number for cell in source.cells]:
        raise UnreadableSource("cannot be written: the changed text has other cells")
    return {
        number: text.removesuffix("\n") for number, text in zip(numbers, parts[2::2], strict=True)
    }


def _restored(old_text: str, cell: Cell, source: SourceFile, new_text: str) -> str:
    """The new text with IPython's lines as they were, found again by comparing line by line."""
    originals = {
        source.row_of(line.offset) - source.row_of(cell.start): line.original
        for line in source.masked_lines
        if cell.start <= line.offset <= cell.end
    }
    old = source.text[cell.start : cell.end].split("\n")
    new = new_text.split("\n")
    found = set()
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            if block.a + step in originals:
                new[block.b + step] = originals[block.a + step]
                found.add(block.a + step)
    if found != originals.keys():
        raise UnreadableSource("cannot be written: a line that is no Python was changed")
    return "\n".join(new)


def _as_json(document: str, value: JsonValue, text: str) -> str:
    """The text as JSON in the form that the cell had: one string, or a list of lines."""
    is_ascii = document.isascii() and bool(re.search(r"\\u[0-9a-f]{4}", document))
    if not isinstance(value.value, list):
        return json.dumps(text, ensure_ascii=is_ascii)
    known = {item.value: document[item.start : item.end] for item in value.items}
    lines = [
        known.get(line) or json.dumps(line, ensure_ascii=is_ascii)
        for line in text.splitlines(keepends=True)
    ]
    if not value.items:
        return "[" + ", ".join(lines) + "]"
    before = document[value.start + 1 : value.items[0].start]
    after = document[value.items[-1].end : value.end - 1]
    between = "," + (before if "\n" in before else " ")
    if len(value.items) > 1:
        between = document[value.items[0].end : value.items[1].start]
    return "[" + before + between.join(lines) + after + "]"

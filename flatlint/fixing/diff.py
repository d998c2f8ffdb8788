"""What a fix changes, as a unified diff; in a notebook a diff a cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import unified_diff

from flatlint.sources.source_file import SourceFile

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def diff(old: SourceFile, new: SourceFile, shown_path: str) -> str:
    """The unified diff of two states of a source, empty where they are the same."""
    if not old.is_notebook:
        return "".join(_unified(old.text, new.text, shown_path))
    texts = {cell.number: _cell_text(new, cell.start, cell.end) for cell in new.cells}
    return "".join(
        line
        for cell in old.cells
        for line in _unified(
            _cell_text(old, cell.start, cell.end) + "\n",
            texts.get(cell.number, "") + "\n",
            f"{shown_path}:cell {cell.number}",
        )
    )


def _cell_text(source: SourceFile, start: int, end: int) -> str:
    """A cell as the reader has it, with IPython's own lines in place of what masks them."""
    text = source.text[start:end]
    for line in reversed(source.masked_lines):
        if start <= line.offset <= end:
            at = line.offset - start
            text = text[:at] + line.original + text[at + len(line.original) :]
    return text


def _unified(old: str, new: str, name: str) -> Iterator[str]:
    for line in unified_diff(_LINES.findall(old), _LINES.findall(new), name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def coloured(text: str, added: Callable[[str], str], removed: Callable[[str], str]) -> str:
    """The diff with its changed lines painted."""
    return "".join(
        added(line) if line[0] == "+" else removed(line) if line[0] == "-" else line
        for line in text.splitlines(keepends=True)
    )

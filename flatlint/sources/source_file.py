"""One text to be checked, with the way back from an offset to what a reader sees."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

# Python's line ends, and no other: str.splitlines would also break at \x0b, \x0c and U+2028.
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, order=True)
class Position:
    """A place as a reader counts it: from 1, columns in code points, rows within the cell."""

    row: int
    column: int
    cell: int | None = None


@dataclass(frozen=True)
class Cell:
    """A code cell of a notebook: its number among all cells, and its offsets into the text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class MaskedLine:
    """A line of a notebook that is no Python, and stands masked in the text."""

    offset: int
    original: str


@dataclass(frozen=True)
class SourceFile:
    """The text of one file, notebook or stdin, exactly as it is stored.

    Line ends are kept as they are, a byte order mark is not part of `text`.
    """

    path: Path | None
    name: str
    text: str
    cells: tuple[Cell, ...] = ()
    masked_lines: tuple[MaskedLine, ...] = ()
    separator: str = ""
    encoding: str = "utf-8"
    has_byte_order_mark: bool = False

    @property
    def is_notebook(self) -> bool:
        """Whether the text was put together from the cells of a notebook."""
        return bool(self.separator)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line of the whole text begins."""
        return (0, *(match.end() for match in _LINE_END.finditer(self.text)))

    @cached_property
    def _cell_starts(self) -> tuple[int, ...]:
        return tuple(cell.start for cell in self.cells)

    def row_of(self, offset: int) -> int:
        """The row of an offset in the whole text, from 1, cells not regarded."""
        return bisect_right(self.line_starts, max(0, min(offset, len(self.text))))

    def cell_at(self, offset: int) -> Cell | None:
        """The cell that an offset stands in; the line that parts two cells belongs to the first."""
        if not self.cells:
            return None
        return self.cells[max(0, bisect_right(self._cell_starts, offset) - 1)]

    def position_of(self, offset: int) -> Position:
        """Where a reader finds the character at this offset."""
        cell = self.cell_at(offset)
        first = 0
        if cell is not None:
            offset = max(cell.start, min(offset, cell.end))
            first = self.row_of(cell.start) - 1
        offset = max(0, min(offset, len(self.text)))
        row = self.row_of(offset)
        column = offset - self.line_starts[row - 1] + 1
        return Position(row - first, column, None if cell is None else cell.number)

    def offset_of(self, position: Position) -> int:
        """The offset of a position; one outside the text is moved to the nearest end of a line."""
        start, end = 0, len(self.text)
        for cell in self.cells:
            if cell.number == position.cell:
                start, end = cell.start, cell.end
        row = self.row_of(start) - 1 + max(1, position.row)
        if row > len(self.line_starts):
            return end
        begin = self.line_starts[row - 1]
        line_end = _LINE_END.search(self.text, begin)
        last = line_end.start() if line_end else len(self.text)
        return min(end, last, begin + max(1, position.column) - 1)

    def encoded(self, text: str) -> bytes:
        """The bytes of a file that holds `text` in place of this one's; not for notebooks.

        Raises UnicodeEncodeError where the file's encoding lacks a character of `text`.
        """
        data = text.encode(self.encoding)
        return b"\xef\xbb\xbf" + data if self.has_byte_order_mark else data

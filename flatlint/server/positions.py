"""Between offsets into a text and positions as the client counts them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from lsprotocol import types

from flatlint.sources.source_file import SourceFile


class Encoding(Enum):
    """The unit in which a client counts columns; the protocol's default is UTF-16."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    UTF_32 = "utf-32"

    def units(self, text: str) -> int:
        """How many units `text` takes."""
        match self:
            case Encoding.UTF_32:
                return len(text)
            case Encoding.UTF_16:
                return len(text) + sum(character > "\uffff" for character in text)
            case _:
                return len(text.encode("utf-8", "surrogatepass"))

    def characters(self, line: str, units: int) -> int:
        """How many characters of `line` lie within its first `units` units."""
        if self is Encoding.UTF_32 or line.isascii():
            return max(0, min(units, len(line)))
        for index, character in enumerate(line):
            units -= self.units(character)
            if units < 0:
                return index
        return len(line)


@dataclass(frozen=True)
class ClientPositions:
    """A source with positions as the client counts them: from 0, columns in its own units.

    A byte order mark is no part of the source's text, but the first thing in the client's line 0.
    """

    source: SourceFile
    encoding: Encoding

    def position(self, offset: int) -> types.Position:
        """The position of an offset into the text."""
        source = self.source
        row = source.row_of(offset)
        before = source.text[source.line_starts[row - 1] : max(0, offset)]
        return types.Position(row - 1, self._mark(row - 1) + self.encoding.units(before))

    def range(self, start: int, end: int) -> types.Range:
        """The stretch between two offsets."""
        return types.Range(self.position(start), self.position(end))

    def offset(self, position: types.Position) -> int:
        """The offset of a position; one outside the text is moved to the nearest end of a line."""
        source = self.source
        if position.line >= len(source.line_starts):
            return len(source.text)
        line = self._line(position.line)
        units = position.character - self._mark(position.line)
        return source.line_starts[position.line] + self.encoding.characters(line, units)

    def _line(self, row: int) -> str:
        starts = (*self.source.line_starts[row : row + 2], len(self.source.text))
        return self.source.text[starts[0] : starts[1]].rstrip("\r\n")

    def _mark(self, row: int) -> int:
        has_mark = row == 0 and self.source.has_byte_order_mark
        return self.encoding.units("\ufeff") if has_mark else 0

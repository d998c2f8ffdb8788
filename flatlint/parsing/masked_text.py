"""A text while parts of it are overwritten, with a record of what was."""

from __future__ import annotations

import re

from flatlint.parsing import masks
from flatlint.parsing.skipped import Skipped, SkipReason
from flatlint.parsing.statement_tree import Statement

_REST_OF_ROW = re.compile(r"[ \t]*(?:#[^\r\n]*)?")
_TO_ROW_END = re.compile(r"[^\r\n]*")
_ROW_BELOW = re.compile(r"(?:\r\n|\r|\n)([ \t]*)(#?)([^\r\n]*)")


class MaskedText:
    """The text as overwritten so far; its length and its line ends never change."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.skipped: list[Skipped] = []

    def write(self, at: int, characters: str) -> None:
        """Overwrite what stands at an offset; `characters` has line ends where the text has."""
        self.text = self.text[:at] + characters + self.text[at + len(characters) :]

    def blank(self, start: int, end: int) -> None:
        """Overwrite a stretch with spaces."""
        self.write(start, masks.blank(self.text[start:end]))

    def record(self, start: int, end: int, reason: SkipReason) -> None:
        """Note that a stretch was masked, in the place of all that was noted from its start on."""
        while self.skipped and self.skipped[-1].start >= start:
            self.skipped.pop()
        self.skipped.append(Skipped(start, end, reason))

    def row_end(self, at: int) -> int:
        """The end of the row that an offset stands in, a comment and white space counted in."""
        row = _TO_ROW_END.match(self.text, at)
        return row.end() if row else at

    def give_body(self, header: Statement) -> bool:
        """Write a `0` into white space or a comment below a header; False when there is none.

        Editors leave white space where one goes on typing, so this is the usual half-typed block.
        """
        rest = _REST_OF_ROW.match(self.text, header.line.end)
        if rest is not None and rest.end() > rest.start():
            return self._fill(header, rest.start(), rest.end())
        at = header.line.end
        while (row := _ROW_BELOW.match(self.text, at)) and (row[2] or not row[3]):
            outer = header.line.indentation
            start = row.start(2) if row[2] else row.end(1) - 1
            if row[1].startswith(outer) and start > row.start(1) + len(outer):
                return self._fill(header, start, row.end())
            at = row.end()
        return False

    def _fill(self, header: Statement, start: int, end: int) -> bool:
        self.write(start, "0#" if end - start > 1 else "0")
        header.filled_until = start + 1
        return True

"""The lines of code around a finding, with line numbers and carets under what is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flatlint.diagnostics import Place, Severity
from flatlint.reporting.paint import Paint
from flatlint.reporting.widths import columns_of, visible
from flatlint.sources.source_file import SourceFile

CONTEXT = 2
"""Lines shown before and after."""
LONGEST = 6
"""Lines of a finding itself that are shown before the rest is left out."""
WITHOUT_TERMINAL = 1_000
"""Columns of a line that are shown where there is no terminal to fit."""
ELLIPSIS = "…"


@dataclass(frozen=True)
class NumberedLine:
    """A line as a reader counts it (within its cell), and where it stands in the whole text."""

    row: int
    start: int
    text: str
    holds_start: bool
    """Whether the place that is framed starts in this line."""

    @property
    def end(self) -> int:
        """The offset after the line's last character, its line end not counted."""
        return self.start + len(self.text)


def code_frame(
    source: SourceFile, place: Place, severity: Severity, paint: Paint, width: int | None
) -> Iterator[str]:
    """The frame's lines, without line ends; `width` is the terminal's, None for no bound."""
    lines = list(lines_around(source, place))
    gutter = len(str(lines[-1].row)) if lines else 1
    room = WITHOUT_TERMINAL if width is None else max(20, width - gutter - 3)
    bar = paint.frame("|")
    yield f"{' ' * gutter} {bar}"
    for line in lines:
        caret_start, caret_end = carets(line, place)
        shown, pad = clipped(line.text, caret_start, room)
        yield f"{paint.frame(str(line.row).rjust(gutter))} {bar} {shown}".rstrip()
        if caret_end > caret_start:
            before = columns_of(visible(line.text[:caret_start])) + pad
            under = max(1, columns_of(visible(line.text[caret_start:caret_end])))
            under = max(1, min(under, room - before))
            yield f"{' ' * gutter} {bar} {' ' * before}{paint.as_severe('^' * under, severity)}"
    yield f"{' ' * gutter} {bar}"


def lines_around(source: SourceFile, place: Place) -> Iterator[NumberedLine]:
    """The lines of a place and those around it, none from another cell of a notebook."""
    first, last = source.row_of(place.start_offset), source.row_of(place.end_offset)
    cell = source.cell_at(place.start_offset)
    top, bottom = 1, len(source.line_starts)
    if cell is not None:
        top, bottom = source.row_of(cell.start), source.row_of(cell.end)
    masked = {line.offset: line.original for line in source.masked_lines}
    for row in range(max(top, first - CONTEXT), min(bottom, last + CONTEXT) + 1):
        if row == first + LONGEST and last >= first + LONGEST + 1:
            return
        start = source.line_starts[row - 1]
        end = source.line_starts[row] if row < len(source.line_starts) else len(source.text)
        text = masked.get(start, source.text[start:end].rstrip("\r\n"))
        if row > last and row == bottom and not text:
            return
        yield NumberedLine(row - top + 1, start, text, holds_start=row == first)


def carets(line: NumberedLine, place: Place) -> tuple[int, int]:
    """From where up to where in the line carets stand; nothing where the end is not after it."""
    indent = len(line.text) - len(line.text.lstrip())
    end = min(place.end_offset, line.end) - line.start
    if line.holds_start:
        start = min(place.start_offset - line.start, len(line.text))
        return start, max(end, start + 1)
    is_inside = place.start_offset < line.start < place.end_offset
    return (indent, end) if is_inside else (0, 0)


def clipped(text: str, caret: int, room: int) -> tuple[str, int]:
    """A line as it is shown in `room` columns, and how far the caret moves by what was cut off.

    The caret's character stays in sight. Only what is near it is looked at: a line with data in
    it can be megabytes long.
    """
    start, stop = max(0, caret - 2 * room), caret + 2 * room
    near = visible(text[start:stop])
    if start == 0 and stop >= len(text) and columns_of(near) <= room:
        return near, 0
    while columns_of(visible(text[start:caret])) > room // 2:
        start += 1
    head = ELLIPSIS if start else ""
    shown = head + visible(text[start:stop])
    if stop < len(text) or columns_of(shown) > room:
        shown = first_columns(shown, room - 1) + ELLIPSIS
    return shown, len(head) - columns_of(visible(text[:start]))


def first_columns(text: str, columns: int) -> str:
    """As much of the beginning of visible text as fits."""
    kept = text[:columns]
    while columns_of(kept) > columns:
        kept = kept[:-1]
    return kept

"""Comments by which a user keeps findings away."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from flatlint.parsing.lexing import Comment, Lexed, LogicalLine, lex
from flatlint.parsing.spans import Span
from flatlint.sources.source_file import SourceFile

_OWN = re.compile(r"#[ \t]*flatlint:[ \t]*([\w-]+)[ \t]*(?:\[([^\]]*)\])?[ \t]*(.*)", re.IGNORECASE)
_NOQA = re.compile(
    r"#[ \t]*noqa\b(?:[ \t]*:[ \t]*([A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*))?", re.IGNORECASE
)
_CODE = re.compile(r"FL[0-9]+", re.IGNORECASE)


class SuppressionKind(Enum):
    """How far a suppression reaches, named by the word that it is written with."""

    IGNORE = "ignore"
    FILE_IGNORE = "file-ignore"
    DISABLE = "disable"
    NOQA = "noqa"


@dataclass(frozen=True)
class Suppression:
    """A comment that keeps findings away: which codes or names (none: all), in which rows."""

    kind: SuppressionKind
    codes: tuple[str, ...]
    first_row: int
    last_row: int
    span: Span
    reason: str = ""

    def covers(self, code: str, name: str, start_row: int, end_row: int) -> bool:
        """Whether a finding is kept away that begins or ends in one of the rows."""
        is_named = not self.codes or code.lower() in self.codes or name.lower() in self.codes
        return is_named and any(
            self.first_row <= row <= self.last_row for row in (start_row, end_row)
        )

    @property
    def is_ours(self) -> bool:
        """Whether it is of use to flatlint alone, so that one which does nothing is a mistake."""
        if self.kind is not SuppressionKind.NOQA:
            return True
        return bool(self.codes) and all(_CODE.fullmatch(code) for code in self.codes)


@dataclass(frozen=True)
class Suppressions:
    """All suppressions of a source, and comments to flatlint that are none of its words."""

    all: tuple[Suppression, ...] = ()
    misspelled: tuple[Span, ...] = ()

    def suppresses(self, code: str, name: str, start_row: int, end_row: int) -> Suppression | None:
        """The suppression that keeps such a finding away; rows count from 1 in the whole text.

        The narrowest one, so that a wide one beside it is not called of use.
        """
        covering = [one for one in self.all if one.covers(code, name, start_row, end_row)]
        return min(covering, key=lambda one: one.last_row - one.first_row, default=None)

    def unused(self, used: Collection[Suppression]) -> tuple[Suppression, ...]:
        """Those that suppressed nothing and were written for flatlint."""
        return tuple(one for one in self.all if one.is_ours and one not in used)


def suppressions_of(source: SourceFile) -> Suppressions:
    """Every suppression in a source; none is looked for where no comment could be one."""
    lowered = source.text.lower()
    if "flatlint:" not in lowered and "noqa" not in lowered:
        return Suppressions()
    return _Finder(source).found()


class _Finder:
    """Goes through the comments of a source."""

    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.lexed: Lexed = lex(source.text, tuple(cell.start for cell in source.cells))
        self.starts: Sequence[int] = [line.start for line in self.lexed.lines]

    def found(self) -> Suppressions:
        one_each: list[Suppression] = []
        regions: list[Suppression] = []
        misspelled: list[Span] = []
        for comment in self.lexed.comments:
            for own in _OWN.finditer(comment.text):
                word, codes = own[1].lower(), _codes(own[2])
                span = Span(comment.start + own.start(), comment.end)
                if word == "enable":
                    regions = _closed(regions, codes, self.source.row_of(comment.start))
                elif word == "disable":
                    regions += self._regions(comment, codes, span, own[3])
                elif word in ("ignore", "file-ignore"):
                    kind = SuppressionKind(word)
                    first, last = self._rows(comment, kind)
                    one_each.append(Suppression(kind, codes, first, last, span, own[3]))
                else:
                    misspelled.append(span)
            one_each += self._noqa(comment)
        everything = sorted(one_each + regions, key=lambda one: one.span)
        return Suppressions(tuple(everything), tuple(misspelled))

    def _regions(
        self, comment: Comment, codes: tuple[str, ...], span: Span, reason: str
    ) -> Iterator[Suppression]:
        """One suppression for each code, since each may be enabled again on its own."""
        row = self.source.row_of(comment.start)
        for code in codes or ("",):
            named = (code,) if code else ()
            yield Suppression(SuppressionKind.DISABLE, named, row, self._last_row, span, reason)

    def _noqa(self, comment: Comment) -> Iterator[Suppression]:
        for noqa in _NOQA.finditer(comment.text):
            span = Span(comment.start + noqa.start(), comment.start + noqa.end())
            row = self.source.row_of(comment.start)
            first, last = (row, row) if comment.is_alone else self._own_rows(comment)
            codes = tuple(re.split(r"[,\s]+", noqa[1].lower())) if noqa[1] else ()
            yield Suppression(SuppressionKind.NOQA, codes, first, last, span)

    @property
    def _last_row(self) -> int:
        return len(self.source.line_starts)

    def _rows(self, comment: Comment, kind: SuppressionKind) -> tuple[int, int]:
        if kind is SuppressionKind.FILE_IGNORE:
            return 1, self._last_row
        return self._next_rows(comment) if comment.is_alone else self._own_rows(comment)

    def _own_rows(self, comment: Comment) -> tuple[int, int]:
        """The rows of the statement that the comment ends; inside of one, its own row alone."""
        row = self.source.row_of(comment.start)
        index = bisect_right(self.starts, comment.start) - 1
        if index >= 0 and (line := self.lexed.lines[index]).end <= comment.start:
            return self._line_rows(line)
        return row, row

    def _next_rows(self, comment: Comment) -> tuple[int, int]:
        """The rows of the statement below; inside of one, the next row."""
        row = self.source.row_of(comment.start)
        index = bisect_right(self.starts, comment.start)
        if index and comment.end <= self.lexed.lines[index - 1].end:
            return row + 1, row + 1
        if index < len(self.lexed.lines):
            first, last = self._line_rows(self.lexed.lines[index])
            return (first, last) if self._only_comments_between(row, first) else (row + 1, row + 1)
        return row + 1, row + 1

    def _only_comments_between(self, row: int, first: int) -> bool:
        """Whether a comment stands directly above a row, or above other comments that do."""
        starts = self.source.line_starts
        between = (self.source.text[starts[at - 1] : starts[at]] for at in range(row + 1, first))
        return all(text.lstrip().startswith("#") for text in between)

    def _line_rows(self, line: LogicalLine) -> tuple[int, int]:
        return self.source.row_of(line.start), self.source.row_of(line.end)


def _codes(listed: str | None) -> tuple[str, ...]:
    return tuple(code.lower() for code in re.split(r"[,\s]+", listed or "") if code)


def _closed(regions: list[Suppression], codes: tuple[str, ...], row: int) -> list[Suppression]:
    """The regions after an `enable`: those of its codes, or all, end before its row."""
    closed = []
    for region in regions:
        is_meant = not codes or set(region.codes) <= set(codes)
        if (is_meant and region.codes + codes != ()) or not codes:
            region = replace(region, last_row=min(region.last_row, row))
        closed.append(region)
    return closed

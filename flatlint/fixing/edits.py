"""Which fixes go together in one round, and the text that they make."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from flatlint.diagnostics import Diagnostic, Edit

Stretch = tuple[int, int, str]
"""Start, end and new content: an edit without rows and columns, as edits are compared."""


@dataclass(frozen=True)
class Round:
    """The text after one round, and the findings whose fixes are in it."""

    text: str
    applied: tuple[Diagnostic, ...]


class Patch:
    """A growing set of edits of one text that do not get in each other's way."""

    def __init__(self) -> None:
        self._stretches: list[Stretch] = []

    def accept(self, edits: Iterable[Edit]) -> bool:
        """Take all the edits in, or none of them where one gets in the way of another.

        An edit that is there already counts once: two fixes that import the same name share
        the import.
        """
        new = {stretch_of(edit) for edit in edits} - set(self._stretches)
        together = sorted(new)
        if any(_clash(a, b) for a, b in pairwise(together)):
            return False
        if any(self._clashes(stretch) for stretch in together):
            return False
        for stretch in together:
            insort(self._stretches, stretch)
        return True

    def _clashes(self, stretch: Stretch) -> bool:
        at = bisect_left(self._stretches, stretch)
        neighbours = self._stretches[max(0, at - 1) : at + 1]
        return any(_clash(*sorted((stretch, neighbour))) for neighbour in neighbours)

    def applied_to(self, text: str) -> str:
        """The text with all edits in it."""
        parts, done = [], 0
        for start, end, content in self._stretches:
            parts += [text[done:start], content]
            done = end
        return "".join([*parts, text[done:]])


def stretch_of(edit: Edit) -> Stretch:
    """The edit as offsets and content."""
    return edit.start_offset, edit.end_offset, edit.content


def _clash(first: Stretch, second: Stretch) -> bool:
    """Whether two different edits, in order, overlap or insert at one place in unknown order."""
    is_same_place = first[0] == first[1] == second[0] == second[1]
    return second[0] < first[1] or is_same_place


def apply_round(text: str, diagnostics: Iterable[Diagnostic]) -> Round:
    """Apply as many of the fixes as go together, the first in the text before later ones."""
    patch = Patch()
    applied = tuple(
        diagnostic
        for diagnostic in sorted(diagnostics, key=lambda found: found.sort_key)
        if diagnostic.fix is not None and patch.accept(diagnostic.fix.edits)
    )
    return Round(patch.applied_to(text), applied)

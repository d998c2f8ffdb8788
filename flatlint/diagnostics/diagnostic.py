"""A finding with its place in a file: what reporters, editors and fixes work on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flatlint.diagnostics.fix import Fix
from flatlint.sources.source_file import Position


class Severity(Enum):
    """A claim about Keras that running Keras can check."""

    ERROR = "error"
    """Keras raises here."""
    WARNING = "warning"
    """It runs, and computes something other than what the program plainly means."""
    INFO = "info"
    """It runs and may be meant; shown on request."""

    @property
    def fails(self) -> bool:
        """Whether a finding of this severity makes `check` exit with 1."""
        return self is not Severity.INFO


@dataclass(frozen=True)
class Place:
    """A stretch of a file: from `start` up to, not including, `end`."""

    filename: str
    start: Position
    end: Position
    start_offset: int
    end_offset: int


@dataclass(frozen=True)
class Note:
    """A second place that belongs to a finding, and what it has to do with it."""

    message: str
    place: Place


@dataclass(frozen=True)
class TrailStep:
    """One step of the way that a shape took: where, what was applied, what came out."""

    place: Place
    text: str
    shape: str


@dataclass(frozen=True)
class ShapeTrace:
    """A shape that a name, layer or expression has at a place, and the way it took to there."""

    place: Place
    text: str
    shape: str | None
    steps: tuple[TrailStep, ...] = ()
    params: str | None = None
    """The parameters of a layer, as `2·16+16 = 48` or a number."""
    reason: str | None = None
    """Why the shape, or a part of it, is not known."""
    lost_at: Place | None = None
    """Where the trail was lost."""

    def is_at(self, row: int, cell: int | None = None) -> bool:
        """Whether the place covers a row."""
        start, end = self.place.start, self.place.end
        return start.cell == cell and start.row <= row <= end.row


@dataclass(frozen=True)
class Diagnostic:
    """One finding, ready to be shown: it needs no syntax tree and no source any more."""

    code: str
    name: str
    severity: Severity
    message: str
    place: Place
    related: tuple[Note, ...] = ()
    trail: tuple[TrailStep, ...] = ()
    help: str | None = None
    fix: Fix | None = None
    url: str | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of reports: by file, place, code."""
        return (
            self.place.filename,
            self.place.start_offset,
            self.place.end_offset,
            self.code,
            self.message,
        )

"""A fix as text edits, so that command line, editor and SARIF all apply the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flatlint.sources.source_file import Position


class Applicability(Enum):
    """How far to trust a fix, in ruff's words."""

    SAFE = "safe"
    """Keeps what the program means."""
    UNSAFE = "unsafe"
    """Changes what the program computes: applied only when asked for."""
    DISPLAY_ONLY = "display-only"
    """Shown, never applied."""

    def is_allowed(self, *, unsafe: bool) -> bool:
        """Whether a run applies such a fix: safe ones always, unsafe ones where asked for."""
        return self is Applicability.SAFE or (unsafe and self is Applicability.UNSAFE)


@dataclass(frozen=True)
class Edit:
    """Replaces the text from `start` up to, not including, `end`."""

    content: str
    start: Position
    end: Position
    start_offset: int
    end_offset: int


@dataclass(frozen=True)
class Fix:
    """Edits that belong together: all are applied, or none."""

    applicability: Applicability
    message: str
    edits: tuple[Edit, ...]

"""What a repair had to leave out of the text, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class SkipReason(Enum):
    """Why a stretch of the text was not looked at, as a user reads it."""

    NOT_A_STATEMENT = "this is no complete statement"
    INDENTATION = "this is indented as no block around it is"
    NO_BLOCK = "the block that has to follow is missing"
    NO_OPENING = "this belongs to no statement before it"
    NO_HANDLER = "this `try` has neither `except` nor `finally`"
    TOO_DEEP = "this nests too deep"
    UNPARSABLE = "this cannot be parsed"


@dataclass(frozen=True, order=True)
class Skipped:
    """A stretch of text, by offsets, that stands masked in what was parsed."""

    start: int
    end: int
    reason: SkipReason

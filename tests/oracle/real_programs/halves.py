"""Two halves of the corpus: one to work with, one that is looked at only to measure."""

from __future__ import annotations

import hashlib
from enum import Enum


class Half(Enum):
    """Which half a program belongs to; it never changes."""

    WORK = "work"
    MEASURE = "measure"


def half_of(repo: str, path: str) -> Half:
    """By the parity of the SHA-1 of `owner/name/path`: stable, and blind to what is inside."""
    digest = hashlib.sha1(f"{repo}/{path}".encode(), usedforsecurity=False).digest()
    return Half.WORK if digest[-1] % 2 == 0 else Half.MEASURE

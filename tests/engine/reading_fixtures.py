"""Reads what a fixture program says of itself in its comments.

    # keras-version: 2              the Keras that it is for (first lines of the file)
    x = Dense(10)(x)                # shape: (None, 26, 26, 10)
    x = Dense(10)(x)                # params: 650
    x = Dense(10)(x)                # finding: dense-on-unflattened-input
    x = Dense(10)(x)                # info: dense-on-unflattened-input

A line may say several things, separated by semicolons. What no comment says must not be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"
# Folders whose files are not programs with the truth in comments.
ELSEWHERE = frozenset({"oracle", "parsing", "notebooks", "projects"})

_COMMENT = re.compile(r"#\s*(.*)$")
_CLAIM = re.compile(r"(shape|params|finding|info|keras-version):\s*([^;]*)")


@dataclass(frozen=True)
class Claim:
    """One thing that a comment says of its line."""

    row: int
    kind: str
    text: str


def programs() -> list[Path]:
    """Every fixture that says what is true of it."""
    return [
        path
        for path in sorted(FIXTURES.rglob("*.py"))
        if path.relative_to(FIXTURES).parts[0] not in ELSEWHERE
    ]


def claims_of(text: str) -> Iterator[Claim]:
    """What the comments of a program say."""
    for row, line in enumerate(text.splitlines(), start=1):
        comment = _COMMENT.search(line)
        for claim in _CLAIM.finditer(comment[1]) if comment else ():
            for part in _parts(claim[1], claim[2]):
                yield Claim(row, claim[1], part)


def _parts(kind: str, text: str) -> list[str]:
    if kind in ("finding", "info"):
        return [part.strip() for part in text.split(",")]
    return [text.strip()]

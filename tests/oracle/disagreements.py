"""The programs on which Keras and flatlint cannot agree, each with the reason why."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.oracle.comparison import Comparison

FILE = Path(__file__).resolve().parents[2] / "fixtures" / "oracle" / "disagreements.toml"


@dataclass(frozen=True)
class Disagreement:
    """Programs whose text matches, on which the given agreement is accepted, and why."""

    subjects: frozenset[str]
    eras: frozenset[str]
    program: re.Pattern[str]
    agreement: str
    reason: str

    def covers(self, comparison: Comparison) -> bool:
        """Whether this entry explains the comparison's outcome."""
        program = comparison.judgement.program
        return (
            comparison.agreement.value == self.agreement
            and program.era.value in self.eras
            and (program.subject in self.subjects or not self.subjects)
            and self.program.search(program.text) is not None
        )


def read_disagreements(path: Path = FILE) -> list[Disagreement]:
    """Read the file; an entry without `layers` or `eras` is meant for all of them."""
    if not path.exists():
        return []
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("disagreement", [])
    return [
        Disagreement(
            subjects=frozenset(entry.get("layers", ())),
            eras=frozenset(entry.get("eras", ("keras2", "keras3"))),
            program=re.compile(entry["program"]),
            agreement=entry["agreement"],
            reason=entry["reason"],
        )
        for entry in entries
    ]


def without_disagreements(
    comparisons: Iterable[Comparison], known: Iterable[Disagreement]
) -> list[Comparison]:
    """The comparisons that no entry explains."""
    entries = list(known)
    return [c for c in comparisons if not any(entry.covers(c) for entry in entries)]

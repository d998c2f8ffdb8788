"""The recorded verdicts of real Keras against flatlint's answers, without Keras installed."""

from __future__ import annotations

import os
import zlib
from functools import cache

import pytest

from tests.oracle.comparison import Agreement, Comparison, Tally, compare_all, describe
from tests.oracle.configurations import families
from tests.oracle.corpus import OTHER_SUBJECTS, RECORD
from tests.oracle.disagreements import read_disagreements, without_disagreements
from tests.oracle.programs import Era, Judgement
from tests.oracle.records import read_record

FILES = sorted(
    str(path.relative_to(RECORD)) for era in Era for path in (RECORD / era.value).glob("*.jsonl")
)
PARTLY_KNOWN = ("functions.jsonl", "applications.jsonl")
"""What functions and ready-made models give may be unknown; it must not be wrong."""
SHARE_FOUND = 0.99
SHARE_KNOWN = 0.99
RECORDED = [era.value for era in Era if any(file.startswith(era.value) for file in FILES)]
SHOWN = 10


WHOLE = "FLATLINT_WHOLE_RECORD"
"""Set in the environment, it has every program of the record compared."""
PART = 1 if os.environ.get(WHOLE) else 5
"""One in so many programs is compared otherwise, always the same ones."""
CHANCE = 0.0 if PART == 1 else 0.02
"""By how much a share may be lower in a part than in the whole."""


@cache
def all_in(file: str) -> list[Comparison]:
    judgements = read_record(RECORD / file)
    return list(compare_all(one for one in judgements if _is_drawn(one)))


def _is_drawn(judgement: Judgement) -> bool:
    return zlib.crc32(judgement.program.text.encode()) % PART == 0


def unexplained(*files: str) -> list[Comparison]:
    comparisons = [comparison for file in files for comparison in all_in(file)]
    return without_disagreements(comparisons, read_disagreements())


def texts(comparisons: list[Comparison], *agreements: Agreement) -> str:
    chosen = [c for c in comparisons if c.agreement in agreements]
    shown = [describe(c) for c in chosen[:SHOWN]]
    return "\n".join([*shown, f"{len(chosen)} in all"]) if chosen else ""


# One test for an era: pytest-xdist would have the same programs compared in every process.
@pytest.mark.parametrize("era", RECORDED)
def test_flatlint_says_what_keras_did(era: str) -> None:
    files = [file for file in FILES if file.startswith(era)]
    comparisons = unexplained(*files)
    wrong = texts(comparisons, Agreement.WRONG, Agreement.CRASHED)
    claimed = texts(comparisons, Agreement.FALSE_ERROR)
    known = unexplained(*(file for file in files if not file.endswith(PARTLY_KNOWN)))
    complaints = [
        f"shapes or counts that are wrong:\n{wrong}" if wrong else "",
        f"errors that Keras does not raise:\n{claimed}" if claimed else "",
        _too_little_known(known),
        _too_little_found(known),
    ]
    assert not any(complaints), "\n\n".join(filter(None, complaints))


def _too_little_known(comparisons: list[Comparison]) -> str:
    unknown = sum(c.agreement is Agreement.UNKNOWN for c in comparisons)
    exact = sum(c.agreement is Agreement.EXACT for c in comparisons)
    if exact and exact / (exact + unknown) >= SHARE_KNOWN - CHANCE:
        return ""
    return f"of what Keras builds too much is unknown:\n{texts(comparisons, Agreement.UNKNOWN)}"


def _too_little_found(comparisons: list[Comparison]) -> str:
    tally = Tally.of(comparisons)
    if tally.refused and tally.share_found >= SHARE_FOUND - CHANCE:
        return ""
    return f"of what Keras refuses too much passes:\n{texts(comparisons, Agreement.MISSED)}"


@pytest.mark.parametrize("era", [era for era in Era if era.value in RECORDED])
def test_every_family_of_layers_has_a_record(era: Era) -> None:
    expected = {
        name
        for name, layers in families().items()
        if any(era in options.eras for options in layers)
    }
    stems = {file.split("/")[1].removesuffix(".jsonl") for file in FILES if era.value in file}
    assert stems == {*expected, *OTHER_SUBJECTS}


@pytest.mark.skipif(PART > 1, reason=f"{WHOLE} is not set")
def test_every_accepted_disagreement_still_explains_a_recorded_program() -> None:
    comparisons = [comparison for file in FILES for comparison in all_in(file)]
    stale = [
        entry.reason
        for entry in read_disagreements()
        if not any(entry.covers(comparison) for comparison in comparisons)
    ]
    assert not stale

"""The recorded verdicts of real Keras against flatlint's answers, without Keras installed."""

from __future__ import annotations

from functools import cache

import pytest

from tests.oracle.comparison import Agreement, Comparison, Tally, compare_all, describe
from tests.oracle.configurations import families
from tests.oracle.corpus import OTHER_SUBJECTS, RECORD
from tests.oracle.disagreements import read_disagreements, without_disagreements
from tests.oracle.programs import Era
from tests.oracle.records import read_record

FILES = sorted(
    str(path.relative_to(RECORD)) for era in Era for path in (RECORD / era.value).glob("*.jsonl")
)
PARTLY_KNOWN = ("functions.jsonl", "applications.jsonl")
"""What functions and ready-made models give may be unknown; it must not be wrong."""
SHARE_FOUND = 0.98
SHARE_KNOWN = 0.97
RECORDED = [era.value for era in Era if any(file.startswith(era.value) for file in FILES)]
SHOWN = 10


@cache
def all_in(file: str) -> list[Comparison]:
    return list(compare_all(read_record(RECORD / file)))


def unexplained(*files: str) -> list[Comparison]:
    comparisons = [comparison for file in files for comparison in all_in(file)]
    return without_disagreements(comparisons, read_disagreements())


def texts(comparisons: list[Comparison], *agreements: Agreement) -> str:
    chosen = [c for c in comparisons if c.agreement in agreements]
    shown = [describe(c) for c in chosen[:SHOWN]]
    return "\n".join([*shown, f"{len(chosen)} in all"]) if chosen else ""


@pytest.mark.parametrize("file", FILES)
def test_no_shape_and_no_count_of_what_keras_builds_is_wrong(file: str) -> None:
    wrong = texts(unexplained(file), Agreement.WRONG, Agreement.CRASHED)
    assert not wrong, wrong


@pytest.mark.parametrize("file", FILES)
def test_no_error_is_claimed_that_keras_does_not_raise(file: str) -> None:
    claimed = texts(unexplained(file), Agreement.FALSE_ERROR)
    assert not claimed, claimed


@pytest.mark.parametrize("era", RECORDED)
def test_of_what_keras_builds_little_is_unknown(era: str) -> None:
    files = [f for f in FILES if f.startswith(era) and not f.endswith(PARTLY_KNOWN)]
    comparisons = unexplained(*files)
    unknown = [c for c in comparisons if c.agreement is Agreement.UNKNOWN]
    exact = [c for c in comparisons if c.agreement is Agreement.EXACT]
    assert exact
    share = len(exact) / (len(exact) + len(unknown))
    assert share >= SHARE_KNOWN, texts(comparisons, Agreement.UNKNOWN)


@pytest.mark.parametrize("era", RECORDED)
def test_of_what_keras_refuses_at_most_one_in_fifty_passes(era: str) -> None:
    files = [f for f in FILES if f.startswith(era) and not f.endswith(PARTLY_KNOWN)]
    comparisons = unexplained(*files)
    tally = Tally.of(comparisons)
    assert tally.refused > 0
    assert tally.share_found >= SHARE_FOUND, texts(comparisons, Agreement.MISSED)


@pytest.mark.parametrize("era", [era for era in Era if era.value in RECORDED])
def test_every_family_of_layers_has_a_record(era: Era) -> None:
    expected = {
        name
        for name, layers in families().items()
        if any(era in options.eras for options in layers)
    }
    stems = {file.split("/")[1].removesuffix(".jsonl") for file in FILES if era.value in file}
    assert stems == {*expected, *OTHER_SUBJECTS}


def test_every_accepted_disagreement_still_explains_a_recorded_program() -> None:
    comparisons = [comparison for file in FILES for comparison in all_in(file)]
    stale = [
        entry.reason
        for entry in read_disagreements()
        if not any(entry.covers(comparison) for comparison in comparisons)
    ]
    assert not stale

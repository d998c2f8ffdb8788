"""The recorded verdicts of real Keras against flatlint's answers, without Keras installed."""

from __future__ import annotations

from functools import cache

import pytest

from tests.oracle.comparison import Agreement, Comparison, Tally, compare_all, describe
from tests.oracle.configurations import families
from tests.oracle.corpus import RECORD, recorded
from tests.oracle.disagreements import read_disagreements, without_disagreements
from tests.oracle.models import SUBJECT as MODELS
from tests.oracle.programs import Era
from tests.oracle.records import read_record

FILES = sorted(path.relative_to(RECORD) for path in RECORD.glob("*/*.jsonl"))
SHARE_FOUND = 0.99
SHOWN = 10


@cache
def comparisons_in(file: str) -> list[Comparison]:
    return without_disagreements(compare_all(read_record(RECORD / file)), read_disagreements())


def texts(comparisons: list[Comparison], *agreements: Agreement) -> list[str]:
    return [describe(c) for c in comparisons if c.agreement in agreements][:SHOWN]


@pytest.mark.parametrize("file", [str(file) for file in FILES])
def test_what_keras_builds_is_exact_in_shape_and_count(file: str) -> None:
    missed = texts(comparisons_in(file), Agreement.WRONG, Agreement.UNKNOWN, Agreement.CRASHED)
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize("file", [str(file) for file in FILES])
def test_no_error_is_claimed_that_keras_does_not_raise(file: str) -> None:
    claimed = texts(comparisons_in(file), Agreement.FALSE_ERROR)
    assert not claimed, "\n".join(claimed)


@pytest.mark.parametrize("era", list(Era))
def test_of_what_keras_refuses_at_most_one_in_a_hundred_passes(era: Era) -> None:
    files = [str(file) for file in FILES if file.parts[0] == era.value]
    comparisons = [comparison for file in files for comparison in comparisons_in(file)]
    tally = Tally.of(comparisons)
    assert tally.refused > 0
    assert tally.share_found >= SHARE_FOUND, "\n".join(texts(comparisons, Agreement.MISSED))


@pytest.mark.parametrize("era", list(Era))
def test_every_family_of_layers_has_a_record(era: Era) -> None:
    expected = {
        name
        for name, layers in families().items()
        if any(era in options.eras for options in layers)
    }
    assert {file.stem for file in FILES if file.parts[0] == era.value} == {*expected, MODELS}


def test_every_accepted_disagreement_still_explains_a_recorded_program() -> None:
    comparisons = [c for era in Era for c in compare_all(recorded(RECORD, era))]
    stale = [
        entry.reason
        for entry in read_disagreements()
        if not any(entry.covers(comparison) for comparison in comparisons)
    ]
    assert not stale

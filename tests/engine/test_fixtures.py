"""Every fixture is linted, and what is found is what its comments say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import flatlint
from flatlint.config import Settings
from flatlint.diagnostics import Severity
from flatlint.engine import FileReport, lint
from flatlint.fixing.edits import apply_round
from flatlint.sources.reading import read_file
from tests.engine.reading_fixtures import FIXTURES, Claim, claims_of, programs


def report_on(path: Path) -> tuple[FileReport, list[Claim]]:
    """The report on a fixture, and what its comments say."""
    source = read_file(path)
    claims = list(claims_of(source.text))
    versions = [claim.text for claim in claims if claim.kind == "keras-version"]
    settings = Settings(keras_version=versions[0] if versions else None)
    return lint(source, settings), claims


def name_of(path: Path) -> str:
    return str(path.relative_to(FIXTURES))


@pytest.mark.parametrize("path", programs(), ids=name_of)
def test_a_program_is_as_its_comments_say(path: Path) -> None:
    report, claims = report_on(path)
    assert findings_of(report) == sorted(findings_claimed(claims))
    assert list(claims_that_do_not_hold(report, claims)) == []


def findings_of(report: FileReport) -> list[tuple[int, str, str]]:
    return sorted(
        (
            diagnostic.place.start.row,
            "info" if diagnostic.severity is Severity.INFO else "finding",
            diagnostic.name,
        )
        for diagnostic in report.diagnostics
    )


def findings_claimed(claims: list[Claim]) -> Iterator[tuple[int, str, str]]:
    for claim in claims:
        if claim.kind in ("finding", "info"):
            yield claim.row, claim.kind, claim.text


def claims_that_do_not_hold(report: FileReport, claims: list[Claim]) -> Iterator[str]:
    """The shapes and parameters that no layer of their row has, with those that one has."""
    for claim in claims:
        here = [trace for trace in report.traces if trace.place.start.row == claim.row]
        told = {"shape": [str(t.shape) for t in here], "params": [t.params for t in here]}
        if claim.kind in told and claim.text not in told[claim.kind]:
            yield f"row {claim.row}: {claim.kind} {claim.text}, but found {told[claim.kind]}"


@pytest.mark.parametrize(
    "path", [path for path in programs() if path.name.endswith(".fixed.py")], ids=name_of
)
def test_fixes_turn_a_program_into_its_fixed_twin(path: Path) -> None:
    broken = path.with_name(path.name.replace(".fixed.py", ".py"))
    report, _ = report_on(broken)
    fixed = apply_round(report.source.text, report.diagnostics).text
    assert without_comments(fixed) == without_comments(path.read_text())


def without_comments(text: str) -> list[str]:
    return [line.partition("#")[0].rstrip() for line in text.splitlines()]


def test_a_text_is_linted_without_a_file() -> None:
    text = "import keras\nmodel = keras.Sequential([keras.Input((3, 2)), keras.layers.Dense(4)])\n"
    assert [found.code for found in flatlint.lint_text(text)] == ["FL001"]
    summary = flatlint.summarise_text(text)
    assert summary.models[0].output_shape == [None, 3, 4]
    assert summary.models[0].total_params == 2 * 4 + 4

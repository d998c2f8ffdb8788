"""Small projects of several files: each file is linted, and all that is found is what comments say."""

from __future__ import annotations

from pathlib import Path

import pytest

from flatlint.config import Settings
from flatlint.diagnostics import Diagnostic, Severity
from flatlint.engine import FileReport
from flatlint.engine.linting import lint_paths
from tests.engine.reading_fixtures import FIXTURES, claims_of

PROJECTS = sorted(path for path in (FIXTURES / "projects").iterdir() if path.is_dir())
BLOCKS = FIXTURES / "projects" / "blocks_in_src"


def reports_on(project: Path) -> list[FileReport]:
    return list(lint_paths(sorted(project.rglob("*.py")), Settings()))


def findings_in(reports: list[FileReport]) -> list[Diagnostic]:
    return [
        diagnostic
        for report in reports
        for diagnostic in report.diagnostics
        if diagnostic.severity is not Severity.INFO
    ]


def claimed(project: Path, kind: str) -> set[tuple[str, int, str]]:
    return {
        (str(path), claim.row, claim.text)
        for path in project.rglob("*.py")
        for claim in claims_of(path.read_text(encoding="utf-8"))
        if claim.kind == kind
    }


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.name)
def test_a_finding_stands_in_the_file_of_its_layer(project: Path) -> None:
    found = {
        (diagnostic.place.filename, diagnostic.place.start.row, diagnostic.name)
        for diagnostic in findings_in(reports_on(project))
    }
    assert found == claimed(project, "finding")


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.name)
def test_shapes_go_through_imports(project: Path) -> None:
    told = {
        (trace.place.filename, trace.place.start.row, str(trace.shape))
        for report in reports_on(project)
        for trace in report.traces
    }
    assert claimed(project, "shape") <= told


def test_the_calls_that_led_to_a_finding_stand_beside_it() -> None:
    (finding,) = findings_in(reports_on(BLOCKS))
    notes = [(Path(n.place.filename).name, n.place.start.row, n.message) for n in finding.related]
    assert ("train.py", 9, "reached by this call") in notes
    assert [Path(step.place.filename).name for step in finding.trail] == [
        "train.py",
        "blocks.py",
        "blocks.py",
    ]


def test_a_file_alone_says_nothing_of_callers_that_it_does_not_see() -> None:
    assert findings_in(list(lint_paths([BLOCKS / "src/pictures/blocks.py"], Settings()))) == []

"""Small projects of several files: each file is linted, and all that is found is what comments say."""

from __future__ import annotations

from pathlib import Path

import pytest

from flatlint.config import Settings
from flatlint.diagnostics import Diagnostic, Severity
from flatlint.engine import FileReport
from flatlint.engine.linting import lint, lint_paths
from flatlint.engine.projects import Project, Table
from flatlint.sources.reading import from_bytes, read_file
from tests.engine.reading_fixtures import FIXTURES, claims_of

PROJECTS = sorted(path for path in (FIXTURES / "projects").iterdir() if path.is_dir())
BLOCKS = FIXTURES / "projects" / "blocks_in_src"
EXPORTS = FIXTURES / "projects" / "package_with_exports"


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


def test_layers_of_a_file_are_told_there_whichever_file_makes_a_model_of_them() -> None:
    (report,) = lint_paths([EXPORTS / "train.py"], Settings())
    told = [(layer.line, layer.output_shape) for layer in report.summary.layers]
    assert told[-2:] == [(12, [None, 6]), (13, [None, 8])]


def test_a_file_alone_says_nothing_of_callers_that_it_does_not_see() -> None:
    assert findings_in(list(lint_paths([BLOCKS / "src/pictures/blocks.py"], Settings()))) == []


def test_a_file_that_is_checked_and_imported_is_parsed_once(tmp_path: Path) -> None:
    (tmp_path / "sizes.py").write_text("import keras\nUNITS = 3\n")
    (tmp_path / "model.py").write_text("import keras\nfrom sizes import UNITS\n")
    project = Project()
    for name in ("model.py", "sizes.py"):
        lint(read_file(tmp_path / name), Settings(), project)
    module = project.read(tmp_path / "sizes.py")
    checked = project.parse(read_file(tmp_path / "sizes.py"))
    assert module is not None
    assert checked.module is module.module
    assert checked is not module


def test_a_text_that_changes_in_an_editor_is_not_what_others_import(tmp_path: Path) -> None:
    path = tmp_path / "sizes.py"
    path.write_text("UNITS = 3\n")
    project = Project()
    before = project.read(path)
    edited = project.parse(from_bytes(b"UNITS = 4\n", path))
    after = project.read(path)
    assert edited.text == "UNITS = 4\n"
    assert before is not None
    assert after is before


def test_what_is_kept_of_a_project_has_room_for_so_many_characters_and_the_oldest_gives_way() -> (
    None
):
    first, second, third = (Path(name) for name in ("a.py", "b.py", "c.py"))
    table: Table[str] = Table(room=100)
    table.keep(first, "of 60", 60)
    table.keep(second, "of 30", 30)
    assert (table.get(first), table.get(second)) == ("of 60", "of 30")
    table.keep(first, "shorter now", 20)
    table.keep(third, "of 55", 55)
    assert (table.get(first), table.get(second), table.get(third)) == (
        "shorter now",
        None,
        "of 55",
    )
    # One file alone is kept, whatever its length: it is being looked at.
    table.keep(second, "of 500", 500)
    assert (table.get(first), table.get(second), table.get(third)) == (None, "of 500", None)

"""Cells of a notebook run in order; what their comments say of their lines is found in their cell."""

from __future__ import annotations

import json

from flatlint.config import Settings
from flatlint.engine import lint
from flatlint.sources.reading import read_file
from tests.engine.reading_fixtures import FIXTURES, claims_of

NOTEBOOK = FIXTURES / "notebooks" / "layers_in_cells.ipynb"


def claimed(kind: str) -> set[tuple[int, int, str]]:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return {
        (number, claim.row, claim.text)
        for number, cell in enumerate(cells, start=1)
        for claim in claims_of("".join(cell["source"]))
        if claim.kind == kind
    }


def test_shapes_go_from_cell_to_cell() -> None:
    report = lint(read_file(NOTEBOOK), Settings())
    told = {
        (trace.place.start.cell, trace.place.start.row, str(trace.shape)) for trace in report.traces
    }
    assert claimed("shape") <= told


def test_only_cells_of_python_are_judged_and_findings_stand_in_their_cell() -> None:
    report = lint(read_file(NOTEBOOK), Settings())
    found = {
        (found.place.start.cell, found.place.start.row, found.name) for found in report.diagnostics
    }
    assert found == claimed("finding")

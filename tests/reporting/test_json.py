"""The JSON that scripts rely on."""

from __future__ import annotations

import json

from flatlint.reporting.as_json import as_json, as_json_lines
from tests.reporting.hand_made import (
    PROGRAM,
    bare_finding,
    dense_finding,
    report_on,
    source_of,
)
from tests.reporting.notebook import NOTEBOOK


def test_a_finding_has_exactly_the_members_that_are_promised() -> None:
    source = source_of(PROGRAM)
    assert json.loads(as_json(report_on(source, dense_finding(source)))) == [
        {
            "code": "FL001",
            "name": "dense-on-unflattened-input",
            "severity": "warning",
            "message": "Dense(4) gets (None, 3, 16)",
            "filename": "/project/model.py",
            "cell": None,
            "location": {"row": 5, "column": 11},
            "end_location": {"row": 5, "column": 19},
            "related": [
                {
                    "message": "the input shape is set here",
                    "filename": "/project/model.py",
                    "location": {"row": 4, "column": 21},
                    "end_location": {"row": 4, "column": 39},
                }
            ],
            "fix": {
                "applicability": "unsafe",
                "message": "Add Flatten() before Dense(4)",
                "edits": [
                    {
                        "content": "model.add(Flatten())\n",
                        "location": {"row": 5, "column": 1},
                        "end_location": {"row": 5, "column": 1},
                    }
                ],
            },
            "url": "https://example.org/FL001",
        }
    ]


def test_what_a_finding_lacks_is_null_and_not_absent() -> None:
    source = source_of(PROGRAM)
    found = json.loads(as_json(report_on(source, bare_finding(source, "Dense(4)"))))[0]
    assert (found["fix"], found["url"], found["cell"], found["related"]) == (None, None, None, [])


def test_no_findings_are_an_empty_list() -> None:
    assert json.loads(as_json(report_on(source_of("")))) == []
    assert as_json_lines(report_on(source_of(""))) == ""


def test_columns_count_code_points() -> None:
    source = source_of('x = "é😀"; y = Dense(4)\n')
    found = json.loads(as_json(report_on(source, bare_finding(source, "Dense(4)"))))[0]
    assert found["location"] == {"row": 1, "column": 15}


def test_rows_in_a_notebook_are_those_of_the_cell_and_cells_count_from_one() -> None:
    source = source_of(NOTEBOOK, "model.ipynb")
    found = json.loads(as_json(report_on(source, bare_finding(source, "Dense(size)"))))[0]
    assert found["cell"] == 3
    assert found["location"] == {"row": 2, "column": 9}


def test_json_lines_hold_the_elements_of_the_list_one_a_line() -> None:
    source = source_of(PROGRAM)
    report = report_on(source, dense_finding(source), bare_finding(source, "Dense(16"))
    lines = [json.loads(line) for line in as_json_lines(report).splitlines()]
    assert lines == json.loads(as_json(report))


def test_source_from_stdin_keeps_its_name() -> None:
    source = source_of(PROGRAM, "<stdin>")
    found = json.loads(as_json(report_on(source, bare_finding(source, "Dense(4)"))))[0]
    assert found["filename"] == "<stdin>"

"""Coverage of a run, from hand-made counts of files."""

from __future__ import annotations

import json

from flatlint.reporting.coverage import (
    FileCoverage,
    Loss,
    as_coverage,
    as_coverage_json,
    coverage_of,
)


def loss(line: int, reason: str, lost_at: str | None = None) -> Loss:
    return Loss(path="model.py", line=line, cell=None, reason=reason, lost_at=lost_at)


FILES = (
    FileCoverage(path="model.py", known=6, unknown=(loss(3, "a file"), loss(4, "a loop"))),
    FileCoverage(path="more.py", known=1, partly=(loss(9, "a loop", "line 2"),)),
)


def test_files_are_added_up_and_reasons_ranked_by_the_layers_that_they_keep_unknown() -> None:
    coverage = coverage_of(FILES)
    counts = (coverage.layers, coverage.known, coverage.partly, coverage.unknown)
    assert counts == (10, 7, 1, 2)
    assert [(reason.reason, reason.layers) for reason in coverage.reasons] == [
        ("a loop", 2),
        ("a file", 1),
    ]


def test_the_text_gives_shares_and_says_where_the_trail_was_lost() -> None:
    text = as_coverage(coverage_of(FILES))
    assert text.startswith("10 layers\n       7   70.0 %  with their full shape known\n")
    assert "       2  a loop\n          model.py:9 (lost at line 2)\n" in text


def test_no_layers_are_no_division_by_zero() -> None:
    assert as_coverage(coverage_of(())).startswith("0 layers\n")


def test_the_json_is_one_object_with_counts_and_reasons() -> None:
    record = json.loads(as_coverage_json(coverage_of(FILES)))
    assert (record["version"], record["known"]) == (1, 7)
    assert record["reasons"][1] == {
        "reason": "a file",
        "layers": 1,
        "first": [
            {"path": "model.py", "line": 3, "cell": None, "reason": "a file", "lost_at": None}
        ],
    }

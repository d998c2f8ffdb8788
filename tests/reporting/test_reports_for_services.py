"""Formats that code hosts, dashboards and reviewers read, against what each of them fixes."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from flatlint.diagnostics import Severity
from flatlint.reporting.as_github import as_github
from flatlint.reporting.as_gitlab import as_gitlab
from flatlint.reporting.as_junit import as_junit
from flatlint.reporting.as_pylint import as_pylint
from flatlint.reporting.as_rdjson import as_rdjson
from flatlint.reporting.as_sarif import as_sarif
from tests.reporting.hand_made import (
    PROGRAM,
    bare_finding,
    dense_finding,
    report_on,
    source_of,
)
from tests.reporting.notebook import NOTEBOOK

ODD = 'a % b: "<é😀>", \x00\x1b\n\r\ud800 ]]> & done'
"""A message with a character that is special in each of the formats."""


def test_sarif_follows_its_schema() -> None:
    source = source_of(PROGRAM)
    report = report_on(source, dense_finding(source), bare_finding(source, "Dense(16"))
    log = Sarif.model_validate_json(as_sarif(report))
    assert [result.ruleId for result in log.runs[0].results or []] == ["FL001", "FL102"]


def test_sarif_without_findings_still_says_that_flatlint_ran() -> None:
    log = Sarif.model_validate_json(as_sarif(report_on(source_of(""))))
    assert log.runs[0].results == []
    assert log.runs[0].tool.driver.version == "1.2.3"


def test_sarif_levels_places_and_fixes() -> None:
    source = source_of(PROGRAM)
    run = json.loads(as_sarif(report_on(source, dense_finding(source))))["runs"][0]
    result = run["results"][0]
    assert result["level"] == "warning"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "model.py"},
        "region": {"startLine": 5, "startColumn": 11, "endLine": 5, "endColumn": 19},
    }
    replacement = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"] == {"text": "model.add(Flatten())\n"}
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["FL001"]


def test_sarif_quotes_paths_as_uris() -> None:
    source = source_of(PROGRAM, "my models/é#1.py")
    run = json.loads(as_sarif(report_on(source, bare_finding(source, "Dense(4)"))))["runs"][0]
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "my%20models/%C3%A9%231.py"


def test_sarif_names_the_cell_of_a_notebook() -> None:
    source = source_of(NOTEBOOK, "model.ipynb")
    text = as_sarif(report_on(source, bare_finding(source, "Dense(size)")))
    Sarif.model_validate_json(text)
    location = json.loads(text)["runs"][0]["results"][0]["locations"][0]
    assert location["logicalLocations"] == [{"name": "cell 3", "kind": "module"}]


@pytest.mark.parametrize(
    ("severity", "command"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")],
)
def test_github_gets_a_command_for_each_severity(severity: Severity, command: str) -> None:
    source = source_of(PROGRAM)
    finding = bare_finding(source, "Dense(4)", severity=severity)
    assert as_github(report_on(source, finding)) == (
        f"::{command} title=flatlint (FL102),file=model.py,line=5,endLine=5,col=11,endColumn=19"
        "::model.py:5:11: FL102 refused-layer-input: message\n"
    )


def test_github_escapes_what_would_end_the_command() -> None:
    source = source_of(PROGRAM, "a,b:c%.py")
    text = as_github(report_on(source, bare_finding(source, "Dense(4)", ODD)))
    assert text.count("\n") == 1
    assert "file=a%2Cb%3Ac%25.py" in text
    assert "a %25 b" in text


def test_gitlab_has_what_its_documentation_requires() -> None:
    source = source_of(PROGRAM)
    report = report_on(source, dense_finding(source), bare_finding(source, "Dense(16"))
    for issue in json.loads(as_gitlab(report)):
        assert issue["description"]
        assert issue["check_name"] in ("FL001", "FL102")
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["path"] == "model.py"
        assert isinstance(issue["location"]["lines"]["begin"], int)
        assert re.fullmatch("[0-9a-f]{64}", issue["fingerprint"])


def test_gitlab_fingerprints_differ_and_survive_lines_added_above() -> None:
    def fingerprints(text: str) -> list[str]:
        source = source_of(text)
        first = bare_finding(source, "Dense(4)")
        second = bare_finding(source, "Dense(4))")
        issues = json.loads(as_gitlab(report_on(source, first, second)))
        return [issue["fingerprint"] for issue in issues]

    before = fingerprints(PROGRAM)
    assert len(set(before)) == 2
    assert fingerprints(f"# a new line\n{PROGRAM}") == before


def test_junit_is_well_formed_whatever_a_message_holds() -> None:
    source = source_of(PROGRAM)
    report = report_on(source, bare_finding(source, "Dense(4)", ODD), dense_finding(source))
    root = ET.fromstring(as_junit(report).encode("utf-8"))
    assert root.tag == "testsuites"
    assert (root.get("tests"), root.get("failures")) == ("2", "2")
    cases = root.findall("testsuite/testcase")
    assert [case.get("line") for case in cases] == ["5", "5"]
    assert [case[0].tag for case in cases] == ["failure", "failure"]


def test_junit_without_findings_has_one_case_that_passes() -> None:
    root = ET.fromstring(as_junit(report_on(source_of(""))).encode("utf-8"))
    assert root.get("failures") == "0"
    assert len(root.findall("testsuite/testcase")) == 1
    assert not root.findall(".//failure")


def test_pylint_lines_are_what_its_parsers_read() -> None:
    source = source_of(PROGRAM)
    text = as_pylint(report_on(source, bare_finding(source, "Dense(4)", "two\nlines")))
    assert text == "model.py:5: [FL102(refused-layer-input)] two lines\n"


def test_rdjson_counts_bytes_in_its_columns() -> None:
    source = source_of('x = "é😀"; y = Dense(4)\n')
    found = json.loads(as_rdjson(report_on(source, bare_finding(source, "Dense(4)"))))
    start = found["diagnostics"][0]["location"]["range"]["start"]
    line = source.text.encode("utf-8")
    assert line[start["column"] - 1 :].startswith(b"Dense(4)")
    assert found["diagnostics"][0]["severity"] == "ERROR"


def test_rdjson_suggests_the_fix() -> None:
    source = source_of(PROGRAM)
    found = json.loads(as_rdjson(report_on(source, dense_finding(source))))
    assert found["diagnostics"][0]["suggestions"] == [
        {
            "range": {"start": {"line": 5, "column": 1}, "end": {"line": 5, "column": 1}},
            "text": "model.add(Flatten())\n",
        }
    ]

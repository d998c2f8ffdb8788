"""SARIF 2.1.0, which GitHub's code scanning and many dashboards read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from flatlint.diagnostics import Applicability, Diagnostic, Edit, Fix, Note, Place, Severity
from flatlint.reporting.report import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(report: Report) -> str:
    """One run with the rules that found something, and a result a finding."""
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(report)},
                "columnKind": "unicodeCodePoints",
                "results": [_result(found, report) for found in report.diagnostics],
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _driver(report: Report) -> dict[str, Any]:
    rules = {found.code: found for found in report.diagnostics}
    return {
        "name": "flatlint",
        "version": report.version,
        "informationUri": "https://pypi.org/project/flatlint/",
        "rules": [_rule(found) for _, found in sorted(rules.items())],
    }


def _rule(diagnostic: Diagnostic) -> dict[str, Any]:
    help_uri = {"helpUri": diagnostic.url} if diagnostic.url else {}
    return {
        "id": diagnostic.code,
        "name": diagnostic.name,
        "shortDescription": {"text": diagnostic.name.replace("-", " ")},
        **help_uri,
    }


def _result(diagnostic: Diagnostic, report: Report) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": diagnostic.message},
        "locations": [_location(diagnostic.place, report)],
    }
    related = [_related(note, number, report) for number, note in enumerate(diagnostic.related)]
    if related:
        result["relatedLocations"] = related
    fix = diagnostic.fix
    # A viewer applies what stands here without asking back.
    if fix is not None and fix.applicability is not Applicability.DISPLAY_ONLY:
        result["fixes"] = [_fix(fix, diagnostic.place.filename, report)]
    return result


def _location(place: Place, report: Report) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(place.filename, report)},
            "region": _region(place),
        },
        **_logical(place),
    }


def _logical(place: Place) -> dict[str, Any]:
    """SARIF knows no cells: rows are within the cell that is named here."""
    cell = place.start.cell
    return (
        {} if cell is None else {"logicalLocations": [{"name": f"cell {cell}", "kind": "module"}]}
    )


def _related(note: Note, number: int, report: Report) -> dict[str, Any]:
    return {"id": number, "message": {"text": note.message}, **_location(note.place, report)}


def _fix(fix: Fix, filename: str, report: Report) -> dict[str, Any]:
    return {
        "description": {"text": fix.message},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": _uri(filename, report)},
                "replacements": [
                    {"deletedRegion": _region(edit), "insertedContent": {"text": edit.content}}
                    for edit in fix.edits
                ],
            }
        ],
    }


def _region(stretch: Place | Edit) -> dict[str, int]:
    return {
        "startLine": stretch.start.row,
        "startColumn": stretch.start.column,
        "endLine": stretch.end.row,
        "endColumn": stretch.end.column,
    }


def _uri(filename: str, report: Report) -> str:
    """Relative to where flatlint ran, as GitHub wants it; absolute for what lies elsewhere."""
    if filename == "<stdin>":
        return "stdin"
    shown = PurePosixPath(report.shown(filename).replace("\\", "/"))
    quoted = quote(str(shown), errors="surrogateescape")
    return f"file://{quoted}" if shown.is_absolute() else quoted

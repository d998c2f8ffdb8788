"""Reviewdog's diagnostic format; its columns count UTF-8 bytes.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

import json
from typing import Any

from flatlint.diagnostics import Diagnostic, Edit, Place, Severity
from flatlint.reporting.report import Report
from flatlint.sources.source_file import Position

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def as_rdjson(report: Report) -> str:
    """One DiagnosticResult."""
    result = {
        "source": {"name": "flatlint", "url": "https://pypi.org/project/flatlint/"},
        "diagnostics": [_diagnostic(found, report) for found in report.diagnostics],
    }
    return json.dumps(result, indent=2, ensure_ascii=False) + "\n"


def _diagnostic(diagnostic: Diagnostic, report: Report) -> dict[str, Any]:
    filename = diagnostic.place.filename
    code = {"value": diagnostic.code}
    found: dict[str, Any] = {
        "message": diagnostic.message,
        "location": {
            "path": report.absolute(filename),
            "range": _range(diagnostic.place, filename, report),
        },
        "severity": _SEVERITIES[diagnostic.severity],
        "code": code | ({"url": diagnostic.url} if diagnostic.url else {}),
    }
    if diagnostic.fix is not None:
        found["suggestions"] = [
            {"range": _range(edit, filename, report), "text": edit.content}
            for edit in diagnostic.fix.edits
        ]
    return found


def _range(stretch: Place | Edit, filename: str, report: Report) -> dict[str, Any]:
    return {
        "start": _position(stretch.start, stretch.start_offset, filename, report),
        "end": _position(stretch.end, stretch.end_offset, filename, report),
    }


def _position(position: Position, offset: int, filename: str, report: Report) -> dict[str, int]:
    """Line and column from 1; where the source is at hand the column counts bytes."""
    source = report.sources.get(filename)
    before = "" if source is None else source.text[offset - position.column + 1 : offset]
    wider = len(before.encode("utf-8", "replace")) - len(before)
    return {"line": position.row, "column": position.column + wider}

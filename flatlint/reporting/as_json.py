"""JSON: one list of findings, or one finding a line."""

from __future__ import annotations

import json
from typing import Any

from flatlint.diagnostics import Diagnostic, Edit, Fix, Note, Place
from flatlint.reporting.report import Report
from flatlint.sources.source_file import Position


def as_json(report: Report) -> str:
    """One list, indented."""
    found = [finding(diagnostic, report) for diagnostic in report.diagnostics]
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def as_json_lines(report: Report) -> str:
    """One object a line."""
    return "".join(
        json.dumps(finding(diagnostic, report), ensure_ascii=False) + "\n"
        for diagnostic in report.diagnostics
    )


def finding(diagnostic: Diagnostic, report: Report) -> dict[str, Any]:
    """A finding as JSON has it; rows and columns count from 1, columns are code points."""
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "filename": report.absolute(diagnostic.place.filename),
        "cell": diagnostic.place.start.cell,
        "location": location(diagnostic.place.start),
        "end_location": location(diagnostic.place.end),
        "related": [_note(note, report) for note in diagnostic.related],
        "fix": None if diagnostic.fix is None else _fix(diagnostic.fix),
        "url": diagnostic.url,
    }


def location(position: Position) -> dict[str, int]:
    """A position without its cell."""
    return {"row": position.row, "column": position.column}


def _note(note: Note, report: Report) -> dict[str, Any]:
    filename = report.absolute(note.place.filename)
    return {"message": note.message, "filename": filename, **_span(note.place)}


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "applicability": fix.applicability.value,
        "message": fix.message,
        "edits": [{"content": edit.content, **_span(edit)} for edit in fix.edits],
    }


def _span(stretch: Place | Edit) -> dict[str, Any]:
    """Start and end; in a notebook the cell too, since a note or edit may be in another one."""
    cell = {} if stretch.start.cell is None else {"cell": stretch.start.cell}
    return {**cell, "location": location(stretch.start), "end_location": location(stretch.end)}

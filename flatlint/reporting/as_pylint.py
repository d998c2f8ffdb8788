"""Pylint's parseable lines: `path:line: [code] message`."""

from __future__ import annotations

from flatlint.diagnostics import Diagnostic
from flatlint.reporting.report import Report


def as_pylint(report: Report) -> str:
    """One line a finding; line ends in messages become blanks."""
    return "".join(_line(found, report) for found in report.diagnostics)


def _line(found: Diagnostic, report: Report) -> str:
    start = found.place.start
    row = f"{start.row}" if start.cell is None else f"cell {start.cell}:{start.row}"
    message = " ".join(found.message.split())
    return f"{report.shown(found.place.filename)}:{row}: [{found.code}({found.name})] {message}\n"

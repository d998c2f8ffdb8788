"""Workflow commands that GitHub Actions turns into annotations of a pull request.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from flatlint.diagnostics import Diagnostic, Severity
from flatlint.reporting.report import Report

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_github(report: Report) -> str:
    """`::warning title=...,file=...,line=...::message`, one line a finding."""
    return "".join(_command(diagnostic, report) for diagnostic in report.diagnostics)


def _command(diagnostic: Diagnostic, report: Report) -> str:
    start, end = diagnostic.place.start, diagnostic.place.end
    cell = "" if start.cell is None else f"cell {start.cell}, "
    properties = {
        "title": f"flatlint ({diagnostic.code})",
        # Annotations are placed by paths of the repository.
        "file": report.shown(diagnostic.place.filename),
        "line": str(start.row),
        "endLine": str(end.row),
    }
    if start.row == end.row:
        # GitHub drops annotations whose columns span several lines.
        properties |= {"col": str(start.column), "endColumn": str(end.column)}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    place = f"{report.shown(diagnostic.place.filename)}:{cell}{start.row}:{start.column}"
    message = f"{place}: {diagnostic.code} {diagnostic.name}: {diagnostic.message}"
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

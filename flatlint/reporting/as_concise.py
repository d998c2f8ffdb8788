"""One line a finding, for people and for programs that read `file:row:column: ` lines."""

from __future__ import annotations

from flatlint.diagnostics import Diagnostic
from flatlint.reporting.paint import Paint
from flatlint.reporting.report import Report, shown_place
from flatlint.reporting.widths import visible


def as_concise(report: Report, paint: Paint) -> str:
    """`model.py:12:11: FL001 warning: [*] Dense(4) gets ...`; `[*]` where --fix mends it."""
    return "".join(line(diagnostic, report, paint) for diagnostic in report.diagnostics)


def line(diagnostic: Diagnostic, report: Report, paint: Paint) -> str:
    """The line of one finding."""
    severity = paint.severity(diagnostic.severity)
    place = paint.bold(shown_place(diagnostic.place, report))
    message = fix_mark(diagnostic, report) + visible(diagnostic.message)
    return f"{place}: {paint.code(diagnostic.code)} {severity}: {message}\n"


def fix_mark(diagnostic: Diagnostic, report: Report) -> str:
    """`[*] ` where `--fix` mends the finding, as ruff marks it."""
    return "[*] " if report.is_mendable(diagnostic) else ""

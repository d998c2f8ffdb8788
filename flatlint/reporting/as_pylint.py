"""Pylint's parseable lines: `path:line: [code] message`."""

from __future__ import annotations

from flatlint.reporting.report import Report


def as_pylint(report: Report) -> str:
    """One line a finding; line ends in messages become blanks."""
    return "".join(
        f"{report.shown(found.place.filename)}:{_row(found.place.start.cell, found.place.start.row)}: "
        f"[{found.code}({found.name})] {' '.join(found.message.split())}\n"
        for found in report.diagnostics
    )


def _row(cell: int | None, row: int) -> str:
    return str(row) if cell is None else f"cell {cell}:{row}"

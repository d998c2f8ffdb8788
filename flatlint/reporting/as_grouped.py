"""Findings under the name of their file, for people who go through file by file."""

from __future__ import annotations

from itertools import groupby

from flatlint.reporting.as_concise import fix_mark
from flatlint.reporting.paint import Paint
from flatlint.reporting.report import Report
from flatlint.reporting.widths import padded, visible
from flatlint.sources import Position


def as_grouped(report: Report, paint: Paint) -> str:
    """A block a file, its places aligned under each other."""
    blocks = []
    for filename, group in groupby(report.diagnostics, key=lambda found: found.place.filename):
        found = list(group)
        places = [_place(one.place.start) for one in found]
        width = max(map(len, places))
        lines = [
            f"  {paint.dim(padded(place, width))}  {paint.code(one.code)} "
            f"{paint.severity(one.severity)}: {fix_mark(one, report)}{visible(one.message)}\n"
            for place, one in zip(places, found, strict=True)
        ]
        blocks.append(f"{paint.bold(report.shown(filename))}:\n{''.join(lines)}\n")
    return "".join(blocks)


def _place(start: Position) -> str:
    place = f"{start.row}:{start.column}"
    return place if start.cell is None else f"cell {start.cell}:{place}"

"""`flatlint why`: how the shape at a line came about."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from flatlint.cli.exit_codes import ExitCode
from flatlint.cli.options import configuration_options, configurations
from flatlint.cli.output import Output, color_option, complain

PLACE = re.compile(r"(?P<path>.+?):(?:cell (?P<cell>\d+):)?(?P<row>\d+)(?::(?P<column>\d+))?")


@click.command()
@click.argument("place", metavar="FILE:LINE")
@configuration_options
@color_option
def why(place: str, color: str, **options: Any) -> int:
    """Tell how the shape at FILE:LINE came about, step by step.

    In a notebook the place is FILE:cell N:LINE, with cells counted from 1.
    """
    from flatlint.cli.reports import all_reports, complaints
    from flatlint.reporting.as_why import as_why, at_row
    from flatlint.reporting.report import Report

    found = PLACE.fullmatch(place)
    if found is None:
        raise click.UsageError(f"`{place}` is no place: write FILE:LINE, such as model.py:12")
    row, cell = int(found["row"]), None if found["cell"] is None else int(found["cell"])
    chosen = configurations(**options)
    reports, failures = all_reports((Path(found["path"]),), chosen)
    output = Output(color)
    for report in reports:
        shown = Report((), {report.source.name: report.source}, chosen.cwd)
        output.write(as_why(at_row(report.traces, row, cell), shown, output.paint))
    output.finish()
    code = complaints(reports, failures)
    if not (code or output.is_written):
        complain(f"no shape is known at {place}")
        return ExitCode.FINDINGS
    return code

"""`flatlint summary`: what `model.summary()` would print, without running anything."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flatlint.cli.options import configuration_options, configurations, paths_argument, text_or_json
from flatlint.cli.output import Output, color_option, complain

if TYPE_CHECKING:
    from flatlint.engine import FileReport


@click.command()
@paths_argument
@text_or_json
@click.option(
    "-o",
    "--output-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report to this file.",
)
@click.option(
    "--coverage",
    is_flag=True,
    help="Count how many layers are fully known, and rank the reasons why the others are not.",
)
@configuration_options
@color_option
def summary(
    paths: tuple[Path, ...],
    form: str,
    color: str,
    output_file: Path | None,
    coverage: bool,
    **options: Any,
) -> int:
    """Show the layers, shapes and parameters of the models under PATHS.

    A table a model: its layers, where each stands in the source, output shapes, parameters.
    """
    from flatlint.cli.reports import all_reports, complaints
    from flatlint.reporting.summary import as_summary_json

    chosen = configurations(**options)
    output = Output(color, output_file)
    reports, failures = all_reports(paths, chosen)
    known = [report for report in reports if report.facts is not None]
    if coverage:
        output.write(_covered(known, form))
    elif form == "json":
        output.write(as_summary_json(tuple(report.summary for report in known)))
    else:
        from flatlint.reporting.as_table import as_table

        files = tuple(report.summary for report in known)
        text = as_table(files, is_coloured=output.is_coloured, width=output.width)
        output.write(text)
        if not (text or failures or any(report.diagnostics for report in reports)):
            complain("no Keras model found")
    output.finish()
    return complaints(reports, failures)


def _covered(reports: Iterable[FileReport], form: str) -> str:
    """What `--coverage` prints in the place of the models."""
    from flatlint.reporting.coverage import as_coverage, as_coverage_json, coverage_of

    found = coverage_of(report.coverage for report in reports)
    return as_coverage_json(found) if form == "json" else as_coverage(found)

"""The reporter of each output format; each is imported only when it is asked for."""

from __future__ import annotations

from importlib import import_module

from flatlint.config.settings import OutputFormat
from flatlint.reporting.paint import Paint
from flatlint.reporting.report import Report

FOR_PEOPLE = frozenset({OutputFormat.FULL, OutputFormat.CONCISE, OutputFormat.GROUPED})
"""Formats that take colours and are followed by a line of counts."""

MACHINE_REPORTERS = {
    OutputFormat.JSON: "as_json:as_json",
    OutputFormat.JSON_LINES: "as_json:as_json_lines",
    OutputFormat.SARIF: "as_sarif:as_sarif",
    OutputFormat.GITHUB: "as_github:as_github",
    OutputFormat.GITLAB: "as_gitlab:as_gitlab",
    OutputFormat.JUNIT: "as_junit:as_junit",
    OutputFormat.PYLINT: "as_pylint:as_pylint",
    OutputFormat.RDJSON: "as_rdjson:as_rdjson",
}


def rendered(
    report: Report, output_format: OutputFormat, paint: Paint, width: int | None = None
) -> str:
    """The report in that format."""
    if output_format is OutputFormat.FULL:
        from flatlint.reporting.as_text import as_text

        return as_text(report, paint, width)
    if output_format is OutputFormat.CONCISE:
        from flatlint.reporting.as_concise import as_concise

        return as_concise(report, paint)
    if output_format is OutputFormat.GROUPED:
        from flatlint.reporting.as_grouped import as_grouped

        return as_grouped(report, paint)
    module, _, name = MACHINE_REPORTERS[output_format].partition(":")
    text: str = getattr(import_module(f"flatlint.reporting.{module}"), name)(report)
    return text

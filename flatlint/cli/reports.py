"""The engine's reports on files or stdin, with a failure on one file stopping no other."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flatlint import engine
from flatlint.cli.files import STDIN, files_to_check
from flatlint.config import Configurations


@dataclass(frozen=True)
class Failure:
    """A file on which flatlint itself failed."""

    path: Path
    reason: str


def explained(error: Exception) -> str:
    """A sentence on a failure of flatlint itself."""
    return f"internal failure: {type(error).__name__}: {error}"


def reports_on(
    files: Iterable[Path], chosen: Configurations
) -> Iterator[engine.FileReport | Failure]:
    """A report on each relevant file, made with the settings of its own project."""
    for path in files:
        settings = chosen.for_file(path).settings
        try:
            yield from engine.lint_paths([path], settings)
        except Exception as error:  # a defect in one rule must not hide what others found
            yield Failure(path, explained(error))


def file_reports(
    paths: tuple[Path, ...], chosen: Configurations
) -> tuple[list[engine.FileReport], list[Failure]]:
    """Reports on everything under `paths`, and what could not be reported on."""
    reports: list[engine.FileReport] = []
    failures: list[Failure] = []
    if paths == (STDIN,):
        data = sys.stdin.buffer.read()
        return [engine.lint_bytes(data, None, chosen.for_run().settings)], failures
    for outcome in reports_on(files_to_check(paths, chosen), chosen):
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            reports.append(outcome)
    return reports, failures

"""The engine's reports on files or stdin, with a failure on one file stopping no other."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from flatlint import engine
from flatlint.cli.exit_codes import ExitCode
from flatlint.cli.files import STDIN, files_to_check
from flatlint.cli.output import complain
from flatlint.config import Configurations, Settings

Outcome = TypeVar("Outcome")


@dataclass(frozen=True)
class Failure:
    """A file on which flatlint itself failed."""

    path: Path
    reason: str


def explained(error: Exception) -> str:
    """A sentence on a failure of flatlint itself; with FLATLINT_DEBUG it is raised again."""
    if os.environ.get("FLATLINT_DEBUG"):
        raise error
    return f"internal failure: {type(error).__name__}: {error}"


def reports_on(
    files: Iterable[Path], chosen: Configurations
) -> Iterator[engine.FileReport | Failure]:
    """A report on each file, made with the settings of its own project, in order."""
    for configuration, group in groupby(files, key=chosen.for_file):
        yield from _reports_on_group(group, configuration.settings)


def _reports_on_group(
    files: Iterator[Path], settings: Settings
) -> Iterator[engine.FileReport | Failure]:
    """Reports on files of one project; after a failure the engine goes on with the next file."""
    current = Path()

    def handed_out() -> Iterator[Path]:
        nonlocal current
        for path in files:
            current = path
            yield path

    is_done = False
    while not is_done:
        try:
            yield from engine.lint_paths(handed_out(), settings)
            is_done = True
        except Exception as error:  # a defect in one rule must not hide what others found
            yield Failure(current, explained(error))


def all_reports(
    paths: tuple[Path, ...], chosen: Configurations
) -> tuple[list[engine.FileReport], list[Failure]]:
    """Reports on everything under `paths`, and what could not be reported on."""
    if paths == (STDIN,):
        settings = chosen.for_run().settings
        return [engine.lint_bytes(sys.stdin.buffer.read(), None, settings)], []
    return parted(reports_on(files_to_check(paths, chosen), chosen))


def parted(outcomes: Iterable[Outcome | Failure]) -> tuple[list[Outcome], list[Failure]]:
    """What went well, and what failed, each in its order."""
    good: list[Outcome] = []
    failures: list[Failure] = []
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            good.append(outcome)
    return good, failures


def complaints(reports: Iterable[engine.FileReport], failures: Iterable[Failure]) -> ExitCode:
    """Say which files could not be read or led to a failure; the exit code that they mean."""
    code = ExitCode.CLEAN
    for report in reports:
        if report.facts is None and report.diagnostics:
            complain(f"{report.source.name}: {report.diagnostics[0].message}")
            code = ExitCode.FINDINGS
    for failure in failures:
        complain(f"{failure.path}: {failure.reason}")
        code = ExitCode.COULD_NOT_RUN
    return code

"""flatlint: a static linter for Keras models.

The three functions here are what other programs build on. None of them runs, imports or writes
anything of the program that it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flatlint.diagnostics import Diagnostic
    from flatlint.engine import FileReport
    from flatlint.reporting.summary import FileSummary

__all__ = ["lint_paths", "lint_text", "summarise_text"]


def lint_text(
    text: str, *, filename: str = "<text>", keras_version: str | None = None
) -> tuple[Diagnostic, ...]:
    """The findings in a program, in the order of its text, those of severity `info` included.

    `keras_version` ("1", "2", "3" or a release such as "2.15") says which Keras the program is for;
    without it the program itself is asked. Raises nothing for any text.
    """
    return _report(text, filename, keras_version).diagnostics


def lint_paths(paths: Iterable[Path], *, keras_version: str | None = None) -> Iterator[FileReport]:
    """A report for each file; one that cannot be read has a finding that says so."""
    from flatlint.config import Settings
    from flatlint.engine import lint_paths as lint_files

    return lint_files(paths, Settings(keras_version=keras_version))


def summarise_text(
    text: str, *, filename: str = "<text>", keras_version: str | None = None
) -> FileSummary:
    """The models in a program: their layers, output shapes and parameters, as Keras counts them."""
    return _report(text, filename, keras_version).summary


def _report(text: str, filename: str, keras_version: str | None) -> FileReport:
    from flatlint.config import Settings
    from flatlint.engine import lint
    from flatlint.sources.reading import from_text

    return lint(from_text(text, filename), Settings(keras_version=keras_version))

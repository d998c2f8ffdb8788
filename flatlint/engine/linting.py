"""`lint`: source in, report out; nothing is read, written or run on the way.

Nothing heavy is imported before a source turns out to name Keras: a commit without it costs next to
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flatlint.config import RuleSelection, Settings
from flatlint.diagnostics import Diagnostic, ShapeTrace
from flatlint.sources.reading import from_bytes, read_file
from flatlint.sources.relevance import names_keras
from flatlint.sources.source_file import SourceFile
from flatlint.sources.unreadable import UnreadableSource

if TYPE_CHECKING:
    from flatlint.engine.projects import Project
    from flatlint.graph import ProgramFacts
    from flatlint.reporting.coverage import FileCoverage
    from flatlint.reporting.summary import FileSummary


@dataclass(frozen=True)
class FileReport:
    """What is to be said of one file; `facts` is `None` where the file does not name Keras."""

    source: SourceFile
    diagnostics: tuple[Diagnostic, ...] = ()
    facts: ProgramFacts | None = None

    @cached_property
    def summary(self) -> FileSummary:
        """What `model.summary()` would print of each model."""
        from flatlint.engine.summaries import summary_of

        return summary_of(self.source, self.facts)

    @cached_property
    def coverage(self) -> FileCoverage:
        """How many layers are fully known, and why the others are not."""
        from flatlint.engine.covering import coverage_in

        return coverage_in(self.source, self.facts)

    @cached_property
    def traces(self) -> tuple[ShapeTrace, ...]:
        """The shapes in the file, and how each came about."""
        if self.facts is None:
            return ()
        from flatlint.engine.tracing import traces_of

        return traces_of(self.facts)


def lint(source: SourceFile, settings: Settings, project: Project | None = None) -> FileReport:
    """Everything that the chosen rules find in a source, `info` included, in its order.

    `project` gives the other files that the source imports; without it they are unknown.
    """
    facts = evaluate(source, settings, project)
    if facts is None:
        return FileReport(source)
    from flatlint.engine.judging import judge

    selection = RuleSelection(settings)
    return FileReport(source, judge(facts, selection), facts)


def evaluate(
    source: SourceFile, settings: Settings, project: Project | None = None
) -> ProgramFacts | None:
    """What the program builds, or `None` if it does not name Keras at all."""
    if not names_keras(source.text.encode("utf-8", "replace")):
        return None
    from flatlint.engine.editions import edition_of
    from flatlint.evaluation.program import evaluate_program
    from flatlint.parsing.parse import parse

    parsed = project.parse(source) if project else parse(source)
    edition = edition_of(parsed, settings)
    loader = project.loader_for(source.path) if project and source.path else None
    return evaluate_program(parsed, edition, loader, settings.step_budget)


def lint_bytes(data: bytes, name: Path | None, settings: Settings) -> FileReport:
    """The report of a file's content; content that cannot be decoded is a finding of its own."""
    try:
        source = from_bytes(data, name)
    except UnreadableSource as unreadable:
        return _unreadable(name or Path("<stdin>"), unreadable)
    return lint(source, settings)


def lint_paths(paths: Iterable[Path], settings: Settings) -> Iterator[FileReport]:
    """A report for each file; one that cannot be read is a finding of its own."""
    from flatlint.engine.projects import Project

    project = Project()
    for path in paths:
        try:
            source = read_file(path)
        except UnreadableSource as unreadable:
            yield _unreadable(path, unreadable)
        else:
            yield lint(source, settings, project)


def _unreadable(path: Path, unreadable: UnreadableSource) -> FileReport:
    from flatlint.engine.judging import unreadable_file

    source = SourceFile(path, str(path), "")
    return FileReport(source, (unreadable_file(source, unreadable.message),))

"""A run of `check`: every file linted and, where asked for, mended; one failure stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from flatlint import engine
from flatlint.cli.reports import Failure, explained, reports_on
from flatlint.config import Configurations, RuleSelection, Settings
from flatlint.diagnostics import Diagnostic, Severity
from flatlint.fixing.rounds import BrokenFix, Content, fix_until_stable
from flatlint.fixing.writing import ChangedMeanwhile
from flatlint.sources import SourceFile
from flatlint.sources.reading import read_bytes
from flatlint.sources.unreadable import UnreadableSource


@dataclass(frozen=True)
class Checked:
    """What came of one source: the findings to show, and what was mended."""

    source: SourceFile
    diagnostics: tuple[Diagnostic, ...]
    applied: tuple[Diagnostic, ...] = ()
    before: Content | None = None
    after: Content | None = None
    uses_keras: bool = True

    @property
    def is_changed(self) -> bool:
        """Whether fixes changed the source."""
        return bool(self.applied)


def check_files(
    files: Iterable[Path], chosen: Configurations, *, fix: bool
) -> Iterator[Checked | Failure]:
    """Check each file with the settings of its project; nothing is written here."""
    for outcome in reports_on(files, chosen):
        if isinstance(outcome, Failure):
            yield outcome
            continue
        source = outcome.source
        path = source.path or Path(source.name)
        yield checked(outcome, chosen.for_file(path).settings, partial(read_bytes, path), fix=fix)


def check_stdin(
    data: bytes, name: Path | None, settings: Settings, *, fix: bool
) -> Checked | Failure:
    """Check what was piped in, as the content of the file `name`."""
    try:
        report = engine.lint_bytes(data, name, settings)
    except Exception as error:
        return Failure(name or Path("<stdin>"), explained(error))
    return checked(report, settings, lambda: data, fix=fix)


def checked(
    report: engine.FileReport, settings: Settings, read: Callable[[], bytes], *, fix: bool
) -> Checked | Failure:
    """The findings to show, after mending what may be mended if `fix` asks for it."""
    found = shown(report.diagnostics, settings)

    def allows(diagnostic: Diagnostic) -> bool:
        fix = diagnostic.fix
        return fix is not None and fix.applicability.is_allowed(unsafe=settings.unsafe_fixes)

    def lint(source: SourceFile) -> tuple[Diagnostic, ...]:
        return shown(engine.lint(source, settings).diagnostics, settings)

    if not fix or not any(map(allows, found)):
        return Checked(report.source, found, uses_keras=report.facts is not None)
    try:
        before = Content.of(report.source, read())
        fixed = fix_until_stable(before, found, allows, lint)
    except (BrokenFix, ChangedMeanwhile, UnreadableSource, UnicodeEncodeError) as error:
        return Failure(Path(report.source.name), f"cannot be mended: {error}")
    except Exception as error:
        return Failure(Path(report.source.name), explained(error))
    return Checked(fixed.content.source, fixed.remaining, fixed.applied, before, fixed.content)


def shown(diagnostics: Iterable[Diagnostic], settings: Settings) -> tuple[Diagnostic, ...]:
    """The findings that the user wants to see, without fixes of rules that are `unfixable`."""
    selection = RuleSelection(settings)
    return tuple(
        found if selection.is_fixable(found.code, found.name) else replace(found, fix=None)
        for found in diagnostics
        if settings.info or found.severity is not Severity.INFO
    )

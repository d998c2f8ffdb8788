"""What flatlint has to say of one version of a document."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace
from pathlib import Path

from flatlint import engine
from flatlint.config import RuleSelection, Settings
from flatlint.diagnostics import Diagnostic
from flatlint.engine.projects import Project
from flatlint.server.documents import Document
from flatlint.server.findings import Finding, Translation
from flatlint.server.project_settings import settings_for


@dataclass(frozen=True)
class Analysis:
    """A report on a version of a document, with its findings in the client's positions."""

    document: Document
    settings: Settings
    report: engine.FileReport
    findings: tuple[Finding, ...] = ()
    problem: str | None = None
    """What is wrong with the configuration, for the user to read."""
    failure: str | None = None
    """How flatlint itself failed, for the log."""


def analyse(document: Document, workspace: Path, project: Project) -> Analysis:
    """Lint a document; a failure of flatlint is told, and no reason to stop serving."""
    chosen = settings_for(document.source.path, workspace)
    settings = chosen.settings
    nothing = Analysis(document, settings, engine.FileReport(document.source), (), chosen.problem)
    if chosen.is_excluded:
        return nothing
    try:
        report = engine.lint(document.source, settings, project)
        translation = Translation(document)
        selection = RuleSelection(settings)
        findings = tuple(
            translation.finding(_as_chosen(found, selection)) for found in report.diagnostics
        )
    except Exception:
        return replace(nothing, failure=f"{document.uri}\n{traceback.format_exc()}")
    return replace(nothing, report=report, findings=findings)


def _as_chosen(found: Diagnostic, selection: RuleSelection) -> Diagnostic:
    """The finding, without its fix where the rule is `unfixable`."""
    is_fixable = selection.is_fixable(found.code, found.name)
    return found if is_fixable else replace(found, fix=None)

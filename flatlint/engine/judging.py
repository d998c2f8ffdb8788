"""Facts in, diagnostics out: the chosen rules judge, their findings get places."""

from __future__ import annotations

from pathlib import Path

from flatlint.config import RuleSelection
from flatlint.diagnostics import Diagnostic
from flatlint.engine.placing import place_in, placed
from flatlint.engine.suppressing import without_suppressed
from flatlint.graph import ProgramFacts, Site
from flatlint.parsing.spans import Span
from flatlint.rules.base import Rule
from flatlint.rules.registry import all_rules
from flatlint.rules.sources.unreadable_file import UnreadableFile
from flatlint.sources.source_file import SourceFile


def judge(facts: ProgramFacts, selection: RuleSelection) -> tuple[Diagnostic, ...]:
    """What the chosen rules find and no comment suppresses, in the order of the text."""
    found = [
        (rule, finding)
        for rule in chosen_rules(selection, facts.source.source.path)
        for finding in rule().findings(facts)
        if is_about(finding.site, facts)
    ]
    kept = without_suppressed(placed(found, facts), facts.source, selection)
    unique = {(d.code, d.place, d.message): d for d in reversed(kept)}
    return tuple(sorted(unique.values(), key=lambda diagnostic: diagnostic.sort_key))


def is_about(site: Site | Span, facts: ProgramFacts) -> bool:
    """Whether a site belongs to the file, or to code elsewhere that the file calls."""
    if isinstance(site, Span):
        return True
    return any(step.source is facts.source for step in (site, *site.calls))


def chosen_rules(selection: RuleSelection, path: Path | None) -> list[type[Rule]]:
    """The rules that the settings select for a file."""
    return [rule for rule in all_rules() if selection.includes(rule.code, rule.name(), path)]


def unreadable_file(source: SourceFile, reason: str) -> Diagnostic:
    """The finding for a file without a text that could be checked."""
    rule = UnreadableFile
    place = place_in(source, Span(0, 0))
    return Diagnostic(rule.code, rule.name(), rule.severity, reason, place)

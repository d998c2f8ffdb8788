"""Suppressions: what a comment keeps away, and comments that keep nothing away."""

from __future__ import annotations

from collections.abc import Sequence

from flatlint.config import RuleSelection
from flatlint.diagnostics import Diagnostic
from flatlint.engine.placing import place_in
from flatlint.parsing.parsed_source import ParsedSource
from flatlint.parsing.suppressions import Suppression
from flatlint.rules.sources.unused_suppression import UnusedSuppression


def without_suppressed(
    diagnostics: Sequence[Diagnostic], parsed: ParsedSource, selection: RuleSelection
) -> list[Diagnostic]:
    """The diagnostics that no comment keeps away, and one for each comment without effect."""
    used: set[Suppression] = set()
    kept = []
    for diagnostic in diagnostics:
        suppression = _suppression_of(diagnostic, parsed)
        if suppression is None:
            kept.append(diagnostic)
        else:
            used.add(suppression)
    rule = UnusedSuppression
    if selection.includes(rule.code, rule.name(), parsed.source.path):
        kept += [
            Diagnostic(
                rule.code,
                rule.name(),
                rule.severity,
                "this comment suppresses nothing",
                place_in(parsed.source, suppression.span),
            )
            for suppression in parsed.suppressions.unused(used)
        ]
    return kept


def _suppression_of(diagnostic: Diagnostic, parsed: ParsedSource) -> Suppression | None:
    source, place = parsed.source, diagnostic.place
    if place.filename != source.name:
        return None
    rows = source.row_of(place.start_offset), source.row_of(place.end_offset)
    return parsed.suppressions.suppresses(diagnostic.code, diagnostic.name, *rows)

"""FL901: a statement cannot be parsed and was left out."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.diagnostics import Severity
from flatlint.graph import ProgramFacts
from flatlint.parsing.spans import Span
from flatlint.rules.base import Finding, Rule


class SkippedStatement(Rule):
    """A statement cannot be parsed; the rest of the file is checked without it.

    It is half typed, or in a dialect of Python that the parser does not know. What the statement
    would have done is not known, so findings that depend on it are missing.

    Bad:
        import keras

        model = keras.Sequential(  # finding
        total = 1

    Good:
        import keras

        model = keras.Sequential()
    """

    code = "FL901"
    severity = Severity.INFO
    since = "0.1"

    def check_program(self, facts: ProgramFacts) -> Iterator[Finding]:
        """One finding for each stretch that a repair left out."""
        for skipped in facts.source.skipped:
            span = Span(skipped.start, skipped.end)
            yield Finding(span, f"not checked: {skipped.reason.value}")

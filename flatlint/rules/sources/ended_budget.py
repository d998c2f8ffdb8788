"""FL902: the evaluation of a file came to its bound."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.diagnostics import Severity
from flatlint.graph import ProgramFacts
from flatlint.rules.base import Finding, Rule


class EndedBudget(Rule):
    """The evaluation of a file came to its bound; what follows was not looked at.

    flatlint follows loops and calls, and counts its steps so that no program can make it slow.
    `--step-budget` sets the bound. What was found before it stays.
    """

    code = "FL902"
    severity = Severity.INFO
    since = "0.1"

    def check_program(self, facts: ProgramFacts) -> Iterator[Finding]:
        """Say where the budget ended."""
        ended = facts.budget_ended
        if ended is not None and ended.site is not None:
            spent = f"{ended.what} costs too many steps" if ended.what else "the step budget ends"
            yield Finding(ended.site, f"{spent} here: the rest was not evaluated")

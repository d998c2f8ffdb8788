"""FL903: a suppression comment keeps nothing away."""

from __future__ import annotations

from flatlint.diagnostics import Severity
from flatlint.rules.base import Rule


class UnusedSuppression(Rule):
    """A `# flatlint: ignore[…]` stands where there is nothing to suppress.

    The program was mended, or the code is misspelled; either way the comment can go before it
    hides something else.
    """

    code = "FL903"
    severity = Severity.INFO
    since = "0.1"

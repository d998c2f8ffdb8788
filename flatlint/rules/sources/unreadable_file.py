"""FL900: a file cannot be read."""

from __future__ import annotations

from flatlint.diagnostics import Severity
from flatlint.rules.base import Rule


class UnreadableFile(Rule):
    """A file cannot be read or decoded, so nothing is known of what it does.

    Python could not run it either: it is missing, binary, a damaged notebook, or not in the
    encoding that it declares (UTF-8 where it declares none).
    """

    code = "FL900"
    severity = Severity.ERROR
    since = "0.1"

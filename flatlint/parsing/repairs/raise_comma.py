"""Python 2's `raise Error, "message"`: the message stays, as an expression that nothing reaches."""

from __future__ import annotations

import re

from flatlint.parsing.lexing import code_only

_RAISE = re.compile(
    r"(?:^[ \t\f]*|[;:][ \t]*)raise[ \t]+[\w.]+(?:\([^()\r\n]*\))?[ \t]*(,)", re.MULTILINE
)


def repair(text: str) -> str:
    """`raise Error, "message"` -> `raise Error; "message"`."""
    for match in _RAISE.finditer(code_only(text)):
        text = text[: match.start(1)] + ";" + text[match.end(1) :]
    return text

"""Python 2's `except Error, error:`: the name that the error gets is left out."""

from __future__ import annotations

import re

from flatlint.parsing.lexing import code_only

_EXCEPT = re.compile(
    r"^[ \t\f]*except\b[ \t]*(?:\([^()\r\n]*\)|[\w.]+)([ \t]*,[ \t]*[\w.]+)[ \t]*:", re.MULTILINE
)


def repair(text: str) -> str:
    """`except Error, error:` -> `except Error       :`; ` as ` would need two more columns."""
    for match in _EXCEPT.finditer(code_only(text)):
        start, end = match.span(1)
        text = text[:start] + " " * (end - start) + text[end:]
    return text

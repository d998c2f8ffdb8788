"""Python 2's `ur"..."` strings."""

from __future__ import annotations

import re

from flatlint.parsing.lexing import code_only

_PREFIX = re.compile(r"(^[ \t\f]*)?\b([uU][rR])(?=[\"'])", re.MULTILINE)


def repair(text: str) -> str:
    """`ur"..."` -> ` r"..."`; at the beginning of a row, where a space would indent, `br"..."`."""
    for match in _PREFIX.finditer(code_only(text)):
        start, end = match.span(2)
        first = " " if match[1] is None else "b"
        text = text[:start] + first + text[start + 1 : end] + text[end:]
    return text

"""Python 2's other way to write `!=`."""

from __future__ import annotations

import re

from flatlint.parsing.lexing import code_only

_UNEQUAL = re.compile("<>")


def repair(text: str) -> str:
    """`a <> b` -> `a != b`."""
    for match in _UNEQUAL.finditer(code_only(text)):
        text = text[: match.start()] + "!=" + text[match.end() :]
    return text

"""Python 2's `exec "code" in names`: what follows the keyword stays, as an expression."""

from __future__ import annotations

import re

from flatlint.parsing.lexing import code_only

_EXEC = re.compile(
    r"(?:^[ \t\f]*|[;:][ \t]*)(exec)\b[ \t]*"
    r"(?=[\w\"'`\\])(?!(?:in|is|and|or|if|else|for|not[ \t]+in)\b)",
    re.MULTILINE,
)


def repair(text: str) -> str:
    """`exec code in names` -> `...; code in names`."""
    for match in _EXEC.finditer(code_only(text)):
        start = match.start(1)
        text = text[:start] + "...;" + text[start + len("exec") :]
    return text

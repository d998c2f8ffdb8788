"""Python 2's `print x`: the expression stays, as a statement of its own."""

from __future__ import annotations

import re

from flatlint.parsing.lexing import code_only

# After these words `print` was a name: `print if x else y`, `print in names`.
_PRINT = re.compile(
    r"(?:^[ \t\f]*|[;:][ \t]*)(print)\b[ \t]*"
    r"(?=[\w\"'`{~\\])(?!(?:in|is|and|or|if|else|for|not[ \t]+in)\b)",
    re.MULTILINE,
)


def repair(text: str) -> str:
    """`print x` -> `pass; x`, of the same width: the space makes room for the semicolon."""
    for match in _PRINT.finditer(code_only(text)):
        start = match.start(1)
        text = text[:start] + "pass;" + text[start + len("print") :]
    return text

"""Python 2's backticks, which were `repr`."""

from __future__ import annotations

import re

from flatlint.parsing.lexing import code_only

_BACKTICKS = re.compile(r"`([^`\r\n]+)`")


def repair(text: str) -> str:
    """`` `x` `` -> `(x)`: not its text any more, but known to be there."""
    for match in _BACKTICKS.finditer(code_only(text)):
        start, end = match.span(1)
        text = text[: start - 1] + "(" + text[start:end] + ")" + text[end + 1 :]
    return text

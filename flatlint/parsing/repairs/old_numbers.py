"""Python 2's octal and long numbers, as decimal numbers of the same value."""

from __future__ import annotations

import re

from flatlint.parsing.lexing import code_only

# Not the exponent of 1e-05, and not what follows a point: 0.05.
_ALONE = r"(?<![\w.])(?<![\d.][eE][-+])"
_OCTAL = re.compile(_ALONE + r"0+[0-9]*[1-9][0-9]*[lL]?(?![\w.])")
_LONG = re.compile(_ALONE + r"(?:0[xX][0-9a-fA-F]+|[1-9][0-9]*|0+)[lL](?!\w)")


def repair(text: str) -> str:
    """`0777` -> ` 511`, `10L` -> `10 `."""
    code = code_only(text)
    for match in _OCTAL.finditer(code):
        text = text[: match.start()] + _decimal(match[0]) + text[match.end() :]
    for match in _LONG.finditer(code):
        if text[match.end() - 1] in "lL":
            text = text[: match.end() - 1] + " " + text[match.end() :]
    return text


def _decimal(literal: str) -> str:
    """The value right-justified; `08` was never a number, its author meant 8."""
    digits = literal.rstrip("lL")
    value = int(digits, 10 if set(digits) & set("89") else 8)
    return str(value).rjust(len(literal))

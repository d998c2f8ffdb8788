"""Python 2's parameters that were tuples: `def f(a, (b, c)):` and `lambda (a, b): a`."""

from __future__ import annotations

import re

from flatlint.parsing.lexing import code_only

_DEF = re.compile(r"^[ \t\f]*def[ \t]+\w+[ \t]*\(", re.MULTILINE)
_LAMBDA = re.compile(r"\blambda[ \t]*(?=\()")
_NAMES = re.compile(r"[\w\s,()]*")


def repair(text: str) -> str:
    """The tuple's own parentheses become spaces, so that its names are parameters."""
    code = code_only(text)
    for match in _DEF.finditer(code):
        end = _closing(code, match.end() - 1)
        if end and _NAMES.fullmatch(code, match.end(), end):
            inside = text[match.end() : end]
            text = text[: match.end()] + _without_parentheses(inside) + text[end:]
    for match in _LAMBDA.finditer(code):
        end = _closing(code, match.end())
        if end and re.compile(r"[ \t]*[,:]").match(code, end + 1):
            inside = text[match.end() : end + 1]
            text = text[: match.end()] + _without_parentheses(inside) + text[end + 1 :]
    return text


def _without_parentheses(parameters: str) -> str:
    return parameters.replace("(", " ").replace(")", " ")


def _closing(code: str, at: int) -> int | None:
    """The offset of the parenthesis that closes the one at `at`, within the next 300 characters.

    The bound keeps this linear in a text full of open parentheses.
    """
    depth = 0
    for offset in range(at, min(at + 300, len(code))):
        depth += (code[offset] == "(") - (code[offset] == ")")
        if depth == 0:
            return offset
    return None

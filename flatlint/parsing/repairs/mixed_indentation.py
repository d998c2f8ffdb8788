"""Tabs and spaces mixed in indentations, which libcst refuses in some forms that Python takes."""

from __future__ import annotations

import re

from flatlint.parsing.lexing import code_only

_INDENTATION = re.compile(r"^[ ]*\t[ \t]*", re.MULTILINE)


def repair(text: str) -> str:
    """Every tab of an indentation -> one space.

    Python 3 takes a mixture only where it means the same for tabs of any width, one among them.
    """
    for match in reversed(list(_INDENTATION.finditer(code_only(text)))):
        text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return text

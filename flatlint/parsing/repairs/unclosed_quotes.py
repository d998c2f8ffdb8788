"""Triple quotes that are not closed yet: the code below would be string, the strings code."""

from __future__ import annotations

import re

from flatlint.parsing import masks
from flatlint.parsing.accepting import error_row
from flatlint.parsing.lexing import STRING_OR_COMMENT
from flatlint.parsing.skipped import Skipped, SkipReason

_LINE_END = re.compile(r"\r\n|\r|\n")


def repair(text: str) -> tuple[str, tuple[Skipped, ...]]:
    """Mask the row from the triple quote that has no partner to the row's end.

    The quote that is left over in the end is seldom the one: where one is missing, a string ends
    where the next should begin, and the words of that one are the first that do not parse.
    """
    left_over, tall = None, []
    for match in STRING_OR_COMMENT.finditer(text):
        if match["unclosed"]:
            left_over = match
            break
        if _LINE_END.search(match[0]):
            tall.append(match)
    if left_over is None:
        return text, ()
    start = left_over.start()
    row = error_row(text[:start].rstrip(" \t") + "\n")
    if row is not None:
        end = _end_of_row(text, row)
        start = next((string.start() for string in reversed(tall) if string.end() <= end), start)
    stop = match.start() if (match := _LINE_END.search(text, start)) else len(text)
    masked = text[:start] + masks.blank(text[start:stop]) + text[stop:]
    return masked, (Skipped(start, stop, SkipReason.NOT_A_STATEMENT),)


def _end_of_row(text: str, row: int) -> int:
    ends = [match.start() for match in _LINE_END.finditer(text)]
    return ends[row - 1] if row <= len(ends) else len(text)

"""Triple quotes that are not closed yet: the code below would be string, the strings code."""

from __future__ import annotations

import re

from flatlint.parsing import masks
from flatlint.parsing.accepting import accepts_statement, error_row
from flatlint.parsing.lexing import STRING_OR_COMMENT, lex
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
    line_end = _LINE_END.search(text, start)
    stop = line_end.start() if line_end else len(text)
    if row is None and not _is_code(text[stop:]):
        stop = len(text)
    masked = text[:start] + masks.blank(text[start:stop]) + text[stop:]
    return masked, (Skipped(start, stop, SkipReason.NOT_A_STATEMENT),)


def _is_code(text: str) -> bool:
    """Whether most of the first rows are statements, and not the words of a half-typed string."""
    lines = lex(text).lines[:20]
    codes = [text[line.start : line.end] for line in lines]
    good = sum(accepts_statement(code, code.endswith(":")) for code in codes)
    return 2 * good > len(codes)


def _end_of_row(text: str, row: int) -> int:
    ends = [match.start() for match in _LINE_END.finditer(text)]
    return ends[row - 1] if row <= len(ends) else len(text)

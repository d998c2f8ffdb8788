"""Strings, comments and logical lines, found in any text, also where it is no valid Python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_TRIPLE = (
    r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""' + "|" + r"'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''"
)
_SINGLE = (
    r'"(?!"")[^"\\\r\n]*(?:\\(?:\r\n|.)[^"\\\r\n]*)*"'
    "|"
    r"'(?!'')[^'\\\r\n]*(?:\\(?:\r\n|.)[^'\\\r\n]*)*'"
)
# Since Python 3.12 a field may contain the quotes of its own f-string (PEP 701).
# A field does not begin with two braces: `{{` read in two ways would cost exponential time.
_FIELD = r"""\{(?!\{)(?:[^{}"'\r\n]|"[^"\r\n]*"|'[^'\r\n]*'|\{[^{}\r\n]*\})*\}"""
_FORMATTED = (
    r"(?:[fFtT][rR]?|[rR][fFtT])(?:"
    rf'"(?!"")(?:[^"\\{{}}\r\n]|\\.|\{{\{{|\}}\}}|{_FIELD})*"'
    rf"|'(?!'')(?:[^'\\{{}}\r\n]|\\.|\{{\{{|\}}\}}|{_FIELD})*'"
    ")"
)
_STRING = rf"{_FORMATTED}|(?i:[bfrut]{{0,2}})(?:{_TRIPLE}|{_SINGLE})"
_TOKEN = re.compile(
    rf"(?P<string>{_STRING})"
    r"|(?P<comment>#[^\r\n]*)"
    r"|(?P<newline>\r\n|\r|\n)"
    r"|(?P<continued>\\[ \t]*(?:\r\n|\r|\n))"
    r"|(?P<space>[ \t\f]+)"
    r"|(?P<open>[(\[{])"
    r"|(?P<close>[)\]}])"
    r"""|(?P<unclosed>(?i:[bfrut]{0,2})["'][^\r\n]*)"""
    r"|(?P<code>\w+|.)",
    re.DOTALL,
)
# Three quotes that open a string which nothing closes are a token of their own.
STRING_OR_COMMENT = re.compile(rf"{_STRING}|#[^\r\n]*" + r"|(?P<unclosed>\"\"\"|''')", re.DOTALL)
# No expression contains these words, whatever bracket is open.
_NEVER_INSIDE = re.compile(
    r"(?:(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(|(?:class|return|import|raise|assert|del|global|pass"
    r"|with|while|break|continue)\b(?![ \t]*[=,)\]}.]))|from[ \t]+[\w.]+[ \t]+import\b|try[ \t]*:"
)
_NEW_STATEMENT = re.compile(
    r"(?:from|print|yield)\b"
    r"|(?:if|elif|else|for|except|finally)\b[^\r\n]*:[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|$)"
    r"|@\w"
    r"|[A-Za-z_][\w.]*(?:\[[^\]\r\n]*\])?(?:[ \t]*,[ \t]*[A-Za-z_][\w.]*)*[ \t]*[-+*/]?=(?!=)"
    r"|[A-Za-z_][\w.]*[ \t]*\("
)
_BLOCK_OPENING = re.compile(r"(?:async|for|while|if|elif|with|def|class|except)\b")
_INDENTATION = re.compile(r"[ \t\f]*")
_TAB_WIDTH = 8
_PAIRS = {"(": ")", "[": "]", "{": "}"}
# Characters that may be read twice, to see whether a bracket is closed further down after all.
_READ_TWICE = 100_000


@dataclass(frozen=True)
class LogicalLine:
    """A statement or the header of one: offsets of its code, comments at its end left out."""

    start: int
    end: int
    indentation: str

    @property
    def indent(self) -> int:
        """The column at which the line begins, as Python counts tabs; a form feed begins anew."""
        column = 0
        for character in self.indentation:
            if character == "\t":
                column += _TAB_WIDTH - column % _TAB_WIDTH
            else:
                column = 0 if character == "\f" else column + 1
        return column


@dataclass(frozen=True)
class Comment:
    """A comment from its `#` to the end of the row; `is_alone` when no code stands before it."""

    start: int
    end: int
    text: str
    is_alone: bool


@dataclass(frozen=True)
class Lexed:
    """What a text consists of: its logical lines and its comments, in order."""

    lines: tuple[LogicalLine, ...]
    comments: tuple[Comment, ...]


def code_only(text: str) -> str:
    """The text with the inside of every string, and every comment, overwritten by `_`.

    Of the same length. Inside of strings line ends are overwritten too, so that `^` is the
    beginning of a row of code.
    """
    return STRING_OR_COMMENT.sub(_emptied, text)


def _emptied(match: re.Match[str]) -> str:
    token = match[0]
    if token.startswith("#"):
        return " " * len(token)
    quotes = 3 if token.endswith(('"""', "'''")) and len(token.lstrip("bBfFrRuUtT")) >= 6 else 1
    prefix = len(token) - len(token.lstrip("bBfFrRuUtT"))
    inside = len(token) - prefix - 2 * quotes
    return token[: prefix + quotes] + "_" * inside + token[len(token) - quotes :]


def closing_brackets(code: str) -> str:
    """What closes the brackets that are open at the end of some code, innermost first."""
    missing = ""
    for character in STRING_OR_COMMENT.sub("", code):
        if character in _PAIRS:
            missing = _PAIRS[character] + missing
        elif missing.startswith(character):
            missing = missing[1:]
    return missing


def lex(text: str, boundaries: tuple[int, ...] = ()) -> Lexed:
    """The logical lines and comments of a text; no line reaches over a boundary (an offset).

    A bracket that is never closed ends its line before the next row that looks like a statement
    and, but for the header of a block, is indented no more than the line itself. A quote that is
    never closed ends with its row.
    """
    lines: list[LogicalLine] = []
    comments: list[Comment] = []
    edges = sorted({0, *boundaries, len(text)})
    for start, end in pairwise(edges):
        reader = _Reader(text, start, end)
        lines += reader.lines()
        comments += reader.comments
    return Lexed(tuple(lines), tuple(comments))


@dataclass(frozen=True)
class _Resumption:
    """Where a new statement seems to begin inside of brackets, and the end of the code before."""

    at: int
    code_end: int


class _Reader:
    """Goes once through a stretch of text, and back to where an unclosed bracket was given up."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.at = start
        self.end = end
        self.comments: list[Comment] = []
        self.may_read_twice = _READ_TWICE

    def lines(self) -> Iterator[LogicalLine]:
        while self.at < self.end:
            line = self._line()
            if line is not None:
                yield line

    def _line(self) -> LogicalLine | None:
        """Read on to the end of one logical line; None for a row without code."""
        begin, code_start, code_end = self.at, -1, -1
        depth = 0
        resumption: _Resumption | None = None
        while self.at < self.end and (match := _TOKEN.match(self.text, self.at, self.end)):
            kind, row = match.lastgroup, match.start()
            self.at = match.end()
            if kind == "newline":
                if depth == 0:
                    break
                if resumption is None and self._is_new_statement(begin, code_start):
                    resumption = _Resumption(self.at, code_end)
                if resumption is not None and self._is_hopeless(resumption):
                    break
            elif kind == "comment":
                alone = not self.text[self._row_start(row) : row].strip()
                self.comments.append(Comment(row, self.at, match[0], alone))
            elif kind not in ("space", "continued") or (kind == "continued" and code_start >= 0):
                depth += (kind == "open") - (kind == "close")
                depth = max(depth, 0)
                code_start = row if code_start < 0 else code_start
                code_end = self.at
        if depth and resumption is not None:
            self._give_up(resumption)
            code_end = resumption.code_end
        if code_start < 0:
            return None
        while self.text[code_end - 1] in "\r\n":
            code_end -= 1
        return LogicalLine(code_start, code_end, self.text[begin:code_start])

    def _row_start(self, offset: int) -> int:
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1

    def _is_new_statement(self, begin: int, code_start: int) -> bool:
        """Whether the row that begins here looks like a statement, not like more of this line."""
        if self._never_inside():
            return True
        space = _INDENTATION.match(self.text, self.at, self.end)
        at = space.end() if space else self.at
        own = len(self.text[begin:code_start].expandtabs())
        is_deeper = len(self.text[self.at : at].expandtabs()) > own
        if is_deeper and not _BLOCK_OPENING.match(self.text, code_start):
            return False
        return bool(_NEW_STATEMENT.match(self.text, at, self.end))

    def _is_hopeless(self, resumption: _Resumption) -> bool:
        """Whether the bracket need not be followed further: the bound keeps lexing linear."""
        return self.at - resumption.at > self.may_read_twice or bool(self._never_inside())

    def _never_inside(self) -> re.Match[str] | None:
        space = _INDENTATION.match(self.text, self.at, self.end)
        return _NEVER_INSIDE.match(self.text, space.end() if space else self.at, self.end)

    def _give_up(self, resumption: _Resumption) -> None:
        """Go back to where a new statement seems to begin."""
        self.may_read_twice -= self.at - resumption.at
        self.at = resumption.at
        self.comments = [comment for comment in self.comments if comment.end <= resumption.at]

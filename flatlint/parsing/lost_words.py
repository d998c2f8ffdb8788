"""What a statement that does not parse would have done, as far as its words tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from keyword import iskeyword

from flatlint.parsing.gap import Gap
from flatlint.parsing.lexing import code_only, lex

_NAME = r"[^\W\d]\w*"
_DOTTED = re.compile(rf"(?<![\w.]){_NAME}(?:\.{_NAME})*")
_PARAMETER = re.compile(rf"(?:^|,)[ \t\r\n]*\**({_NAME})")
_WALRUS = re.compile(rf"({_NAME})[ \t]*:=")
_EQUALS = re.compile(r"(?:\*\*|//|<<|>>|[-+*/%@&|^])=(?!=)|(?<![=!<>:])=(?!=)")
_ITEM = re.compile(rf"(?<![\w.])({_NAME}(?:\.{_NAME})*)(?:\[[^\]]*\]?)+")
_METHOD_CALL = re.compile(rf"(?<![\w.])({_NAME}(?:\.{_NAME})*\.{_NAME})[ \t]*\(")
_HEADER = re.compile(r"(?:if|elif|else|for|while|with|try|except|finally|case|async)\b")
_DEFINITION = re.compile(rf"(?:async[ \t]+)?(?:def|class)[ \t]+({_NAME})")
_BOUND = (
    re.compile(r"\bfor\b(.*?)\bin\b", re.DOTALL),
    re.compile(r"\bas\b([^:,]*)", re.DOTALL),
    re.compile(r"\bimport\b(.*)", re.DOTALL),
    re.compile(r"^del\b(.*)", re.DOTALL),
)
_LEAVES = re.compile(r"\b(?:return|raise|yield|break|continue)\b")
_OPENING, _CLOSING = "([{", ")]}"


def gap_of_statement(text: str) -> Gap:
    """What the statements of a text would do, bodies and all; rows with their indentation."""
    gap = Gap()
    for statement in _statements(text):
        _add(gap, statement)
    return gap


def gap_of_header(code: str) -> Gap:
    """What a header would do to the names in its body."""
    gap = Gap()
    code = code_only(code)
    if _DEFINITION.match(code):
        is_class = code.startswith("class")
        gap.sets.update([] if is_class else _PARAMETER.findall(code.partition("(")[2]))
    else:
        _add(gap, code)
    return gap


def _statements(text: str) -> Iterator[str]:
    """The statements of a text, without what their strings and comments say.

    Within an open bracket a row that is not indented may well be a statement of its own.
    """
    for line in lex(text).lines:
        rows = code_only(text[line.start : line.end]).splitlines(keepends=True)
        statement = ""
        for row in rows:
            is_further = row[: line.indent + 1].isspace() or row[0] in _CLOSING
            if statement and not is_further:
                yield statement
                statement = ""
            statement += row
        yield statement


def _add(gap: Gap, statement: str) -> None:
    """Add what a statement does, or each of those that semicolons separate."""
    outside = _outside_brackets(statement)
    gap.reads.update(_names_in(statement))
    gap.sets.update(_WALRUS.findall(statement))
    gap.leaves |= bool(_LEAVES.search(outside))
    gap.calls.update(_METHOD_CALL.findall(outside))
    for start, end in _parts(outside, ";"):
        _add_simple(gap, statement[start:end].lstrip(), outside[start:end].lstrip())


def _add_simple(gap: Gap, statement: str, outside: str) -> None:
    if definition := _DEFINITION.match(outside):
        gap.sets.add(definition[1])
        return
    for binding in _BOUND:
        for bound in binding.finditer(outside):
            names = _names_in(statement[bound.start(1) : bound.end(1)])
            gap.sets.update(name.partition(".")[0] for name in names)
    start = outside.find(":") + 1 if _HEADER.match(outside) else 0
    for equals in _EQUALS.finditer(outside, start):
        target = _ITEM.sub("", statement[start : equals.start()])
        gap.changes.update(_ITEM.findall(statement[start : equals.start()]))
        gap.sets.update(_names_in(target.partition(":")[0]))
        start = equals.end()


def _names_in(code: str) -> list[str]:
    return [name for name in _DOTTED.findall(code) if not iskeyword(name)]


def _outside_brackets(code: str) -> str:
    """The code with spaces in the place of what brackets contain, closed or not."""
    depth = 0
    signs = []
    for sign in code:
        depth = max(0, depth - (sign in _CLOSING))
        signs.append(" " if depth else sign)
        depth += sign in _OPENING
    return "".join(signs)


def _parts(code: str, separator: str) -> Iterator[tuple[int, int]]:
    start = 0
    for part in code.split(separator):
        yield start, start + len(part)
        start += len(part) + 1

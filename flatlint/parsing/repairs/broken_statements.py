"""Half-typed and otherwise broken statements: each is masked alone, the rest of the file stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from flatlint.parsing import masks
from flatlint.parsing.accepting import accepts, accepts_statement, keyword_of
from flatlint.parsing.lexing import LogicalLine, lex
from flatlint.parsing.nesting import MAXIMUM_ELIFS, is_too_deep
from flatlint.parsing.skipped import Skipped, SkipReason

# libcst's tokenizer, as CPython's, refuses more than 100 levels.
MAXIMUM_BLOCKS = 90
_FOLLOWS = {
    "elif": frozenset(("if", "elif")),
    "else": frozenset(("if", "elif", "for", "while", "except", "async for")),
    "except": frozenset(("try", "except")),
    "finally": frozenset(("try", "except", "else")),
}
_COMPOUND = frozenset(
    [
        "if",
        "for",
        "while",
        "with",
        "def",
        "class",
        "try",
        "match",
        "case",
        "elif",
        "else",
        "except",
        "finally",
        "async def",
        "async for",
        "async with",
    ]
)
_NAMED = re.compile(r"(async[ \t]+def|def|class)[ \t]+(\w+)")


@dataclass
class _Statement:
    """A logical line of the text with the lines that are indented below it."""

    line: LogicalLine
    code: str
    body: list[_Statement] = field(default_factory=list)

    @property
    def keyword(self) -> str:
        return keyword_of(self.code)

    @property
    def is_header(self) -> bool:
        """Whether a block has to follow: a compound statement that ends with its colon."""
        if not self.code.endswith(":"):
            return False
        return self.keyword in _COMPOUND or bool(self.body)

    @property
    def start(self) -> int:
        return self.line.start

    @property
    def end(self) -> int:
        last = self
        while last.body:
            last = last.body[-1]
        return last.line.end


def repair(text: str, boundaries: tuple[int, ...] = ()) -> tuple[str, tuple[Skipped, ...]]:
    """Mask every statement that does not parse; what was masked, in order.

    Statements at the left margin are independent: only those that do not parse are looked into.
    No statement reaches over a boundary (an offset, as those between a notebook's cells).
    """
    masker = _Masker(text)
    groups = _groups(_trees(text, boundaries))
    starts = [group[0].start - len(group[0].line.indentation) for group in groups]
    for group, (start, end) in zip(groups, pairwise([*starts, len(text)]), strict=True):
        if accepts(text[start:end]):
            continue
        masker.mask_block(group, "", 0)
        if not accepts(masker.text[start:end]):
            masker.mask_stretch(start, end, group)
    return masker.text, tuple(sorted(masker.skipped))


def _trees(text: str, boundaries: tuple[int, ...]) -> list[_Statement]:
    """The statements at the outermost level, each with its body, nested by indentation alone."""
    top: list[_Statement] = []
    open_statements: list[_Statement] = []
    for line in lex(text, boundaries).lines:
        statement = _Statement(line, text[line.start : line.end])
        while open_statements and open_statements[-1].line.indent >= line.indent:
            open_statements.pop()
        if len(open_statements) < MAXIMUM_BLOCKS:
            (open_statements[-1].body if open_statements else top).append(statement)
            open_statements.append(statement)
        else:
            # As a further statement of the deepest block it is indented wrongly, and masked.
            open_statements[-2].body.append(statement)
    return top


def _groups(statements: list[_Statement]) -> list[list[_Statement]]:
    """Statements with the clauses that go on with them, and decorators with what they decorate."""
    groups: list[list[_Statement]] = []
    is_decorated = False
    for statement in statements:
        if groups and (is_decorated or statement.keyword in _FOLLOWS):
            groups[-1].append(statement)
        else:
            groups.append([statement])
        is_decorated = statement.keyword == "@"
    return groups


class _Masker:
    """The text while statement after statement of it is masked, and the record of what was."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.skipped: list[Skipped] = []

    def mask_block(self, block: Sequence[_Statement], outer: str, depth: int) -> None:
        """Mask what is wrong in a block; at least one statement of it stays, or a `pass`."""
        indentation = block[0].line.indentation
        if depth and not indentation.startswith(outer):
            indentation = "\0"
        chain: list[_Statement] = []
        elifs = 0
        is_empty = True
        for index, statement in enumerate(block):
            if statement.line.indentation != indentation or (depth == 0 and indentation):
                self._blank(statement, SkipReason.INDENTATION)
                continue
            is_clause = self._is_clause(statement)
            elifs = elifs + 1 if statement.keyword == "elif" else 0
            if is_clause and not self._goes_on(statement, chain):
                self.mask_all([statement], SkipReason.NO_OPENING)
                chain = []
            elif elifs > MAXIMUM_ELIFS:
                self._blank(statement, SkipReason.TOO_DEEP)
            elif self._keep(statement, indentation, depth, is_clause):
                chain = [*chain, statement] if is_clause else [statement]
            elif not is_clause:
                chain = []
            is_empty = False
            if chain and not self._continues(block, index, indentation):
                self._require_handler(chain)
                chain = []
        if is_empty and depth:
            self._fill(block[0])

    def _is_clause(self, statement: _Statement) -> bool:
        return statement.keyword in _FOLLOWS

    def _goes_on(self, clause: _Statement, chain: list[_Statement]) -> bool:
        return bool(chain) and chain[-1].keyword in _FOLLOWS[clause.keyword]

    def _continues(self, block: Sequence[_Statement], index: int, indentation: str) -> bool:
        """Whether the next statement of the block goes on with this one."""
        for statement in block[index + 1 :]:
            if statement.line.indentation == indentation:
                return self._is_clause(statement)
        return False

    def _require_handler(self, chain: list[_Statement]) -> None:
        is_try = chain[0].keyword == "try"
        if is_try and not any(part.keyword in ("except", "finally") for part in chain):
            self.mask_all(chain, SkipReason.NO_HANDLER)

    def _keep(self, statement: _Statement, outer: str, depth: int, is_clause: bool) -> bool:
        """Mask of one statement what is wrong; False when nothing of it is left."""
        if not accepts_statement(statement.code, statement.is_header):
            if not self._replace(statement, is_clause):
                return False
        elif statement.is_header and not statement.body:
            if not self._give_body(statement):
                self._remove(statement, SkipReason.NO_BLOCK, is_clause)
                return False
        elif statement.body and not statement.is_header:
            for inner in statement.body:
                self._blank(inner, SkipReason.INDENTATION)
            return True
        if statement.body:
            self.mask_block(statement.body, outer, depth + 1)
        return True

    def _replace(self, statement: _Statement, is_clause: bool) -> bool:
        """Put something in the place of a line that does not parse; False when its body goes."""
        code = statement.code
        reason = SkipReason.TOO_DEEP if is_too_deep(code) else SkipReason.NOT_A_STATEMENT
        opens = statement.keyword in _COMPOUND or code.endswith(":")
        if statement.body and opens:
            replacement = masks.header(code, _headers(statement))
            if replacement is not None:
                self._put(statement.start, statement.line.end, replacement, reason)
                return True
        self._remove(statement, reason, is_clause)
        return False

    def _give_body(self, header: _Statement) -> bool:
        """Write a `0` into white space or a comment after the header, where there is any."""
        inside = len(header.line.indentation) + 1
        rest = re.compile(r"[ \t]*(?:#[^\r\n]*)?").match(self.text, header.line.end)
        if rest is not None and rest.end() > rest.start():
            self._write(rest.start(), "0#" if rest.end() - rest.start() > 1 else "0")
            return True
        rows = re.compile(r"(?:\r\n|\r|\n)([ \t]*)(#?)([^\r\n]*)")
        at = header.line.end
        while (row := rows.match(self.text, at)) and (row[2] or not row[3]):
            white = row[1]
            if row[2] and len(white) >= inside and white.startswith(header.line.indentation):
                self._write(row.start(2), "0#" if row[3] else "0")
                return True
            if not row[2] and len(white) > inside and white.startswith(header.line.indentation):
                self._write(row.end(1) - 1, "0")
                return True
            at = row.end()
        return False

    def _remove(self, statement: _Statement, reason: SkipReason, is_clause: bool) -> None:
        """Mask a statement with its body; a clause leaves no `pass`, that would end its chain."""
        if is_clause:
            self._blank(statement, reason)
        else:
            self.mask_all([statement], reason)

    def mask_all(self, statements: Sequence[_Statement], reason: SkipReason) -> None:
        """Mask statements and their bodies, and leave one `pass` in their place."""
        start, end = statements[0].start, statements[-1].end
        self._put(start, end, masks.statement(self.text[start:end]), reason)

    def mask_stretch(self, start: int, end: int, group: Sequence[_Statement]) -> None:
        """Mask all that stands between two offsets, comments too; the group is what it held."""
        self._put(start, end, masks.blank(self.text[start:end]), SkipReason.UNPARSABLE)
        self.skipped[-1] = Skipped(group[0].start, group[-1].end, SkipReason.UNPARSABLE)

    def _blank(self, statement: _Statement, reason: SkipReason) -> None:
        start, end = statement.start, statement.end
        self._put(start, end, masks.blank(self.text[start:end]), reason)

    def _fill(self, statement: _Statement) -> None:
        self._write(statement.start, "0")

    def _put(self, start: int, end: int, replacement: str, reason: SkipReason) -> None:
        self.text = self.text[:start] + replacement + self.text[end:]
        self.skipped = [one for one in self.skipped if not start <= one.start < end]
        self.skipped.append(Skipped(start, end, reason))

    def _write(self, at: int, characters: str) -> None:
        self.text = self.text[:at] + characters + self.text[at + len(characters) :]


def _headers(statement: _Statement) -> tuple[str, ...]:
    """Headers that keep the statement's body a block, and a chain of clauses a chain."""
    if named := _NAMED.match(statement.code):
        is_class = named[1] == "class"
        return (f"{named[1]} {named[2]}" + (":" if is_class else "():"),)
    return {
        "elif": ("elif 1:",),
        "else": ("else:",),
        "except": ("except 1:", "except:"),
        "finally": ("finally:",),
        "try": ("try:",),
        "case": ("case _:",),
        "match": (),
    }.get(statement.keyword, ("if 1:",))

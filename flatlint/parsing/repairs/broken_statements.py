"""Half-typed and otherwise broken statements: each is masked alone, the rest of the file stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from flatlint.parsing import masks
from flatlint.parsing.accepting import accepts, accepts_statement
from flatlint.parsing.lexing import closing_brackets
from flatlint.parsing.masked_text import MaskedText
from flatlint.parsing.nesting import MAXIMUM_ELIFS, is_too_deep
from flatlint.parsing.skipped import Skipped, SkipReason
from flatlint.parsing.statement_tree import (
    COMPOUND,
    DEFINITIONS,
    FOLLOWS,
    Statement,
    groups_of,
    statement_trees,
)

_NAMED = re.compile(r"(async[ \t]+def|def|class)[ \t]+(\w+)")
_LINE_END = re.compile(r"[\r\n]")
_HANDLER = "except:0"
# Whether, and how often, a block runs whose header does not parse is not known.
_FALLBACKS = {
    "if": (f"if {masks.UNDEFINED}:",),
    "for": (f"for {masks.UNDEFINED} in {masks.UNDEFINED}:", f"while {masks.UNDEFINED}:"),
    "while": (f"while {masks.UNDEFINED}:",),
    "elif": (f"elif {masks.UNDEFINED}:",),
    "else": ("else:",),
    "except": ("except 1:", "except:"),
    "finally": ("finally:",),
    "try": ("try:",),
    "case": ("case _:",),
    "match": (),
}


def repair(text: str, boundaries: tuple[int, ...] = ()) -> tuple[str, tuple[Skipped, ...]]:
    """Mask every statement that does not parse; what was masked, in order.

    Statements at the left margin are independent: only those that do not parse are looked into.
    No statement reaches over a boundary (an offset, as those between a notebook's cells).
    """
    masked = MaskedText(text)
    groups = groups_of(statement_trees(text, boundaries))
    starts = [group[0].row_start for group in groups]
    for group, (start, end) in zip(groups, pairwise([*starts, len(text)]), strict=True):
        if accepts(text[start:end]):
            continue
        _Block(masked, group).mask()
        if not accepts(masked.text[start:end]):
            masked.blank(start, end)
            masked.record(group[0].start, group[-1].end, SkipReason.UNPARSABLE)
    return masked.text, tuple(sorted(masked.skipped))


class _Block:
    """The statements of one block, masked one after the other; something of it always stays."""

    def __init__(
        self, masked: MaskedText, block: Sequence[Statement], outer: str | None = None
    ) -> None:
        self.masked = masked
        self.block = block
        self.indentation = _indentation_of(block[0].line.indentation, outer)
        self.chain: list[Statement] = []
        self.decorators: list[Statement] = []
        self.elifs = 0
        self.is_empty = True

    def mask(self) -> None:
        """Mask what is wrong in this block and in those within it."""
        for statement in self.block:
            if statement.line.indentation != self.indentation:
                self._blank(statement, SkipReason.INDENTATION)
            elif statement.keyword == "@":
                self._end_chain()
                self._keep_decorator(statement)
            elif statement.is_clause:
                self._drop_decorators()
                self._mask_clause(statement)
            else:
                self._end_chain()
                self._mask_statement(statement)
        self._end_chain()
        self._drop_decorators()
        if self.is_empty:
            self.masked.write(self.block[0].start, "0")

    def _mask_statement(self, statement: Statement) -> None:
        is_kept = self._keep(statement)
        if not is_kept or statement.keyword not in DEFINITIONS:
            self._drop_decorators()
        self.decorators = []
        self.chain = [statement] if is_kept else []
        self.elifs = 0
        self.is_empty = False

    def _mask_clause(self, clause: Statement) -> None:
        if not self.chain or self.chain[-1].keyword not in FOLLOWS[clause.keyword]:
            self._end_chain()
            self._replace_by_pass(clause, SkipReason.NO_OPENING)
            self.is_empty = False
            return
        self.elifs = self.elifs + 1 if clause.keyword == "elif" else 0
        if self.elifs > MAXIMUM_ELIFS:
            self._blank(clause, SkipReason.TOO_DEEP)
        elif self._keep(clause):
            self.chain.append(clause)

    def _end_chain(self) -> None:
        """Nothing goes on with the statement before: a `try` must have its handler by now."""
        chain, self.chain = self.chain, []
        if not chain or chain[0].keyword != "try" or ":" not in chain[0].code:
            return
        if not any(part.keyword in ("except", "finally") for part in chain):
            self._give_handler(chain[0])

    def _give_handler(self, opening: Statement) -> None:
        """Sacrifice the last statement of a `try` for a handler, or else the whole of it."""
        last = _last_that_may_go(opening)
        if last is not None:
            start = last.row_start + len(opening.line.indentation)
            if last.line.end - start >= len(_HANDLER):
                self.masked.blank(start, last.end)
                self.masked.write(start, _HANDLER)
                self.masked.record(last.start, last.end, SkipReason.NO_HANDLER)
                return
        self._replace_by_pass(opening, SkipReason.NO_HANDLER)

    def _keep_decorator(self, decorator: Statement) -> None:
        if accepts_statement(decorator.code, is_header=False) and not decorator.body:
            self.decorators.append(decorator)
        else:
            self._blank(decorator, SkipReason.NOT_A_STATEMENT)

    def _drop_decorators(self) -> None:
        """What was to be decorated is not there."""
        for decorator in self.decorators:
            self._blank(decorator, SkipReason.NOT_A_STATEMENT)
        self.decorators = []

    def _keep(self, statement: Statement) -> bool:
        """Mask of one statement what is wrong; False when nothing of it is left."""
        if not accepts_statement(statement.code, statement.is_header):
            if not self._replace_header(statement):
                return False
        elif statement.is_header and not statement.body:
            if not self.masked.give_body(statement):
                self._remove(statement, SkipReason.NO_BLOCK)
                return False
        elif statement.body and not statement.is_header:
            for inner in statement.body:
                self._blank(inner, SkipReason.INDENTATION)
            return True
        if statement.body:
            _Block(self.masked, statement.body, statement.line.indentation).mask()
        return True

    def _replace_header(self, statement: Statement) -> bool:
        """Put a header in the place of one that does not parse; False when its body goes too."""
        code = statement.code
        reason = SkipReason.TOO_DEEP if is_too_deep(code) else SkipReason.NOT_A_STATEMENT
        if statement.body and (statement.keyword in COMPOUND or code.endswith(":")):
            row_end = self.masked.row_end(statement.line.end)
            place = self.masked.text[statement.start : row_end]
            replacement = masks.header(place, _headers(statement))
            if replacement is not None:
                self.masked.write(statement.start, replacement)
                self.masked.record(statement.start, statement.line.end, reason)
                return True
        self._remove(statement, reason)
        return False

    def _remove(self, statement: Statement, reason: SkipReason) -> None:
        """Mask a statement with its body; a clause leaves no `pass`, that would end its chain."""
        if statement.is_clause:
            self._blank(statement, reason)
        else:
            self._replace_by_pass(statement, reason)

    def _replace_by_pass(self, statement: Statement, reason: SkipReason) -> None:
        start, end = statement.start, statement.end
        self.masked.write(start, masks.statement(self.masked.text[start:end]))
        self.masked.record(start, end, reason)

    def _blank(self, statement: Statement, reason: SkipReason) -> None:
        self.masked.blank(statement.start, statement.end)
        self.masked.record(statement.start, statement.end, reason)


def _indentation_of(first: str, outer: str | None) -> str | None:
    """The indentation of a block, by its first row and the block around; None for a wrong one.

    Outside of all blocks `outer` is None, and only a form feed may stand before a statement.
    """
    if outer is None:
        return first if not first.strip("\f") else ""
    return first if first.startswith(outer) and "\f" not in first[len(outer) :] else None


def _last_that_may_go(opening: Statement) -> Statement | None:
    """The innermost last statement below a header without which no block would be empty."""
    found = None
    statement = opening
    while len(statement.body) > 1:
        statement = statement.body[-1]
        if statement.keyword not in ("except", "finally"):
            found = statement
    return found


def _headers(statement: Statement) -> tuple[str, ...]:
    """Headers that keep the statement's body a block, and a chain of clauses a chain.

    The first choice is what was typed, with what is missing at its end.
    """
    code = statement.code
    completed = code + closing_brackets(code) + ":" if not _LINE_END.search(code) else code
    fallback = _FALLBACKS.get(statement.keyword, ("if 1:",))
    if named := _NAMED.match(statement.code):
        fallback = (f"{named[1]} {named[2]}" + (":" if named[1] == "class" else "():"),)
    if accepts_statement(completed, is_header=True):
        return (completed, *fallback)
    return fallback

"""The statements of a text and how they nest, told by rows and indentation alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flatlint.parsing.accepting import keyword_of
from flatlint.parsing.lexing import LogicalLine, lex

# libcst's tokenizer, as CPython's, refuses more than 100 levels.
MAXIMUM_BLOCKS = 90
# Which statements or clauses a clause may go on with.
FOLLOWS = {
    "elif": frozenset(("if", "elif")),
    "else": frozenset(("if", "elif", "for", "while", "except", "async for")),
    "except": frozenset(("try", "except")),
    "finally": frozenset(("try", "except", "else")),
}
DEFINITIONS = frozenset(("def", "class", "async def"))
COMPOUND = DEFINITIONS | {
    *("if", "for", "while", "with", "try", "match", "case", "async for", "async with"),
    *FOLLOWS,
}


@dataclass
class Statement:
    """A logical line of the text with the lines that are indented below it."""

    line: LogicalLine
    code: str
    keyword: str
    body: list[Statement] = field(default_factory=list)
    level: int = 0
    """The column of its block: its own, unless it is indented as nothing around it."""
    filled_until: int = 0
    """Where a body ends that a repair gave to it, in white space below."""

    @property
    def is_clause(self) -> bool:
        """Whether it goes on with a statement before it: `else` and the like."""
        return self.keyword in FOLLOWS

    @property
    def is_header(self) -> bool:
        """Whether a block has to follow: a compound statement that ends with its colon."""
        return self.code.endswith(":") and (self.keyword in COMPOUND or bool(self.body))

    @property
    def start(self) -> int:
        """The offset of its first character."""
        return self.line.start

    @property
    def row_start(self) -> int:
        """The offset at which its first row begins."""
        return self.line.start - len(self.line.indentation)

    @property
    def end(self) -> int:
        """The offset after the last character of its body."""
        last = self
        while last.body:
            last = last.body[-1]
        return max(last.line.end, last.filled_until)


def statement_trees(text: str, boundaries: tuple[int, ...]) -> list[Statement]:
    """The statements at the outermost level, each with its body."""
    top: list[Statement] = []
    open_statements: list[Statement] = []
    for line in lex(text, boundaries).lines:
        code = text[line.start : line.end]
        statement = Statement(line, code, keyword_of(code), level=line.indent)
        outermost = None
        while open_statements and open_statements[-1].level >= line.indent:
            outermost = open_statements.pop()
        if outermost is not None and line.indent:
            # A row dedented to no block's column is taken for one of the block that it leaves, so
            # that the rows below it are not taken for its body.
            statement.level = outermost.level
        if len(open_statements) < MAXIMUM_BLOCKS:
            (open_statements[-1].body if open_statements else top).append(statement)
            open_statements.append(statement)
        else:
            # As a further statement of the deepest block it is indented wrongly, and masked.
            open_statements[-2].body.append(statement)
    return top


def groups_of(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Statements with the clauses that go on with them, and decorators with what they decorate."""
    groups: list[list[Statement]] = []
    is_decorated = False
    for statement in statements:
        if groups and (is_decorated or statement.is_clause):
            groups[-1].append(statement)
        else:
            groups.append([statement])
        is_decorated = statement.keyword == "@"
    return groups

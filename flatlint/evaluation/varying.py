"""Numbers that a loop counts: a test of one is not decided by the value of the first round."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

_FURTHER = ("orelse", "finalbody")


def counted_in(loop: cst.For | cst.While) -> frozenset[str]:
    """The names that a round of the loop changes in place: `count += 1`."""
    return frozenset(_counted(loop.body))


def _counted(block: cst.CSTNode) -> Iterator[str]:
    for statement in getattr(block, "body", ()):
        if isinstance(statement, cst.AugAssign):
            if isinstance(statement.target, cst.Name):
                yield statement.target.value
        elif isinstance(statement, cst.SimpleStatementLine):
            yield from _counted(statement)
        elif isinstance(statement, cst.If | cst.For | cst.While | cst.With | cst.Try):
            for part in _blocks(statement):
                yield from _counted(part)


def _blocks(statement: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The blocks of a compound statement, those of its `elif`, `else` and `except` too."""
    body = getattr(statement, "body", None)
    if body is not None:
        yield body
    others = [getattr(statement, name, None) for name in _FURTHER]
    for other in (*others, *getattr(statement, "handlers", ())):
        if other is not None:
            yield from _blocks(other)


def mentions(test: cst.BaseExpression, names: frozenset[str]) -> bool:
    """Whether a test asks for one of the names."""
    if not names:
        return False
    match test:
        case cst.Name(value=name):
            return name in names
        case cst.Comparison(left=left, comparisons=others):
            return any(mentions(part, names) for part in (left, *(o.comparator for o in others)))
        case cst.BinaryOperation() | cst.BooleanOperation():
            return mentions(test.left, names) or mentions(test.right, names)
        case cst.UnaryOperation(expression=inner):
            return mentions(inner, names)
        case _:
            return False

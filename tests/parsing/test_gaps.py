"""What is read of statements that do not parse: at least what Python reads of whole ones."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flatlint.parsing.gap import Gap
from flatlint.parsing.lost_words import gap_of_header, gap_of_statement
from flatlint.parsing.parse import parse
from flatlint.sources.source_file import SourceFile
from tests.parsing.programs import CONSTRUCTS, FIXTURES, text_of

OWN_SCOPE = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("x = y = [1, 2", Gap(sets={"x", "y"})),
        ("(x, [y, *z]) = 1 2", Gap(sets={"x", "y", "z"})),
        ("self.x //= 1 2", Gap(sets={"self.x"})),
        ("x: int = 1 2", Gap(sets={"x"})),
        ("x['a = b'][y] = 1 2", Gap(changes={"x"})),
        ("x = 1; y = 2 3; z == 4", Gap(sets={"x", "y"})),
        ("f(x=1, y==(z := 2)) 3", Gap(sets={"z"})),
        ("if x <= y != z: a = 1 2", Gap(sets={"a"})),
        ("f(\nx = 1\n)", Gap(sets={"x"})),
        ("for x, y in z: pass pass", Gap(sets={"x", "y"})),
        ("with a as b, c as (d, e): pass pass", Gap(sets={"b", "d", "e"})),
        ("import a.b, c as d,", Gap(sets={"a", "c", "d"})),
        ("from a import (b as c, d", Gap(sets={"b", "c", "d"})),
        ("  def f(a, b=1):\n    c = 1\n", Gap(sets={"f", "c"})),
        ("del x, y z", Gap(sets={"x", "y", "z"})),
        ("a.b.add(c.d(1)) 2", Gap(calls={"a.b.add"})),
        ("x = 'y = 1'  # z = 2", Gap(sets={"x"})),
        ("return x 1", Gap(leaves=True)),
    ],
)
def test_a_broken_statement_is_read_word_by_word(text: str, gap: Gap) -> None:
    found = gap_of_statement(text)
    assert (found.sets, found.changes) == (gap.sets, gap.changes)
    assert (found.calls, found.leaves) == (gap.calls, gap.leaves)


def test_a_header_sets_what_its_body_finds_set() -> None:
    assert gap_of_header("def f(a, *b, c=[1, 2], **d, e=):").sets == {"a", "b", "c", "d", "e"}
    assert gap_of_header("for a, (b, c) in d e:").sets == {"a", "b", "c"}
    assert gap_of_header("class A(B, c=1:").sets == set()


def within(node: ast.AST) -> Iterator[ast.AST]:
    """The node and what is within, other scopes left out."""
    yield node
    for child in ast.iter_child_nodes(node) if not isinstance(node, OWN_SCOPE) else ():
        yield from within(child)


def set_by(statement: ast.stmt) -> set[str]:
    """The names and attributes that a statement sets, as Python itself reads it."""
    found = set()
    for node in within(statement):
        match node:
            case ast.Name(ctx=ast.Store() | ast.Del()):
                found.add(node.id)
            case ast.Attribute(value=ast.Name(), ctx=ast.Store()):
                found.add(ast.unparse(node))
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                found.add(node.name)
            case ast.alias(name=name, asname=asname) if name != "*":
                found.add(asname or name.partition(".")[0])
            case ast.ExceptHandler(name=str() as name):
                found.add(name)
    return found


PROGRAMS = [text_of(FIXTURES.parent / "programs" / "question_in_three_styles.py")]
PROGRAMS += [
    text_of(path)
    for path in sorted((FIXTURES.parent / "shapes").rglob("*.py"))
    if path.parent.name != "skipped_statements"
]
STATEMENTS = [
    (ast.get_source_segment(program, statement) or "", set_by(statement))
    for program in PROGRAMS
    for statement in ast.parse(program).body
    if not isinstance(statement, ast.Match)
]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(STATEMENTS), st.sampled_from(["", " ??", " x", "))", "((", "]", " $ ="]))
def test_every_name_that_a_statement_sets_is_read_when_it_is_broken(
    statement: tuple[str, set[str]], end: str
) -> None:
    text, names = statement
    assert names <= gap_of_statement(text + end).sets


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([CONSTRUCTS, *PROGRAMS]), st.data())
def test_a_gap_stands_before_a_statement_of_the_tree(program: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(program)))
    parsed = parse(SourceFile(None, "x.py", program[:at] + "??" + program[at:]))
    assert sum(map(len, parsed.gaps.values())) <= len(parsed.skipped)
    assert parsed.skipped or not parsed.gaps

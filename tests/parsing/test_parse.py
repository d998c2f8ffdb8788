"""Any text becomes a tree, and a broken statement costs itself alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flatlint.parsing.parse import parse
from flatlint.parsing.parsed_source import ParsedSource
from flatlint.parsing.skipped import SkipReason
from flatlint.sources.reading import read_file
from flatlint.sources.source_file import SourceFile
from tests.parsing.programs import CONSTRUCTS, FIXTURES, OWN, text_of

PROGRAMS = [CONSTRUCTS, *(text_of(path) for path in sorted(FIXTURES.glob("*.py")))]
NOTEBOOKS = sorted((FIXTURES.parent / "notebooks").glob("*.ipynb"))


def parse_text(text: str) -> ParsedSource:
    return parse(SourceFile(None, "x.py", text))


def line_ends(text: str) -> list[tuple[int, str]]:
    return [(match.start(), match[0]) for match in re.finditer("[\r\n]", text)]


def check_that_nothing_moved(text: str) -> ParsedSource:
    """What holds of every text, however broken."""
    parsed = parse_text(text)
    assert len(parsed.text) == len(text)
    assert line_ends(parsed.text) == line_ends(text)
    assert all(0 <= one.start < one.end <= len(text) for one in parsed.skipped)
    return parsed


def test_text_in_order_is_parsed_as_it_is() -> None:
    parsed = parse_text(CONSTRUCTS)
    assert parsed.text == parsed.module.code == CONSTRUCTS
    assert not parsed.skipped


@pytest.mark.parametrize("path", OWN[::5], ids=lambda path: path.name)
def test_our_own_program_needs_no_repair(path: Path) -> None:
    parsed = parse(read_file(path))
    assert parsed.module.code == parsed.source.text


def test_python_2_reads_as_its_fixture_says_and_loses_nothing() -> None:
    text = text_of(FIXTURES / "python2.py")
    parsed = check_that_nothing_moved(text)
    assert not parsed.skipped
    for row in parsed.text.split("\n"):
        code, _, expected = row.partition("# reads as: ")
        assert expected in code


@pytest.mark.parametrize("name", ["half_typed", "half_typed_docstring"])
def test_half_typed_statements_leave_the_others_as_they_are(name: str) -> None:
    text = text_of(FIXTURES / f"{name}.py")
    parsed = check_that_nothing_moved(text)
    rows = parsed.text.split("\n")
    staying = [row for row in text.split("\n") if row.endswith("# stays")]
    assert staying == [row for row in rows if row.endswith("# stays")]
    broken = [row for row, line in enumerate(text.split("\n"), 1) if "# broken" in line]
    skipped_rows = {parsed.source.row_of(one.start) for one in parsed.skipped}
    assert set(broken) <= skipped_rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("model.\nx = 1\n", "pass  \nx = 1\n"),
        ("a.\nx = 1\n", "0 \nx = 1\n"),
        ("f(a,\n  b\nx = 1\n", "pass\n   \nx = 1\n"),
        ("if a =\n  x = 1\n", "if ǃ: \n  x = 1\n"),
        ("while f(a:\n  x = 1\n", "while ǃ:  \n  x = 1\n"),
        ("for a in b  \n  x = 1\n", "for a in b: \n  x = 1\n"),
        ("def f(a, b=):\n  x = 1\n", "def f():     \n  x = 1\n"),
        ("async def f(a b):\n  x = 1\n", "async def f():   \n  x = 1\n"),
        ("class A(B  # why\n  x = 1\n", "class A(B):     \n  x = 1\n"),
        ("class A(=):\n  x = 1\n", "class A:   \n  x = 1\n"),
        ("if a:\n  b\nelif c d:\n  x = 1\n", "if a:\n  b\nelif ǃ:  \n  x = 1\n"),
        ("if a:\n  b\nelse :c d\nx = 1\n", "if a:\n  b\n         \nx = 1\n"),
        ("try:\n  x = 1\nexcept A B:\n  y = 1\n", "try:\n  x = 1\nexcept 1:  \n  y = 1\n"),
        ("try:\n  x = 1\n  y = 1000\nz = 1\n", "try:\n  x = 1\nexcept:0  \nz = 1\n"),
        ("try:\n  x = 1\n", "pass\n       \n"),
        ("def f():\n    \nx = 1\n", "def f():\n   0\nx = 1\n"),
        ("def f():  # why\nx = 1\n", "def f():0## why\nx = 1\n"),
        ("def f():\n  # why\nx = 1\n", "def f():\n  0#why\nx = 1\n"),
        ("def f():\nx = 1\n", "pass    \nx = 1\n"),
        ("x = 1\n  y = 2\nz = 3\n", "x = 1\n       \nz = 3\n"),
        ("if a:\n    x = 1\n  y = 2\nz = 3\n", "if a:\n    x = 1\n       \nz = 3\n"),
        ("if a:\n    x = 1\n\ty = 2\nz = 3\n", "if a:\n    x = 1\n      \nz = 3\n"),
        (
            "class A:\n    x = 1\n   def f():\n      return\n    def g(): pass\n",
            "class A:\n    x = 1\n           \n            \n    def g(): pass\n",
        ),
        ("else:\n  x = 1\ny = 2\n", "pass \n       \ny = 2\n"),
        ("@a(\ndef f(): x\n", "   \ndef f(): x\n"),
        ("@a\nx = 1\n", "  \nx = 1\n"),
        ("@a\ndef\nx = 1\n", "  \n0  \nx = 1\n"),
        ("match a:\n  case 1 2:\n    x = 1\n", "match a:\n  case _:  \n    x = 1\n"),
        ("x = 'a\ny = 2\n", "pass  \ny = 2\n"),
        ("x = 1 \\", "pass   "),
        ("x, y = [1\ny = 2", "pass     \ny = 2"),
        ("x = ]\ny = 2", "pass \ny = 2"),
        ("x=$\ny = 2", "0  \ny = 2"),
        ("a.add(\n  B(??)\n)\ny = 2", "pass  \n       \n \ny = 2"),
        ("for x in f(a:\n  y = 2", "for ǃ in ǃ:  \n  y = 2"),
        ("if a: b c\ny = 2", "pass     \ny = 2"),
    ],
)
def test_a_broken_statement_is_masked_alone(text: str, expected: str) -> None:
    parsed = check_that_nothing_moved(text)
    assert parsed.text == expected
    assert parsed.module.code.rstrip() == expected.rstrip()


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_other_line_ends_are_repaired_as_well(line_end: str) -> None:
    text = text_of(FIXTURES / "half_typed.py").replace("\n", line_end)
    assert "".join(check_that_nothing_moved(text).text.split()) == "".join(
        parse_text(text.replace(line_end, "\n")).text.split()
    )


def test_the_reason_is_told() -> None:
    parsed = parse_text("x = 1\n  y = 2\nelse: z\ndef f():\n@a\n")
    assert [one.reason for one in parsed.skipped] == [
        SkipReason.INDENTATION,
        SkipReason.NO_OPENING,
        SkipReason.NO_BLOCK,
        SkipReason.NOT_A_STATEMENT,
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_half_typed_cell_leaves_the_next_as_it_is(path: Path) -> None:
    source = read_file(path)
    first, last = source.cells[0], source.cells[-1]
    text = source.text[: first.end - 1] + "(" + source.text[first.end :]
    parsed = parse(SourceFile(None, "", text, source.cells, separator=source.separator))
    assert parsed.skipped
    assert parsed.text[last.start : last.end] == source.text[last.start : last.end]


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "\0", "\ud800", "x = '\ud800'", "\ufeff\ufeffx", "\x0c", "\\", "'''", "\r\r\n"],
)
def test_odd_texts_have_a_tree(text: str) -> None:
    check_that_nothing_moved(text)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PROGRAMS), st.data())
def test_a_program_cut_off_anywhere_has_a_tree(program: str, data: st.DataObject) -> None:
    check_that_nothing_moved(program[: data.draw(st.integers(0, len(program)))])


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PROGRAMS), st.data())
def test_a_program_with_characters_missing_has_a_tree(program: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(program)))
        program = program[:at] + program[at + data.draw(st.integers(1, 4)) :]
    check_that_nothing_moved(program)


SIGNS = ["(", ")", "[", "}", '"', "'", '"""', ":", "=", "\n", "\r", "\n    ", "\\", "\t", "@", "`"]
SIGNS += ["else:\n", "try:\n", "\x0c", ",", "é", "#", "\ufeff", "lambda", "print x", "if"]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PROGRAMS), st.sampled_from(SIGNS), st.data())
def test_a_program_with_something_put_in_has_a_tree(
    program: str, sign: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(program)))
    check_that_nothing_moved(program[:at] + sign + program[at:])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*SIGNS, "x", " ", "def f", "1", "{", "f'{", "case", "*"])))
def test_any_row_of_signs_has_a_tree(signs: list[str]) -> None:
    check_that_nothing_moved("".join(signs))


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_one_statement_cut_short_costs_its_own_block_at_most(data: st.DataObject) -> None:
    """The statements at the left margin before and after the one that is cut stay as they are."""
    blocks = [
        "import keras\n",
        "def f(x):\n    y = [x, (1, 2)]\n    return keras.Dense(y)\n",
        "class A(B):\n    def g(self):\n        if self.x:\n            return 1\n",
        "model.add(keras.Dense(\n    4, activation='relu'))\n",
        "for x in range(3):\n    model.add(x)\n",
    ]
    before, after = "first = 1\n", "last = (2)\n"
    row = data.draw(st.sampled_from(blocks)).rstrip("\n").split("\n")
    cut = data.draw(st.integers(0, len(row) - 1))
    row[cut] = row[cut][: data.draw(st.integers(0, len(row[cut])))]
    parsed = check_that_nothing_moved(before + "\n".join(row) + "\n" + after)
    assert parsed.text.startswith(before)
    assert parsed.text.endswith(after)

"""Logical lines and comments, against Python's tokenizer where the text is Python."""

from __future__ import annotations

import io
import tokenize
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flatlint.parsing.lexing import code_only, lex
from tests.parsing.programs import CONSTRUCTS, FIXTURES, SMALL, text_of


def tokens_of(text: str) -> list[tokenize.TokenInfo]:
    return list(tokenize.generate_tokens(io.StringIO(text, newline="").readline))


def offsets_of(text: str, token: tokenize.TokenInfo) -> tuple[int, int]:
    rows = [0]
    for row in io.StringIO(text, newline=""):
        rows.append(rows[-1] + len(row))
    return rows[token.start[0] - 1] + token.start[1], rows[token.end[0] - 1] + token.end[1]


TEXTS = {"constructs": CONSTRUCTS} | {path.name: text_of(path) for path in SMALL[:15]}
PROGRAMS = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


@PROGRAMS
def test_comments_are_those_of_python(text: str) -> None:
    expected = [token.string for token in tokens_of(text) if token.type == tokenize.COMMENT]
    assert [comment.text for comment in lex(text).comments] == expected


@PROGRAMS
def test_logical_lines_are_those_of_python(text: str) -> None:
    begins, expected = True, []
    for token in tokens_of(text):
        if token.type == tokenize.NEWLINE:
            begins = True
        elif begins and token.type not in (
            *(tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER),
        ):
            expected.append(offsets_of(text, token)[0])
            begins = False
    assert [line.start for line in lex(text).lines] == expected


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a = f(\nb = 1\n", ["a = f(", "b = 1"]),
        ("a = f(\n  b,\nc = 1\n", ["a = f(\n  b,", "c = 1"]),
        ("a = f(\nb,\nc)\nd = 1", ["a = f(\nb,\nc)", "d = 1"]),
        ("a = f(  # why\nreturn a\n", ["a = f(", "return a"]),
        ("a = f(\n    def g(x):\n", ["a = f(", "def g(x):"]),
        ("for a in [1\n    f(a)\n", ["for a in [1", "f(a)"]),
        ("a = 'b\nc = 1\n", ["a = 'b", "c = 1"]),
        ('a = """b\nc = 1\n', ['a = """b', "c = 1"]),
        ("a = )\nb = 1\n", ["a = )", "b = 1"]),
        ("f(x=1,\nfor y in z)\n", ["f(x=1,\nfor y in z)"]),
        ('f"{a["b#"]}"  # c\nd', ['f"{a["b#"]}"', "d"]),
        ("a = 1 \\", ["a = 1 \\"]),
        ("", []),
        ("\n  \n# c\n", []),
    ],
)
def test_broken_lines_end_before_the_next_statement(text: str, codes: list[str]) -> None:
    assert [text[line.start : line.end] for line in lex(text).lines] == codes


def test_no_line_reaches_over_a_boundary() -> None:
    text = "a = f(\n# cell\ng,\n"
    assert [line.start for line in lex(text, (text.index("# cell"),)).lines] == [0, 14]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 'b#c'  # d", "a = '___'     "),
        ('"""a\nb""" + x', '"""___""" + x'),
        ("rb'a'", "rb'_'"),
        ("''", "''"),
    ],
)
def test_code_only_hides_strings_and_comments(text: str, expected: str) -> None:
    assert code_only(text) == expected


@given(st.text(alphabet="a\"'#\\\n\r({[)]} f\t\x0c", max_size=40))
def test_any_text_is_lexed_in_order_and_keeps_its_length(text: str) -> None:
    assert len(code_only(text)) == len(text)
    lines = lex(text).lines
    offsets = [offset for line in lines for offset in (line.start, line.end)]
    assert offsets == sorted(offsets)
    assert all(text[line.start] not in " \t\r\n" for line in lines)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.py")), ids=lambda path: path.stem)
def test_every_character_of_code_is_in_a_line_or_a_comment(path: Path) -> None:
    text = text_of(path)
    lexed = lex(text)
    covered = {
        offset for part in (*lexed.lines, *lexed.comments) for offset in range(part.start, part.end)
    }
    assert not "".join(text[at] for at in range(len(text)) if at not in covered).strip()

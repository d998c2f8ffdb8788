"""Offsets and the positions that a reader counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flatlint.sources.source_file import Cell, Position, SourceFile


def source_of(text: str) -> SourceFile:
    return SourceFile(None, "x.py", text)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_rows_and_columns_count_from_one_at_every_line_end(line_end: str) -> None:
    source = source_of(f"a{line_end}bc{line_end}")
    assert source.position_of(source.text.index("c")) == Position(2, 2)


def test_columns_are_code_points() -> None:
    assert source_of("'ä😀' + x").position_of(7) == Position(1, 8)


@pytest.mark.parametrize("character", ["\x0b", "\x0c", "\x1c", "\u2028", "\x85"])
def test_a_character_that_ends_no_python_line_ends_no_row(character: str) -> None:
    assert source_of(f"a{character}b").position_of(2) == Position(1, 3)


def test_the_end_of_the_text_has_a_position() -> None:
    assert source_of("ab\n").position_of(3) == Position(2, 1)


def test_rows_in_a_notebook_count_within_the_cell() -> None:
    text = "#1\na\nb\n#4\nc\n"
    source = SourceFile(None, "x.ipynb", text, (Cell(1, 3, 6), Cell(4, 10, 11)), separator="#")
    assert source.position_of(text.index("b")) == Position(2, 1, cell=1)
    assert source.position_of(text.index("c")) == Position(1, 1, cell=4)


@given(st.text(alphabet="ab \n\r\tä😀\x0c", max_size=40))
def test_every_offset_that_begins_a_character_comes_back_from_its_position(text: str) -> None:
    source = source_of(text)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset] != "\r" or text[offset : offset + 1] != "\n":
            assert source.offset_of(source.position_of(offset)) == offset


@given(st.text(alphabet="ab\n\rä", max_size=40))
def test_rows_are_those_of_python(text: str) -> None:
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    source = source_of(text)
    assert source.position_of(len(text)) == Position(len(rows), len(rows[-1]) + 1)


def test_a_position_outside_of_the_text_is_moved_to_the_end_of_its_row() -> None:
    assert source_of("ab\ncd\n").offset_of(Position(1, 99)) == 2

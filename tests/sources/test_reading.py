"""Bytes into text, and why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flatlint.sources.reading import UnreadableSource, from_bytes, from_text, read_file

PATH = Path("model.py")


@pytest.mark.parametrize(
    "data",
    [
        b"x = 1\r\ny = 2\r\n",
        b"x = 1\ry = 2\r",
        b"x = 1\n\x0cdef f(): pass",
        b"\xef\xbb\xbfx = '\xc3\xa9'\n",
        b"# -*- coding: latin-1 -*-\nx = '\xe9'\n",
        b"#!/usr/bin/python\r# vim: set fileencoding=cp1252 :\rx = '\x80'\r",
        b"",
    ],
)
def test_text_is_written_back_byte_for_byte(data: bytes) -> None:
    source = from_bytes(data, PATH)
    assert source.encoded(source.text) == data


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert from_bytes(b"\xef\xbb\xbfx = 1\n", PATH).text == "x = 1\n"


def test_a_byte_order_mark_in_text_from_an_editor_is_no_part_of_it_either() -> None:
    source = from_text("\ufeffx = 1\n", "model.py")
    assert source.text == "x = 1\n"
    assert source.encoded(source.text) == b"\xef\xbb\xbfx = 1\n"


def test_a_cookie_says_the_encoding() -> None:
    assert from_bytes(b"# coding: latin-1\nx = '\xe9'\n", PATH).text.endswith("'é'\n")


def test_a_byte_order_mark_is_believed_before_a_cookie() -> None:
    assert from_bytes(b"\xef\xbb\xbf# coding: latin-1\n'\xc3\xa9'", PATH).text.endswith("'é'")


def test_latin_1_without_a_cookie_is_told_with_byte_and_line() -> None:
    with pytest.raises(UnreadableSource, match=r"byte 0xe9 in line 3 is not UTF-8"):
        from_bytes(b"import keras\n\nprint 'caf\xe9'\n", PATH)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x80\x03ctorch\0\0", "NUL"),
        (b"# coding: no-such-code\nx = 1\n", "unknown encoding: no-such-code"),
        (b"# coding: hex\nx = 1\n", "'hex' is not a text encoding"),
        (b"# coding: ascii\nx = '\xe9'\n", "byte 0xe9 in line 2 is not ascii"),
    ],
)
def test_what_is_no_text_is_told_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=reason):
        from_bytes(data, PATH)


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="No such file"):
        read_file(tmp_path / "missing.py")


def test_a_folder_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="cannot be read"):
        read_file(tmp_path)


@given(st.binary(max_size=60))
def test_any_bytes_give_a_source_or_a_reason(data: bytes) -> None:
    for path in (PATH, Path("a.ipynb")):
        try:
            source = from_bytes(data, path)
        except UnreadableSource as error:
            assert error.message
        else:
            assert path.suffix == ".ipynb" or source.encoded(source.text) == data

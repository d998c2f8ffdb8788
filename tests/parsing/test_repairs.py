"""Each repair of old syntax: what it reads as, and that nothing moves."""

from __future__ import annotations

from types import ModuleType

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flatlint.parsing.repairs import (
    backticks,
    except_comma,
    exec_statement,
    mixed_indentation,
    old_numbers,
    print_statement,
    raise_comma,
    raw_unicode_strings,
    tuple_parameters,
    typographic_signs,
    unequal_sign,
    unwritable_characters,
)
from tests.parsing.programs import CONSTRUCTS, SMALL, text_of

ALL = (
    backticks,
    except_comma,
    exec_statement,
    mixed_indentation,
    old_numbers,
    print_statement,
    raise_comma,
    raw_unicode_strings,
    tuple_parameters,
    typographic_signs,
    unequal_sign,
    unwritable_characters,
)


@pytest.mark.parametrize(
    ("repair", "before", "after"),
    [
        (print_statement, "print y.shape", "pass; y.shape"),
        (print_statement, "if a: print 'b' % c,", "if a: pass; 'b' % c,"),
        (print_statement, "a; print'b'; print", "a; pass;'b'; print"),
        (print_statement, "print not a", "pass; not a"),
        (print_statement, "def f():\n\tprint u'b'", "def f():\n\tpass; u'b'"),
        (exec_statement, "exec 'a' in b", "...; 'a' in b"),
        (except_comma, "try: a\nexcept E, e: b", "try: a\nexcept E   : b"),
        (except_comma, "try: a\nexcept (E, F), e: b", "try: a\nexcept (E, F)   : b"),
        (except_comma, "try: a\nexcept e.E, err:\n b", "try: a\nexcept e.E     :\n b"),
        (
            mixed_indentation,
            "if a:\n \tb\n \tif c:\n         d\n",
            "if a:\n  b\n  if c:\n         d\n",
        ),
        (typographic_signs, "f(a，\xa0b)", "f(a, b)"),
        (typographic_signs, "a = “ä”", 'a = "ä"'),
        (raise_comma, "raise E, 'a'", "raise E; 'a'"),
        (raise_comma, "raise E, 'a', tb", "raise E; 'a', tb"),
        (raise_comma, "if a: raise e.E(1), b", "if a: raise e.E(1); b"),
        (backticks, "a = `b` + `c`", "a = (b) + (c)"),
        (unequal_sign, "a <> b", "a != b"),
        (old_numbers, "a = 0777", "a =  511"),
        (old_numbers, "f(0755, 10L, 0xFFL, 0L)", "f( 493, 10 , 0xFF , 0 )"),
        (old_numbers, "date(2015, 08, 01)", "date(2015,  8,  1)"),
        (raw_unicode_strings, "a = ur'b'", "a =  r'b'"),
        (raw_unicode_strings, "def f():\n    UR'''b'''", "def f():\n    bR'''b'''"),
        (tuple_parameters, "def f(a, (b, c)): d", "def f(a,  b, c ): d"),
        (tuple_parameters, "a = lambda (b, c): b", "a = lambda  b, c : b"),
    ],
)
def test_old_syntax_reads_as_python_3(repair: ModuleType, before: str, after: str) -> None:
    assert repair.repair(before) == after
    cst.parse_module(after)
    if repair is not except_comma:  # Python 3.14 has this again, with another meaning
        with pytest.raises(cst.ParserSyntaxError):
            cst.parse_module(before)


@pytest.mark.parametrize("repair", ALL, ids=lambda repair: repair.__name__.rpartition(".")[2])
@pytest.mark.parametrize(
    "text",
    [
        CONSTRUCTS,
        "print(a), b\nprint (a).b\nprint >>f, a\nprint if a else b\nprint in a\nprint = 1\nprint",
        "print\n\nprint.a\nx = {1: print}\nprint -1\nprint [a]\nprint not in a\nprinted = 1",
        "exec(a)\nexec\nexec = 1\nexecute = 2",
        "a = '''\nprint b\n`c` <> 0777 10L ur\"\"\n'''  # print b `c`",
        "a = 1e-05 + 1E+05j + 0.05 + 00 + 0x0F + 0o17 + 1_000_000 + 0b11 + x01 + 05.5 + 08e1",
        "try: a\nexcept (A, B): pass\nexcept A: x = [1, 2]",
        "f = lambda a, b: (a, b)\nf = lambda: (a, b)\ndef f(a, b=(1, 2)): pass",
        "raise E(a, b)\nraise (E, a) from b\nraise E",
        "rb'a' + R'b' + u'c' + blur",
        "a = '，\xa0'  # “a”",
        "a = '''\n\tb\n'''",
        *(text_of(path) for path in SMALL[:10]),
    ],
)
def test_python_3_is_left_as_it_is(repair: ModuleType, text: str) -> None:
    cst.parse_module(text)
    assert repair.repair(text) == text


WORDS = "print exec except raise E , e : ; ( ) ` <> 0777 10L ur 'a' lambda def f = 08 ä"
SIGNS = ['"', "'", '"""', "\\", "#", "\n", "\r", "\r\n", "\t", "\x0c", "\ud800", "\ufeff", "\0"]
pieces = st.lists(st.sampled_from([*WORDS.split(), *SIGNS, ""]), max_size=30)


@pytest.mark.parametrize("repair", ALL, ids=lambda repair: repair.__name__.rpartition(".")[2])
@given(pieces)
def test_a_repair_moves_nothing(repair: ModuleType, words: list[str]) -> None:
    text = " ".join(words)
    after = repair.repair(text)
    assert len(after) == len(text)
    assert [at for at, sign in enumerate(after) if sign in "\r\n"] == [
        at for at, sign in enumerate(text) if sign in "\r\n"
    ]

"""IPython's own syntax in a cell, masked at its own width."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flatlint.sources.magics import mask_magics


def masked(text: str) -> str:
    cell = mask_magics(text)
    assert cell is not None
    return cell.text


@pytest.mark.parametrize(
    "line",
    [
        "%matplotlib inline",
        "!pip install keras",
        "!ls",
        "files = !ls *.py",
        "x=!ls",
        "a, b = %timeit -o f()",
        "?keras.layers.Dense",
        "keras.layers.Dense?",
        "model.fit??",
        "%%time",
        "%%capture out",
        "if True:\n    !ls",
        "if True:\n    %cd /tmp\nelse:\n    !x",
        "!pip install \\\n    keras \\\n    numpy",
        "%config InlineBackend.figure_format = 'retina'",
        "pip install keras",
        "cd /tmp",
        "# first\n%%time",
        "!",
        "%",
    ],
)
def test_magic_becomes_python_of_the_same_shape(line: str) -> None:
    after = masked(line + "\nx = 1")
    ast.parse(after)
    assert [len(row) for row in after.split("\n")] == [
        len(row) for row in f"{line}\nx = 1".split("\n")
    ]
    assert after.endswith("\nx = 1")


@pytest.mark.parametrize(
    "text",
    [
        "x = 5 % 3",
        "x = (5\n% 3)",
        "x = 7 \\\n% 3",
        "text = '''\n%matplotlib inline\n!ls\nwhat?\n'''",
        'print("%d" % 3)',
        "a != b",
        "x = a != b",
        "# what?\n#!ls",
        "d = {'a': 1 % 2}",
        "f(a=1 %\n2)",
        "x = '''a''' % y",
        "x = 'is it?'",
        "ls = 3",
        "cat (x)",
        "pip.main()",
        "assert x, 'what?'",
    ],
)
def test_python_that_looks_like_magic_stays(text: str) -> None:
    ast.parse(text)
    assert masked(text) == text


@pytest.mark.parametrize(
    "magic",
    ["%%bash", "%%writefile model.py", "%%html", "%%javascript", "%%script python2", "%%sh"],
)
def test_a_cell_in_another_language_is_left_out(magic: str) -> None:
    assert mask_magics(f"\n# first\n{magic}\nimport keras") is None


def test_what_a_command_returns_is_assigned_as_a_call() -> None:
    assert masked("files = !ls -l") == "files = _()   "


def test_a_timed_statement_stays() -> None:
    assert masked("if True:\n    %time x = f()") == "if True:\n    None ;x = f()"
    assert masked("%time for i in x: f()").startswith("pass")
    assert masked("%timeit x = f()").strip() == "pass"
    assert masked("%timeit -n1 -r 1 f()") == "None            ;f()"
    assert masked("%timeit f(a=1)").strip() == "pass"


def test_the_masked_rows_are_named() -> None:
    cell = mask_magics("%%time\nx = 1\n!ls \\\n  -l")
    assert cell is not None
    assert cell.masked_rows == (0, 2, 3)


@given(st.text(alphabet="%!?=ab(['\"\\\n #", max_size=40))
def test_no_cell_changes_its_rows_or_their_width(text: str) -> None:
    cell = mask_magics(text)
    if cell is not None:
        assert list(map(len, cell.text.split("\n"))) == list(map(len, text.split("\n")))

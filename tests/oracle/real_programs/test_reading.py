"""Programs as statements: notebooks keep the place of every line."""

from __future__ import annotations

import ast
import json

from tests.oracle.real_programs.reading import masked, read_source, without_python2


def notebook(*cells):
    return json.dumps({"cells": [{"cell_type": kind, "source": text} for kind, text in cells]})


def test_lines_of_a_notebook_are_told_by_cell(tmp_path):
    path = tmp_path / "model.ipynb"
    path.write_text(notebook(("code", "a = 1\nb = 2"), ("markdown", "words"), ("code", "c = 3")))
    source = read_source(path)
    assert [source.place(s.lineno) for s in source.statements] == [(1, 1), (1, 2), (3, 1)]
    assert [source.flat_line(*source.place(s.lineno)) for s in source.statements] == [1, 2, 3]


def test_magics_and_shell_lines_are_masked_line_by_line():
    text = "%matplotlib inline\nx = 1\n!pip install keras\nif x:\n    !ls\ny = !ls\nprint?"
    tree = ast.parse(masked(text))
    assert [ast.unparse(s) for s in tree.body] == ["x = 1", "if x:\n    pass"]
    assert masked(text).count("\n") == text.count("\n")


def test_a_cell_for_another_program_is_left_out():
    assert masked("%%bash\nls").strip() == ""
    assert masked("%%time\nx = 1").strip() == "x = 1"


def test_a_remainder_is_no_magic():
    assert masked("x = (y\n  % z)") == "x = (y\n  % z)"


def test_what_is_no_python_is_told_and_the_other_cells_are_kept(tmp_path):
    path = tmp_path / "model.ipynb"
    path.write_text(notebook(("code", "a = ("), ("code", "c = 3")))
    source = read_source(path)
    assert [line for line, _ in source.unparsed] == [1]
    assert [ast.unparse(s) for s in source.statements] == ["c = 3"]


def test_statements_under_the_main_guard_stand_alone(tmp_path):
    path = tmp_path / "model.py"
    path.write_text("a = 1\nif __name__ == '__main__':\n    b = 2\n    c = 3\n")
    assert [s.lineno for s in read_source(path).top_level()] == [1, 3, 4]


def test_old_statements_are_read_as_new_ones_line_by_line():
    old = (
        "print 'loss', loss\nif x: print x\nprint\n"
        "try:\n    y = 0777\nexcept IOError, error:\n    print('a')\n"
    )
    tree = ast.parse(without_python2(old))
    assert ast.unparse(tree).splitlines() == [
        "print('loss', loss)",
        "if x:",
        "    print(x)",
        "print",
        "try:",
        "    y = 511",
        "except IOError as error:",
        "    print('a')",
    ]

"""Notebooks: their cells as one text, and changed cells back in place."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flatlint.sources.notebook import read_notebook, write_notebook
from flatlint.sources.source_file import Position, SourceFile
from flatlint.sources.unreadable import UnreadableSource

FIXTURES = Path(__file__).parents[2] / "fixtures" / "notebooks"
NOTEBOOKS = sorted(FIXTURES.glob("*.ipynb"))


def read(data: bytes) -> SourceFile:
    return read_notebook(data, None, "x.ipynb")


def notebook_of(*cells: dict[str, Any], **style: Any) -> bytes:
    content = {"cells": list(cells), "metadata": {"kernelspec": {}}, "nbformat": 4}
    return json.dumps(content, **style).encode()


def code(source: object) -> dict[str, Any]:
    return {"cell_type": "code", "outputs": [{"text": ["x = 1"]}], "source": source}


def cell_sources(data: bytes) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(data)["cells"]]


def test_code_cells_stand_in_order_and_others_only_count() -> None:
    source = read(
        notebook_of(code("a = 1"), {"cell_type": "markdown", "source": "b"}, code(["c\n"]))
    )
    assert [source.text[cell.start : cell.end] for cell in source.cells] == ["a = 1", "c\n"]
    assert [cell.number for cell in source.cells] == [1, 3]


def test_a_cell_begins_on_a_row_of_its_own() -> None:
    source = read(notebook_of(code("a = 1"), code("b = 2")))
    assert source.position_of(source.text.index("b")) == Position(1, 1, cell=2)


def test_format_3_keeps_cells_in_worksheets() -> None:
    sheet = {"cells": [{"cell_type": "code", "input": ["a = 1\n", "b = 2"]}]}
    data = json.dumps({"worksheets": [sheet], "nbformat": 3}, indent=1).encode()
    source = read(data)
    assert "a = 1\nb = 2" in source.text
    new = write_notebook(data, source, source.text.replace("b = 2", "b = 3"))
    assert new == data.replace(b"b = 2", b"b = 3")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[]", "no cells"),
        (b"{}", "no cells"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_notebook_is_unreadable(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=reason):
        read(data)


@pytest.mark.parametrize(
    "cells", [None, 3, [None], [3], [{}], [{"cell_type": "code"}], [code(None)], [code([1, None])]]
)
def test_cells_of_a_wrong_type_hold_no_code(cells: object) -> None:
    assert not read(json.dumps({"cells": cells}).encode()).text.replace("# [cell] 1", "").strip()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_an_unchanged_notebook_is_written_byte_for_byte(path: Path) -> None:
    data = path.read_bytes()
    source = read(data)
    assert write_notebook(data, source, source.text) == data


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_only_the_changed_line_of_a_notebook_changes(path: Path) -> None:
    data = path.read_bytes()
    source = read(data)
    layers = re.findall(r"\bDense\(\d+\)", source.text)
    layer = next(text for text in layers if layers.count(text) == 1)
    new = write_notebook(data, source, source.text.replace(layer, "Dense(1111)"))
    assert new == data.replace(layer.encode(), b"Dense(1111)")


@pytest.mark.parametrize("style", [{}, {"indent": 1}, {"indent": 4, "ensure_ascii": False}])
@pytest.mark.parametrize("source_text", ["a = 'ä'\nb", ["a = 'ä'\n", "b"], ["a = 'ä'\n", "b\n"]])
def test_a_changed_cell_keeps_the_form_of_the_notebook(style: Any, source_text: object) -> None:
    data = notebook_of(code("before"), code(source_text), code(["after"]), **style)
    source = read(data)
    document = json.loads(data)
    text = source.text.replace("\nb\n", "\nx = 2\n")
    new = write_notebook(data, source, text)
    lines = "".join(document["cells"][1]["source"]).replace("b", "x = 2")
    document["cells"][1]["source"] = (
        lines.splitlines(keepends=True) if isinstance(source_text, list) else lines
    )
    assert new == json.dumps(document, **style).encode()


def test_a_cell_that_is_indented_as_a_whole_is_python() -> None:
    data = notebook_of(code("  # why\n\n  a = 1\n  if a:\n    b = 2"), code("c = 3"))
    source = read(data)
    ast.parse(source.text)
    assert source.position_of(source.text.index("a = 1")) == Position(3, 3, cell=1)
    new = write_notebook(data, source, source.text.replace("b = 2", "b = 4"))
    assert cell_sources(new) == ["  # why\n\n  a = 1\n  if a:\n    b = 4", "c = 3"]


def test_magic_comes_back_when_its_cell_was_changed() -> None:
    data = notebook_of(code(["%matplotlib inline\n", "files = !ls\n", "a = 1\n", "!pip install x"]))
    source = read(data)
    text = source.text.replace("a = 1", "z = 0\na = 2")
    assert cell_sources(write_notebook(data, source, text)) == [
        "%matplotlib inline\nfiles = !ls\nz = 0\na = 2\n!pip install x"
    ]


def test_a_text_that_lost_a_magic_is_not_written() -> None:
    data = notebook_of(code("%matplotlib inline\na = 1"))
    source = read(data)
    with pytest.raises(UnreadableSource, match="no Python"):
        write_notebook(data, source, source.text.replace("pass", "x = 1"))


def test_a_text_with_other_cells_is_not_written() -> None:
    data = notebook_of(code("a = 1"), code("b = 2"))
    source = read(data)
    with pytest.raises(UnreadableSource, match="other cells"):
        write_notebook(data, source, "a = 1\nb = 2\n")


def test_a_cell_may_contain_what_usually_parts_cells() -> None:
    data = notebook_of(code("# [cell] 2\na = 1"), code("b = 2"))
    source = read(data)
    new = write_notebook(data, source, source.text.replace("b = 2", "b = 3"))
    assert cell_sources(new) == ["# [cell] 2\na = 1", "b = 3"]


lines = st.lists(
    st.sampled_from(["a = 1", "  b = 1", "%magic", "!ls", "x = !ls", "", "ä = '\"'", "\tb"])
)


@given(st.lists(st.lists(lines, max_size=3), max_size=4), st.sampled_from([None, 1, 2]))
def test_any_notebook_is_written_back_as_it_was(cells: list[list[list[str]]], indent: Any) -> None:
    data = notebook_of(*(code("\n".join(map("\n".join, cell))) for cell in cells), indent=indent)
    source = read(data)
    assert write_notebook(data, source, source.text) == data


@given(st.lists(lines, min_size=1, max_size=4), st.data())
def test_a_line_added_to_any_cell_is_all_that_changes(cells: list[list[str]], data: Any) -> None:
    original = notebook_of(*(code("\n".join(cell)) for cell in cells))
    source = read(original)
    chosen = data.draw(st.sampled_from(source.cells))
    text = source.text[: chosen.start] + "added = 1\n" + source.text[chosen.start :]
    expected = cell_sources(original)
    expected[chosen.number - 1] = "added = 1\n" + expected[chosen.number - 1]
    assert cell_sources(write_notebook(original, source, text)) == expected

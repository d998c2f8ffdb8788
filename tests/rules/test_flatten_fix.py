"""FL001 speaks in numbers, and its fix keeps to the way in which a program is written."""

from __future__ import annotations

import json

import pytest

import flatlint
from flatlint.config import Settings
from flatlint.diagnostics import Diagnostic
from flatlint.engine import lint
from flatlint.fixing.edits import apply_round
from flatlint.sources.reading import from_text

HEAD = "import keras\nm = keras.Sequential()\n"


def findings(text: str, name: str = "model.py") -> list[Diagnostic]:
    return [
        found
        for found in lint(from_text(text, name), Settings()).diagnostics
        if found.code == "FL001"
    ]


def fixed(text: str, name: str = "model.py") -> str:
    report = lint(from_text(text, name), Settings())
    return apply_round(report.source.text, report.diagnostics).text


def test_the_message_has_both_counts_and_says_that_the_rank_stays() -> None:
    [found] = flatlint.lint_text(HEAD + "m.add(keras.layers.Dense(16, input_shape=(3, 2)))\n")
    for words in (
        "(None, 3, 2)",
        "(None, 3, 16)",
        "2·16+16 = 48",
        "(None, 16)",
        "6·16+16 = 112",
        "keeps rank 3",
    ):
        assert words in found.message


def test_of_a_model_that_is_flattened_later_no_rank_is_said_to_stay() -> None:
    text = (
        HEAD + "m.add(keras.layers.Dense(16, input_shape=(3, 2)))\nm.add(keras.layers.Flatten())\n"
    )
    [found] = findings(text)
    assert "rank" not in found.message


def test_the_place_where_the_shape_was_set_is_told() -> None:
    text = HEAD + "m.add(keras.Input((3, 2)))\nm.add(keras.layers.Dense(4))\n"
    [found] = findings(text)
    [note] = found.related
    assert (note.message, note.place.start.row) == ("the input shape is set here", 3)


def test_new_lines_end_as_those_of_the_file_do() -> None:
    text = HEAD + "m.add(keras.layers.Dense(4, input_shape=(3, 2)))\n"
    windows = fixed(text.replace("\n", "\r\n"))
    assert windows.count("\r\n") == windows.count("\n") == text.count("\n") + 1


@pytest.mark.parametrize(
    "text",
    [
        # Where Flatten would come from is not known.
        "import keras\nDense = keras.layers.Dense\nm = keras.Sequential([keras.Input((3, 2)), Dense(4)])\n",
        (
            "from keras.layers import Dense, Input\nfrom mine import Flatten\nx = Input((3, 2))\n"
            "import keras\nm = keras.Model(x, Dense(4)(x))\n"
        ),
        # A keyword that the fix does not know.
        (
            "import keras\nx = keras.Input((3, 2))\n"
            "m = keras.Model(x, keras.layers.Dense(4)(inputs=x))\n"
        ),
    ],
)
def test_no_fix_is_offered_where_it_might_break_the_program(text: str) -> None:
    [found] = findings(text)
    assert found.fix is None


def test_the_name_is_imported_in_the_cell_of_the_imports() -> None:
    cells = ["%matplotlib inline\nfrom keras.layers import Dense, Input\nfrom keras import Sequential",
             "s = 'é😀'; m = Sequential([Input((3, 2)), Dense(4)])"]  # fmt: skip
    notebook = {
        "cells": [
            {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [],
             "source": cell.splitlines(keepends=True)}
            for cell in cells
        ],
        "metadata": {}, "nbformat": 4, "nbformat_minor": 5,
    }  # fmt: skip
    source = from_text(json.dumps(notebook, ensure_ascii=False), "model.ipynb")
    report = lint(source, Settings())
    [found] = [one for one in report.diagnostics if one.code == "FL001"]
    assert found.fix is not None
    places = [(edit.start.cell, edit.start.row, edit.content) for edit in found.fix.edits]
    assert places == [(1, 2, ", Flatten"), (2, 1, "Flatten(), ")]
    assert "Input((3, 2)), Flatten(), Dense(4)" in apply_round(source.text, [found]).text

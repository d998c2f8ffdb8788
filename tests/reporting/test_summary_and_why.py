"""Summaries and explanations, from hand-made models and traces."""

from __future__ import annotations

import json
import re

import pytest
from pydantic import ValidationError

from flatlint.diagnostics import ShapeTrace, TrailStep
from flatlint.reporting.as_table import as_table, params_text, shape_text
from flatlint.reporting.as_why import as_why, at_row
from flatlint.reporting.paint import Paint
from flatlint.reporting.summary import (
    FileSummary,
    JsonShape,
    LayerSummary,
    ModelSummary,
    as_summary_json,
)
from tests.reporting.hand_made import PROGRAM, place_of, report_on, source_of

PLAIN = Paint(is_coloured=False)


def layer(class_name: str, shape: JsonShape, params: int | None) -> LayerSummary:
    return LayerSummary(
        class_name=class_name,
        name=class_name.lower(),
        line=8,
        column=11,
        cell=None,
        output_shape=shape,
        params=params,
    )


MODEL = ModelSummary(
    name="model",
    line=7,
    kind="sequential",
    input_shape=[None, 3, 2],
    output_shape=[None, 4],
    total_params=244,
    trainable_params=240,
    layers=(layer("Dense", [None, 3, 16], 48), layer("Lambda", None, None)),
)
FILE = FileSummary(
    path="model.py", era="keras3", models=(MODEL,), layers=(layer("Conv2D", [None, "h", "2*w"], 9),)
)


def test_the_json_of_a_summary_has_exactly_the_promised_members() -> None:
    assert json.loads(as_summary_json((FILE,))) == {
        "version": 1,
        "files": [
            {
                "path": "model.py",
                "era": "keras3",
                "models": [
                    {
                        "name": "model",
                        "line": 7,
                        "kind": "sequential",
                        "input_shape": [None, 3, 2],
                        "output_shape": [None, 4],
                        "total_params": 244,
                        "trainable_params": 240,
                        "layers": [
                            {
                                "class": "Dense",
                                "name": "dense",
                                "line": 8,
                                "column": 11,
                                "cell": None,
                                "output_shape": [None, 3, 16],
                                "params": 48,
                            },
                            {
                                "class": "Lambda",
                                "name": "lambda",
                                "line": 8,
                                "column": 11,
                                "cell": None,
                                "output_shape": None,
                                "params": None,
                            },
                        ],
                    }
                ],
                "layers": [
                    {
                        "class": "Conv2D",
                        "name": "conv2d",
                        "line": 8,
                        "column": 11,
                        "cell": None,
                        "output_shape": [None, "h", "2*w"],
                        "params": 9,
                    }
                ],
            }
        ],
    }


def test_a_summary_takes_no_kind_of_model_that_there_is_not() -> None:
    with pytest.raises(ValidationError):
        ModelSummary.model_validate({**MODEL.model_dump(), "kind": "recurrent"})


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ([None, 3, 16], "(None, 3, 16)"),
        ([None], "(None,)"),
        ([], "()"),
        ([None, "maxlen", "2*units"], "(None, maxlen, 2*units)"),
        ([[None, 4], [None, 2, 2]], "(None, 4), (None, 2, 2)"),
        ([[None, 4], None], "(None, 4), ?"),
        (None, "?"),
    ],
)
def test_shapes_are_written_as_keras_writes_them(shape: JsonShape, text: str) -> None:
    assert shape_text(shape) == text


def test_counts_are_written_with_commas() -> None:
    assert [params_text(count) for count in (0, 301184, None)] == ["0", "301,184", "?"]


def test_a_table_has_a_row_for_each_layer_and_the_totals_below() -> None:
    text = as_table((FILE,), is_coloured=False, width=None)
    rows = [
        [cell.strip() for cell in re.split("[│┃]", line)[1:-1]]
        for line in text.splitlines()
        if re.match("[│┃]", line)
    ]
    assert rows[:3] == [
        ["Layer (type)", "Where", "Output Shape", "Param #"],
        ["dense (Dense)", "line 8", "(None, 3, 16)", "48"],
        ["lambda (Lambda)", "line 8", "?", "?"],
    ]
    assert " Total params: 244\n Trainable params: 240\n Non-trainable params: 4\n" in text
    assert "Layers outside of models" in text
    assert "\x1b" not in text


def test_names_that_look_like_markup_are_shown_as_they_are() -> None:
    model = MODEL.model_copy(update={"name": "[bold]x[/bold]"})
    file = FileSummary(path="[red]a.py", era=None, models=(model,))
    text = as_table((file,), is_coloured=True, width=200)
    assert "[bold]x[/bold]" in text
    assert "[red]a.py" in text


def test_a_table_fits_the_terminal() -> None:
    wide = layer("Dense", [f"a_very_long_name_of_a_size_{n}" for n in range(9)], 1)
    file = FileSummary(path="m.py", era=None, layers=(wide,))
    text = as_table((file,), is_coloured=False, width=60)
    assert max(map(len, text.splitlines())) <= 60


def trace(words: str, **more: object) -> ShapeTrace:
    source = source_of(PROGRAM)
    steps = (TrailStep(place_of(source, "Dense(16"), "Dense(16)", "(None, 3, 16)"),)
    shape = "(None, 3, 4)"
    return ShapeTrace(place_of(source, words), words, **{"shape": shape, "steps": steps, **more})  # type: ignore[arg-type]


def test_why_lists_what_has_the_shape_then_the_steps() -> None:
    report = report_on(source_of(PROGRAM))
    assert as_why([trace("Dense(4)", params="16·4+4 = 68")], report, PLAIN) == (
        "model.py:5:11: Dense(4) has (None, 3, 4)\n"
        "   1. line 4  Dense(16)  (None, 3, 16)\n"
        "  parameters: 16·4+4 = 68\n"
    )


def test_why_says_what_is_not_known_and_where_it_was_lost() -> None:
    lost = trace(
        "Dense(4)",
        shape=None,
        steps=(),
        reason="read from a file",
        lost_at=place_of(source_of(PROGRAM), "Sequential()"),
    )
    assert as_why([lost], report_on(source_of(PROGRAM)), PLAIN) == (
        "model.py:5:11: Dense(4) has an unknown shape\n  not known: read from a file (line 3)\n"
    )


def test_a_row_means_what_begins_there_before_what_goes_on_there() -> None:
    around = trace(PROGRAM[PROGRAM.index("model =") :].rstrip())
    inside = trace("Dense(4)")
    assert at_row([around, inside], 5, None) == [inside]
    assert at_row([around, inside], 4, None) == [around]
    assert at_row([around, inside], 1, None) == []
    assert at_row([around, inside], 5, 1) == []

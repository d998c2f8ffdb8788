"""However a call is written, a fix changes the one argument that is wrong and nothing beside it."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flatlint.config import Settings
from flatlint.engine import lint
from flatlint.fixing.edits import apply_round
from flatlint.sources.reading import from_text

HEAD = """\
import numpy as np
import tensorflow as tf
from keras import Input, Sequential, ops
from keras.layers import GRU, Dense

x, y = np.zeros((60, 8)), np.zeros((60, 8))
steps, loads, weights = np.zeros((60, 5, 3)), np.zeros((60, 5, 1)), np.ones(60)
pairs = tf.data.Dataset.from_tensor_slices((x, y)).batch(8)
model = Sequential([Input((8,)), Dense(8)])
model.compile("adam", "mse")
series = Sequential([Input((5, 3)), GRU(1, return_sequences=True)])
series.compile("adam", "mse")
"""
# code of the rule -> the call, what it is wrongly given, what the fix makes of it
WRONG = {
    "FL214": ("model.fit", {"x": "x"}, {"x": "x", "y": "x"}),
    "FL216": (
        "series.fit",
        {"x": "steps", "y": "loads", "sample_weight": "weights"},
        {"x": "steps", "y": "loads", "sample_weight": "np.expand_dims(weights, -1)"},
    ),
    "FL234": ("model.fit", {"x": "pairs", "y": "y"}, {"x": "pairs"}),
    "FL235": (
        "model.fit",
        {"x": "x", "y": "y", "batch_size": "len(x) / 4"},
        {"x": "x", "y": "y", "batch_size": "len(x) // 4"},
    ),
}
OTHERS = {"epochs": "2", "verbose": "0", "shuffle": "False", "callbacks": "[print(1, 2)]"}
PLACES = ("x", "y", "batch_size")


@st.composite
def calls(draw: st.DrawFn, given: dict[str, str]) -> str:
    """The arguments of a call: some by place, the others by name in any order, on rows or one."""
    by_place = []
    for name in PLACES[: draw(st.integers(0, 3))]:
        if name not in given:
            break
        by_place.append(given[name])
    named = {name: value for name, value in given.items() if name not in PLACES[: len(by_place)]}
    named |= {name: OTHERS[name] for name in draw(st.sets(st.sampled_from(sorted(OTHERS))))}
    by_name = draw(st.permutations([f"{name}={value}" for name, value in named.items()]))
    between = draw(st.sampled_from([", ", ",", ",\n    ", ", # said\n"]))
    return between.join([*by_place, *by_name]) + draw(st.sampled_from(["", ",", ",\n"]))


def arguments_of(text: str) -> dict[str, str]:
    """The arguments of the last statement's call, by name."""
    statement = ast.parse(text).body[-1]
    assert isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
    placed = dict(zip(PLACES, map(ast.unparse, statement.value.args), strict=False))
    return placed | {str(k.arg): ast.unparse(k.value) for k in statement.value.keywords}


@pytest.mark.parametrize("code", WRONG)
@settings(max_examples=12, deadline=None)
@given(st.data())
def test_the_wrong_argument_is_mended_and_no_other(code: str, data: st.DataObject) -> None:
    function, given_, mended = WRONG[code]
    text = f"{HEAD}{function}({data.draw(calls(given_))})\n"
    report = lint(from_text(text, "model.py"), Settings(keras_version="3"))
    assert [found.code for found in report.diagnostics] == [code]
    fixed = apply_round(text, report.diagnostics).text
    again = lint(from_text(fixed, "model.py"), Settings(keras_version="3"))
    assert list(again.diagnostics) == []
    others = {name: value for name, value in arguments_of(text).items() if name not in given_}
    assert arguments_of(fixed) == {**others, **mended}

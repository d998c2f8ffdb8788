"""Scores of summaries that say all, nothing, too little, too much."""

from __future__ import annotations

import pytest

from tests.oracle.real_programs.facts import LayerFact, ModelFact, ProgramFacts
from tests.oracle.real_programs.figures import Tally, figures, listed, table
from tests.oracle.real_programs.scoring import score_program

TRUTH = ProgramFacts(
    era="keras3",
    styles=["sequential-add"],
    layers=[
        LayerFact(class_name="Sequential", line=1, column=9, shapes=[[None, 2]], model=True),
        LayerFact(class_name="Dense", line=2, column=11, shapes=[[None, 8]], params=40),
        LayerFact(class_name="Dense", line=3, column=11, shapes=[[None, 2]], params=18),
    ],
    models=[ModelFact(layer=0, kind="sequential", total_params=58, layers=[1, 2])],
)


def row(line, shape, params):
    return {
        "class": "Dense",
        "line": line,
        "column": 11,
        "cell": None,
        "output_shape": shape,
        "params": params,
    }


def summary(*rows):
    model = {"line": 1, "cell": None, "kind": "sequential", "total_params": 58}
    return {"models": [{**model, "layers": list(rows)}], "layers": []}


def scored(truth, report):
    tally = Tally()
    tally.add(truth, "program.py", score_program(truth, report))
    return tally


def test_a_summary_that_says_everything_scores_everything():
    tally = scored(TRUTH, summary(row(2, [None, 8], 40), row(3, [None, 2], 18)))
    assert figures(tally.total) == {
        "programs": "1",
        "facts": "2",
        "known%": "100.0",
        "right%": "100.0",
        "exact%": "100.0",
        "partial%": "0.0",
        "wrong%": "0.0",
        "missing%": "0.0",
        "params%": "100.0",
        "models": "1",
        "models%": "100.0",
    }
    assert tally.misses == []


def test_silence_is_missing_and_not_wrong():
    values = figures(scored(TRUTH, {}).total)
    assert (values["missing%"], values["wrong%"], values["models%"]) == ("100.0", "0.0", "0.0")


def test_a_wrong_shape_counts_as_told_and_as_wrong():
    tally = scored(TRUTH, summary(row(2, [None, 9], 40), row(3, [None, 2], 18)))
    values = figures(tally.total)
    assert (values["known%"], values["right%"], values["models%"]) == ("100.0", "50.0", "0.0")
    text = "\n".join(listed(tally))
    assert "program.py:2:11 Dense in <module>: Keras [None, 8], reported [None, 9]" in text


def test_an_open_size_is_partial():
    tally = scored(TRUTH, summary(row(2, [None, "units"], 40), row(3, [None, 2], 18)))
    assert figures(tally.total)["partial%"] == "50.0"


def test_tainted_layers_and_their_models_are_not_asked_for():
    layers = [
        TRUTH.layers[0],
        TRUTH.layers[1],
        TRUTH.layers[2].model_copy(update={"tainted": True}),
    ]
    tally = scored(TRUTH.model_copy(update={"layers": layers}), {})
    assert (tally.total["facts"], tally.total["models"]) == (1, 0)


def test_a_helper_called_twice_alike_is_one_fact_and_two_objects():
    twice = [TRUTH.layers[1], TRUTH.layers[1]]
    truth = TRUTH.model_copy(update={"layers": twice, "models": []})
    tally = scored(truth, summary(row(2, [None, 8], 40)))
    assert (tally.total["facts"], tally.total["instances"]) == (1, 2)
    assert tally.total["instances exact"] == 1


@pytest.mark.parametrize("part", ["all", "era keras3", "style sequential-add"])
def test_the_table_has_a_line_for_every_part(part):
    tally = scored(TRUTH, {})
    assert any(line.startswith(part) for line in table(tally))

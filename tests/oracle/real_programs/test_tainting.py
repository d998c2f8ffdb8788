"""What two runs tell apart, and what failed statements leave behind."""

from __future__ import annotations

import pytest

from tests.oracle.real_programs.facts import Failure, LayerFact, ModelFact, ProgramFacts
from tests.oracle.real_programs.reading import read_source
from tests.oracle.real_programs.suspecting import without_suspects
from tests.oracle.real_programs.tainting import compared


def dense(size, *, line=1, params=None, **more):
    return LayerFact(
        class_name="Dense", line=line, column=1, shapes=[[None, size]], params=params, **more
    )


def test_a_layer_that_differs_in_a_world_of_another_size_is_tainted():
    first = ProgramFacts(layers=[dense(4), dense(32, line=2)])
    second = ProgramFacts(layers=[dense(4), dense(48, line=2)])
    assert [layer.tainted for layer in compared(first, second).layers] == [False, True]


def test_layers_made_more_often_in_the_other_run_are_tainted():
    first = ProgramFacts(layers=[dense(4), dense(4)])
    second = ProgramFacts(layers=[dense(4), dense(4), dense(4)])
    assert all(layer.tainted for layer in compared(first, second).layers)


def test_a_model_of_a_tainted_layer_is_tainted():
    model = ModelFact(layer=0, kind="sequential", layers=[1])
    first = ProgramFacts(layers=[dense(1), dense(32, line=2)], models=[model])
    second = ProgramFacts(layers=[dense(1), dense(48, line=2)], models=[model])
    assert compared(first, second).models[0].tainted


def test_sizes_that_parameters_of_an_uncalled_function_give_are_open():
    first = ProgramFacts(layers=[dense(32, params=99, uncalled=True)])
    second = ProgramFacts(layers=[dense(48, params=147, uncalled=True)])
    [layer] = compared(first, second).layers
    assert (layer.shapes, layer.params, layer.tainted) == ([[None, "?32"]], None, False)


@pytest.fixture
def program(tmp_path):
    path = tmp_path / "model.py"
    path.write_text(
        "size = read()\nhalf = size // 2\nDense(half)\nDense(4)\nsize = 3\nDense(size)\n"
    )
    return read_source(path)


def test_layers_that_read_what_a_failed_statement_should_have_set_are_tainted(program):
    layers = [dense(4, line=line, statement=line) for line in (3, 4, 6)]
    failed = [Failure(line=1, text="NameError: read", statement=1)]
    facts = without_suspects(ProgramFacts(layers=layers, failures=failed), program)
    assert [layer.tainted for layer in facts.layers] == [True, False, False]


def test_a_stopped_training_loop_is_no_failure(program):
    layers = [dense(4, line=3, statement=3)]
    stopped = [Failure(line=1, text="StopTrainingError: enough", statement=1)]
    facts = without_suspects(ProgramFacts(layers=layers, failures=stopped), program)
    assert not facts.layers[0].tainted


@pytest.mark.parametrize("shape", [[None, 0], []])
def test_a_size_of_zero_or_no_rank_comes_from_data_that_was_not_there(program, shape):
    layer = dense(4, line=4, statement=4).model_copy(update={"shapes": [shape]})
    facts = without_suspects(ProgramFacts(layers=[layer]), program)
    assert facts.layers[0].tainted


def test_layers_on_the_tensor_of_before_a_failed_layer_are_tainted(tmp_path):
    path = tmp_path / "model.py"
    path.write_text(
        "x = Input(3)\nx = Conv2D(3)(x)\ny = Dense(4)(x)\nx = Input(4)\ny = Dense(4)(x)\n"
    )
    layers = [dense(4, line=line, statement=line) for line in (1, 2, 3, 4, 5)]
    failed = [Failure(line=2, text="ValueError: rank", statement=2)]
    facts = without_suspects(ProgramFacts(layers=layers, failures=failed), read_source(path))
    assert [layer.tainted for layer in facts.layers] == [False, False, True, False, False]


def test_layers_added_after_a_failed_add_are_tainted(tmp_path):
    path = tmp_path / "model.py"
    path.write_text("model = Sequential()\nmodel.add(Conv2D(3))\nmodel.add(Dense(4))\n")
    layers = [dense(4, line=line, statement=line) for line in (1, 2, 3)]
    failed = [Failure(line=2, text="ValueError: rank", statement=2)]
    facts = without_suspects(ProgramFacts(layers=layers, failures=failed), read_source(path))
    assert [layer.tainted for layer in facts.layers] == [False, False, True]

"""The generator's programs: lawful Python, the same for the same seed, enough of them."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest

from tests.oracle.configurations import all_layers
from tests.oracle.generation import as_source, generate, sample
from tests.oracle.models import random_models
from tests.oracle.options import LayerOptions, Source, listed
from tests.oracle.programs import Era

DENSE = next(options for options in all_layers() if options.name == "Dense")


def test_every_layer_has_many_different_lawful_programs() -> None:
    for options in all_layers():
        programs = generate(options, options.eras[-1])
        assert len({program.text for program in programs}) == len(programs)
        for program in sample(programs, 20):
            ast.parse(program.text)


@pytest.mark.parametrize("era", list(Era))
def test_every_layer_has_two_hundred_programs(era: Era) -> None:
    layers = [o for o in all_layers() if o.name.isidentifier() and era in o.eras]
    counts = {options.name: len(generate(options, era)) for options in layers}
    assert {name: count for name, count in counts.items() if count < 200} == {}


def test_a_seed_gives_the_same_programs_again_and_another_seed_others() -> None:
    assert generate(DENSE, Era.KERAS_3, 1) == generate(DENSE, Era.KERAS_3, 1)
    assert generate(DENSE, Era.KERAS_3, 1) != generate(DENSE, Era.KERAS_3, 2)


def test_a_layer_has_no_programs_in_an_era_without_it() -> None:
    assert not generate(replace(DENSE, eras=(Era.KERAS_3,)), Era.KERAS_2)


def test_required_arguments_are_also_left_out_and_unknown_ones_added() -> None:
    texts = [program.text for program in generate(DENSE, Era.KERAS_3)]
    assert any("Dense()(x)" in text for text in texts)
    assert any("unknown_keyword=1" in text for text in texts)


def test_a_merging_layer_is_called_on_its_list() -> None:
    adding = LayerOptions("Add", on=[listed((3,), (4,))], any_rank=False, programs=1)
    body = generate(adding, Era.KERAS_3)[0].text
    assert "Input((3,))" in body
    assert "Add()([a, b])" in body


def test_a_sample_does_not_hang_on_the_order_of_the_programs() -> None:
    programs = generate(DENSE, Era.KERAS_2)
    assert set(sample(programs, 20)) == set(sample(programs[::-1], 20))


def test_values_are_written_as_a_person_would_write_them() -> None:
    assert [as_source(v) for v in ("same", (1, 2), None, Source("2 * 3"))] == [
        '"same"',
        "(1, 2)",
        "None",
        "2 * 3",
    ]


@pytest.mark.parametrize("era", list(Era))
def test_random_models_are_lawful_and_all_different(era: Era) -> None:
    models = random_models(era, count=300)
    assert len({model.text for model in models}) == 300
    for model in models:
        ast.parse(model.text)

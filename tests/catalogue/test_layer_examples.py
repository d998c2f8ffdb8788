"""The arrows in the docstrings of layer specs hold, and every spec has some."""

from __future__ import annotations

import ast
from importlib import import_module

import pytest

from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.registry import FAMILIES, spec_class
from flatlint.catalogue.signatures import signature_of
from flatlint.catalogue.spec import LayerSpec
from tests.catalogue.reading_examples import Example, all_examples, examples_of, plain, run

CLASSES = sorted({name for names in FAMILIES.values() for name in names})


@pytest.mark.parametrize("example", list(all_examples()), ids=str)
def test_an_example_in_a_docstring_holds(example: Example) -> None:
    if example.is_conflict:
        with pytest.raises(ShapeConflict) as caught:
            run(example)
        assert example.words in caught.value.message
        assert caught.value.keras, "the conflict quotes what Keras says"
    elif example.is_unknown:
        with pytest.raises(NotKnown, match=example.words):
            run(example)
    else:
        expected = ast.literal_eval(example.outcome)
        given = plain(run(example))
        assert given == (list(expected) if isinstance(given, list) else expected)


@pytest.mark.parametrize("class_name", CLASSES)
def test_every_layer_has_examples_in_its_docstring(class_name: str) -> None:
    assert examples_of(class_name)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_names_the_layers_of_its_module(family: str) -> None:
    module = import_module(f"flatlint.catalogue.layers.{family}")
    public = {
        name
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, LayerSpec)
        and value.__module__ == module.__name__
        and any(signature_of(era, name) for era in Era)
    }
    assert public == set(FAMILIES[family])


def test_a_class_stands_in_one_family_only() -> None:
    assert len(CLASSES) == sum(map(len, FAMILIES.values()))


def test_a_class_that_is_no_layer_has_no_spec() -> None:
    assert spec_class("Banana") is None

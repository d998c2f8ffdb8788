"""Every public name of `keras.layers`, in both eras: described, tried, or excused with a reason."""

from __future__ import annotations

import json

import pytest

from tests.oracle.answers import has_spec, layers_without_spec
from tests.oracle.configurations import all_layers
from tests.oracle.corpus import NAMES
from tests.oracle.programs import Era

NO_LAYERS = {
    "InputSpec": "describes what a layer accepts",
    "deserialize": "makes a layer from a configuration",
    "serialize": "makes a configuration from a layer",
    "experimental": "a module",
}
NOT_TRIED = {
    "AbstractRNNCell": "a base class to inherit from",
    "DenseFeatures": "needs feature columns, which no released TensorFlow documents any more",
    "FlaxLayer": "needs flax",
    "JaxLayer": "needs jax",
    "TFSMLayer": "needs a SavedModel on disk",
    "TorchModuleWrapper": "needs torch",
}


def public_names(era: Era) -> list[str]:
    names: list[str] = json.loads(NAMES.read_text(encoding="utf-8"))[era.value]
    return [name for name in names if name not in NO_LAYERS]


@pytest.mark.parametrize("era", list(Era))
def test_every_public_layer_is_described_or_excused(era: Era) -> None:
    excused = layers_without_spec(era)
    names = public_names(era)
    assert not [n for n in names if not has_spec(n, era) and not excused.get(n)]
    assert not [n for n in excused if has_spec(n, era)], "excused, and described all the same"


@pytest.mark.parametrize("era", list(Era))
def test_every_public_layer_is_tried_or_stands_among_those_not_tried(era: Era) -> None:
    tried = {
        name
        for options in all_layers()
        if era in options.eras
        for name in (options.name, *(a for a, eras in options.aliases.items() if era in eras))
    }
    assert not [n for n in public_names(era) if n not in tried and n not in NOT_TRIED]
    assert not tried & NOT_TRIED.keys()

"""Facts written and read again, whole and as the repository keeps them; the two halves."""

from __future__ import annotations

from tests.oracle.real_programs.facts import (
    ForeignLayer,
    LayerFact,
    ModelFact,
    ProgramFacts,
    read_facts,
    write_facts,
)
from tests.oracle.real_programs.halves import Half, half_of
from tests.oracle.real_programs.manifest import read_kept, write_kept

PROGRAM = ProgramFacts(
    repo="someone/models",
    commit="0123456789abcdef",
    path="a b/model.ipynb",
    sha256="ff",
    era="keras2",
    styles=["functional"],
    layers=[
        LayerFact(
            class_name="InputLayer", cell=2, line=1, column=5, shapes=[[None, 3]], via="Input"
        ),
        LayerFact(class_name="Dense", cell=2, line=2, column=5, shapes=[[None, 4]], params=16),
        LayerFact(class_name="Dense", cell=2, line=3, column=5, tainted=True),
        LayerFact(
            class_name="Functional", cell=2, line=4, column=1, shapes=[[None, 4]], model=True
        ),
    ],
    models=[ModelFact(layer=3, kind="functional", layers=[0, 1, ForeignLayer(class_name="Add")])],
)


def test_facts_come_back_as_they_were(tmp_path):
    write_facts(PROGRAM, tmp_path / "facts.json")
    assert read_facts(tmp_path / "facts.json") == PROGRAM


def test_what_is_kept_leaves_out_layers_that_nothing_is_asked_about(tmp_path):
    write_kept(tmp_path, [PROGRAM])
    [kept] = read_kept(tmp_path)
    assert [layer.class_name for layer in kept.layers] == ["InputLayer", "Dense", "Functional"]
    assert kept.layers[:2] == PROGRAM.layers[:2]
    assert kept.models[0].layers == [0, 1, ForeignLayer(class_name="Add")]
    assert kept.models[0].layer == 2
    assert (kept.repo, kept.path, kept.sha256) == ("someone/models", "a b/model.ipynb", "ff")


def test_the_halves_follow_from_the_name_alone():
    # printf "someone/models/train.py" | sha1sum ends in an odd digit, that of fit.py in an even one
    assert half_of("someone/models", "train.py") is Half.MEASURE
    assert half_of("someone/models", "fit.py") is Half.WORK

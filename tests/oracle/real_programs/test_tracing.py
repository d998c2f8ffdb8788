"""The tracer on programs written for it, which say in comments what real Keras builds of them."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.oracle.real_programs.corpus import Candidate, Checkout
from tests.oracle.real_programs.facts import read_facts

PROGRAMS = Path(__file__).resolve().parents[3] / "fixtures" / "oracle" / "traced"
SAYS = re.compile(r"(?P<name>\w+)(?: \((?P<shape>[^)]*)\))?(?: (?P<params>\d+|-|tainted))")

pytestmark = [
    pytest.mark.oracle,
    pytest.mark.skipif(sys.version_info < (3, 11), reason="code objects tell no columns"),
]


@pytest.fixture(scope="session")
def traced(tmp_path_factory):
    """The facts of every program, by its name: one process an era serves them all."""
    for package in ("tensorflow", "tf_keras", "keras"):
        pytest.importorskip(package)
    from tests.oracle.real_programs.tracing import trace_corpus

    truth = tmp_path_factory.mktemp("truth")
    checkout = Checkout(PROGRAMS, "someone/models", "0" * 40)
    candidates = [Candidate(checkout, path.name) for path in sorted(PROGRAMS.glob("*.py"))]
    for _ in trace_corpus(candidates, truth):
        pass
    return {c.path: read_facts(truth / f"{c.identity}.json") for c in candidates}


def said(path):
    """What the comments say: line, class, sizes as text (None if nothing is said), parameters."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        _, _, truth = line.partition("# truth: ")
        for part in truth.split("; ") if truth else ():
            found = SAYS.fullmatch(part)
            assert found is not None, part
            yield number, found["name"], found["shape"], found["params"]


def seen(facts):
    """The same of what was traced, layers only."""
    for layer in facts.layers:
        if layer.model:
            continue
        shape = ", ".join(_size(size) for size in layer.shapes[0]) if layer.shapes else None
        params = "tainted" if layer.tainted else "-" if layer.params is None else str(layer.params)
        yield layer.line, layer.class_name, shape, params


def _size(size):
    return "?" if isinstance(size, str) else str(size)


@pytest.mark.parametrize("name", sorted(path.name for path in PROGRAMS.glob("*.py")))
def test_what_keras_builds_is_what_the_comments_say(traced, name):
    expected = sorted(said(PROGRAMS / name), key=str)
    found = sorted(seen(traced[name]), key=str)
    assert [_comparable(row) for row in found] == [_comparable(row) for row in expected]


def _comparable(row):
    line, class_name, shape, params = row
    return (line, class_name, params) if params == "tainted" else (line, class_name, shape, params)


@pytest.mark.parametrize(
    ("name", "era"), [("keras1.py", "keras1"), ("functional.py", "keras3"), ("loops.py", "keras3")]
)
def test_a_program_is_traced_under_the_era_that_understands_it(traced, name, era):
    assert traced[name].era == era


def test_models_list_their_layers_in_order(traced):
    facts = traced["keras1.py"]
    names = [facts.layers[n].class_name for n in facts.models[0].layers if isinstance(n, int)]
    assert names == ["Conv2D", "MaxPooling2D", "Conv2D", "Flatten", "Dense"]
    assert facts.models[0].total_params == 80 + 484 + 1970


def test_layers_of_a_class_know_their_owner(traced):
    dense = [layer for layer in traced["subclassed.py"].layers if layer.class_name == "Dense"]
    assert {layer.owner for layer in dense} == {"Stack"}


def test_a_helper_is_told_with_its_function_and_column(traced):
    [first, second] = [a for a in traced["functional.py"].layers if a.class_name == "Conv2D"]
    assert (first.function, first.column) == (second.function, second.column) == ("block", 9)


def test_what_failed_is_told_with_its_line(traced):
    failures = [(f.line, f.text.split(":")[0]) for f in traced["loops.py"].failures]
    assert failures == [(8, "StopTrainingError"), (11, "NameError")]


def test_styles_are_seen(traced):
    assert "sequential-add" in traced["sequential.py"].styles
    assert {"builder-function", "functional"} <= set(traced["functional.py"].styles)
    assert "subclass-model" in traced["subclassed.py"].styles
    assert "uncalled-function" in traced["uncalled.py"].styles

"""The arrows in the docstrings of layer specs hold of Keras itself, layers called on an Input."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.catalogue.reading_examples import Example, all_examples
from tests.oracle.judge import Judge
from tests.oracle.programs import Era, Outcome

pytestmark = pytest.mark.oracle

# tf_keras keeps the CuDNN layers for TensorFlow 1 alone, outside of `keras.layers`.
EXAMPLES = [
    example
    for example in all_examples()
    if example.era.label != "keras1" and not example.layer.startswith("CuDNN")
]


@pytest.fixture(scope="module")
def judges() -> Iterator[dict[str, Judge]]:
    with Judge(Era.KERAS_2) as keras_2, Judge(Era.KERAS_3) as keras_3:
        yield {"keras2": keras_2, "keras3": keras_3}


def program_of(example: Example) -> str:
    """The example as a program: tuples become inputs, names are those of `keras.layers`."""
    inputs = ast.unparse(_Inputs().visit(ast.parse(example.inputs, mode="eval")))
    return f"import keras\nfrom keras.layers import *\n({example.layer})({inputs})\n"


class _Inputs(ast.NodeTransformer):
    """Each shape becomes an Input of that shape, batch axis included."""

    def visit_Tuple(self, node: ast.Tuple) -> ast.expr:
        return ast.parse(f"keras.Input(batch_shape={ast.unparse(node)})", mode="eval").body


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_keras_agrees_with_an_example(example: Example, judges: dict[str, Judge]) -> None:
    verdict = judges[example.era.label].verdict_on(program_of(example))
    if example.is_conflict:
        assert verdict.outcome is Outcome.REFUSED
    else:
        assert verdict.outcome is Outcome.BUILT, verdict.message
        expected = ast.literal_eval(example.outcome)
        assert verdict.layers[-1].shape == _as_lists(expected)


def _as_lists(shapes: object) -> object:
    return list(map(_as_lists, shapes)) if isinstance(shapes, list | tuple) else shapes

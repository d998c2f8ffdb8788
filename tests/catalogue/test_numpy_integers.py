"""Integers of numpy's, which Keras does not take everywhere."""

from __future__ import annotations

import pytest

from flatlint.catalogue.numpy_integers import NumpyInteger, is_python_integer


@pytest.mark.parametrize(
    "number",
    [
        NumpyInteger(3) + 1,
        1 + NumpyInteger(3),
        2 * NumpyInteger(3),
        7 // NumpyInteger(3),
        -NumpyInteger(3),
        NumpyInteger(3) ** 2,
        sum([NumpyInteger(3), NumpyInteger(4)]),
    ],
)
def test_arithmetic_with_an_integer_of_numpy_gives_one(number: int) -> None:
    assert not is_python_integer(number)


@pytest.mark.parametrize("number", [int(NumpyInteger(3)), len(range(NumpyInteger(3))), 3])
def test_python_makes_its_own_integers(number: int) -> None:
    assert is_python_integer(number)


def test_a_fraction_is_a_float_whoever_counted() -> None:
    assert isinstance(NumpyInteger(3) / 2, float)
    assert isinstance(NumpyInteger(3) * 0.5, float)

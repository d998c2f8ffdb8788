"""Runs a program for real and holds flatlint's values against what it makes."""

from __future__ import annotations

from typing import Any

import numpy as np

from flatlint.graph import Array, Unknown
from flatlint.shapes import Shape, Unfixed
from tests.evaluation.numpy.evaluating import variables_of


def assert_like_the_library(text: str, names: str) -> None:
    """Run the program, and compare the arrays in `names`; a size may be unknown, never wrong."""
    real: dict[str, Any] = {"np": np}
    exec(text, real)
    ours = variables_of(text)
    for name in names.split():
        array, truth = ours[name], np.asarray(real[name])
        assert isinstance(array, Array), f"{name} is {array!r} in:\n{text}"
        assert isinstance(array.shape, Shape), f"{name}: {array.shape} in:\n{text}"
        assert array.shape.rank == truth.ndim, f"{name}: {array.shape} for {truth.shape}"
        for size, number in zip(array.shape, truth.shape, strict=True):
            assert isinstance(size, Unfixed) or size == number, f"{name}: {array.shape}"
        if truth.dtype.kind in "iufb":
            assert array.dtype in (None, str(truth.dtype)), f"{name}: {array.dtype}"
            if array.low is not None and truth.size:
                assert array.low <= truth.min() and truth.max() <= array.high, name
        if array.values is not None:
            np.testing.assert_array_equal(array.values, truth)


def shape_of(text: str, name: str = "out") -> str:
    """The shape that flatlint gives an array; the reason where it has none."""
    found = variables_of(text)[name]
    if isinstance(found, Array):
        found = found.shape
    return found.reason if isinstance(found, Unknown) else str(found)

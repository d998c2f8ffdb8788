"""What flatlint says of arrays is what numpy makes of them, over seeded random programs."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import numpy as np
import pytest

from flatlint.evaluation.objects import ListObject
from flatlint.graph import Array, Unknown
from flatlint.shapes import Expression, Shape, Unfixed
from tests.evaluation.numpy.evaluating import IMPORTS, facts_named, run_of, variables_of
from tests.evaluation.numpy.snippets import LITERAL_ONLY, SNIPPETS

ROUNDS = 15


def real(text: str) -> Any:
    """What the program puts into `out`; the exception where numpy raises."""
    names: dict[str, Any] = {"np": np}
    try:
        with np.errstate(all="ignore"):
            exec(text, names)
    except Exception as error:
        return error
    return names["out"]


def name_of(dtype: np.dtype[Any]) -> str:
    return str(dtype)


def compare(ours: Any, theirs: Any, text: str, objects: Any = None) -> None:
    """Say of a value whether it is numpy's."""
    if isinstance(ours, ListObject):
        ours = ours.items
    if isinstance(theirs, Exception):
        is_unknown = isinstance(ours, Unknown) or isinstance(getattr(ours, "shape", None), Unknown)
        assert is_unknown, f"numpy raises {theirs!r}, flatlint says {ours} of:\n{text}"
    elif isinstance(theirs, np.ndarray):
        assert isinstance(ours, Array), f"{ours!r} for an array of:\n{text}"
        assert str(ours.shape) == str(Shape(theirs.shape)), text
        assert ours.dtype == name_of(theirs.dtype), text
        if ours.values is not None and "rand" not in text and "empty" not in text:
            np.testing.assert_array_equal(ours.values, theirs, err_msg=text)
        if ours.low is not None and theirs.size and "shuffle" not in text:
            assert ours.low <= theirs.min() and theirs.max() <= ours.high, text
    elif isinstance(theirs, (list, tuple)):
        assert isinstance(ours, (list, tuple)), f"{ours!r} for a sequence of:\n{text}"
        assert len(ours) == len(theirs), text
        for our_part, their_part in zip(ours, theirs, strict=True):
            compare(objects(our_part) if objects else our_part, their_part, text, objects)
    elif isinstance(ours, Array):
        assert ours.shape == Shape(()), text
        assert ours.dtype == name_of(np.asarray(theirs).dtype), text
    else:
        assert ours == pytest.approx(theirs, nan_ok=True), text


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_program_with_plain_sizes_gets_the_shapes_types_and_values_of_numpy(name: str) -> None:
    random = Random(name)
    for _ in range(ROUNDS):
        text = SNIPPETS[name](random, str)
        run = run_of(text)
        ours = run.object_at(run.lookup("out"))
        compare(ours, real(text), text, run.object_at)


@pytest.mark.parametrize("name", sorted(SNIPPETS.keys() - LITERAL_ONLY))
def test_a_program_with_sizes_by_name_gets_sums_and_products_of_the_names(name: str) -> None:
    random = Random(name)
    for _ in range(ROUNDS):
        sizes: dict[str, int] = {}

        def named(size: int, sizes: dict[str, int] = sizes) -> str:
            if size == 1:
                return "1"
            sizes[f"n{size}"] = size
            return f"n{size}"

        text = SNIPPETS[name](random, named)
        body = "\n".join("    " + line for line in text.splitlines())
        program = f"def f({', '.join(sizes)}):\n{body}\n    return out\n"
        theirs = real("\n".join(f"{key} = {size}" for key, size in sizes.items()) + "\n" + text)
        run = run_of(program)
        from flatlint.evaluation.program import _evaluate_uncalled

        _evaluate_uncalled(run)
        facts = facts_named(run, "out")
        if not isinstance(theirs, np.ndarray):
            continue
        assert facts, program
        ours = facts[-1].value
        assert isinstance(ours, Array) and isinstance(ours.shape, Shape), f"{ours}\n{program}"
        assert len(ours.shape) == theirs.ndim, program
        for size, number in zip(ours.shape, theirs.shape, strict=True):
            assert not isinstance(size, Unfixed), f"{ours.shape} of:\n{program}"
            assert number_of(size, sizes) == number, f"{ours.shape} of:\n{program}"
        assert ours.dtype == name_of(theirs.dtype), program


def number_of(size: Any, sizes: dict[str, int]) -> int:
    """A formula with numbers for its names."""
    if not isinstance(size, Expression):
        return int(size)
    return int(eval(re.sub(r"\[", "_[", str(size)), dict(sizes)))


@pytest.mark.parametrize("name", sorted(SNIPPETS.keys() - LITERAL_ONLY))
def test_a_program_with_unknown_sizes_gets_nothing_that_numpy_contradicts(name: str) -> None:
    random = Random(name)
    for _ in range(ROUNDS):
        unknown: dict[int, bool] = {}

        def maybe(size: int, unknown: dict[int, bool] = unknown) -> str:
            if unknown.setdefault(size, random.random() < 0.4 and size > 1):
                return f"int(input({size}))"
            return str(size)

        text = SNIPPETS[name](random, maybe)
        theirs = real("def input(n): return n\n" + text)
        ours = variables_of(text)["out"]
        if isinstance(theirs, Exception) or not isinstance(theirs, np.ndarray):
            continue
        assert isinstance(ours, Array), f"{ours!r} for\n{text}"
        assert isinstance(ours.shape, Shape), f"{ours.shape} for {theirs.shape} of:\n{text}"
        assert ours.shape.rank == theirs.ndim, f"{ours.shape} for {theirs.shape} of:\n{text}"
        for size, number in zip(ours.shape, theirs.shape, strict=True):
            assert isinstance(size, Unfixed) or size == number, f"{ours.shape} of:\n{text}"
        assert ours.dtype in (None, name_of(theirs.dtype)), text


def test_the_programs_import_numpy_as_the_snippets_expect() -> None:
    assert IMPORTS == "import numpy as np\n"

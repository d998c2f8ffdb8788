"""What flatlint says of arrays is what numpy makes of them, over seeded random programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import pytest

from flatlint.evaluation.interpreter import Run
from flatlint.evaluation.iteration import as_tuple
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


@dataclass(frozen=True)
class Comparison:
    """Where a value of flatlint's is not what numpy makes of the same program."""

    run: Run
    text: str

    def differences(self, ours: Any, theirs: Any) -> Iterator[tuple[object, object]]:
        """What flatlint says, and what numpy."""
        ours = self.run.object_at(ours)
        if isinstance(theirs, Exception):
            if not isinstance(ours, Unknown) and not isinstance(
                getattr(ours, "shape", None), Unknown
            ):
                yield ours, theirs
        elif isinstance(theirs, np.ndarray):
            yield from self._of_arrays(ours, theirs)
        elif isinstance(theirs, (list, tuple)):
            parts = as_tuple(self.run, ours)
            if isinstance(parts, tuple) and len(parts) == len(theirs):
                for our_part, their_part in zip(parts, theirs, strict=True):
                    yield from self.differences(our_part, their_part)
            else:
                yield ours, theirs
        elif isinstance(ours, Array):
            yield from unequal((ours.shape, Shape(())))
            yield from unequal((ours.dtype, str(np.asarray(theirs).dtype)))
        else:
            yield from unequal((ours, pytest.approx(theirs, nan_ok=True)))

    def _of_arrays(
        self, ours: Any, theirs: np.ndarray[Any, Any]
    ) -> Iterator[tuple[object, object]]:
        if not isinstance(ours, Array):
            yield ours, theirs
            return
        yield from unequal((str(ours.shape), str(Shape(theirs.shape))))
        yield from unequal((ours.dtype, str(theirs.dtype)))
        is_told = ours.values is not None and not re.search("rand|empty", self.text)
        if is_told and not np.array_equal(ours.values, theirs, equal_nan=theirs.dtype.kind in "fc"):
            yield ours.values, theirs
        is_bounded = ours.low is not None and theirs.size and "shuffle" not in self.text
        if is_bounded and not ours.low <= theirs.min() <= theirs.max() <= ours.high:
            yield (ours.low, ours.high), theirs


def unequal(pair: tuple[object, object]) -> Iterator[tuple[object, object]]:
    """The two again, where they are not equal."""
    if pair[0] != pair[1]:
        yield pair


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_program_with_plain_sizes_gets_the_shapes_types_and_values_of_numpy(name: str) -> None:
    random = Random(name)
    for _ in range(ROUNDS):
        text = SNIPPETS[name](random, str)
        run = run_of(text)
        differences = Comparison(run, text).differences(run.lookup("out"), real(text))
        assert list(differences) == [], text


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
        assert ours.dtype == str(theirs.dtype), program


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
        assert ours.dtype in (None, str(theirs.dtype)), text


def test_the_programs_import_numpy_as_the_snippets_expect() -> None:
    assert IMPORTS == "import numpy as np\n"

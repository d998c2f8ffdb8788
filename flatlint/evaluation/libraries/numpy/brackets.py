"""Objects of numpy's that are used with brackets: `np.c_`, `np.r_`, `np.mgrid`, `np.s_`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flatlint.evaluation.base import CONSTANTS, Interpreter, method
from flatlint.evaluation.libraries.numpy.asking import ask
from flatlint.evaluation.libraries.numpy.question import Question
from flatlint.evaluation.libraries.numpy.reading import array_of
from flatlint.evaluation.values import Slice, Value
from flatlint.graph import WhyUnknown

MOST = 300
"""The largest end of a range that is counted out."""


@dataclass(frozen=True)
class Bracketed:
    """One of them, by its name in numpy."""

    name: str


CONSTANTS.update(
    {f"numpy.{name}": Bracketed(name) for name in ("c_", "r_", "mgrid", "ogrid", "s_", "index_exp")}
)


@method(Bracketed, "__getitem__")
def item(run: Interpreter, bracketed: Bracketed, index: Value) -> Value:
    """`np.c_[a, b]` joins columns, `np.r_[a, b]` rows; `np.mgrid[0:5, 0:5]` counts."""
    if bracketed.name in ("s_", "index_exp"):
        return index
    parts = index if isinstance(index, tuple) else (index,)
    operands = [_part(run, part) for part in parts]
    if any(operand is None for operand in operands):
        return run.unknown(WhyUnknown.ARGUMENT, f"np.{bracketed.name}")
    is_grid = bracketed.name in ("mgrid", "ogrid")
    if is_grid and (len(operands) > 2 or not all(isinstance(each, slice) for each in operands)):
        return run.unknown(WhyUnknown.ARGUMENT, f"np.{bracketed.name}")
    whole = getattr(np, bracketed.name)
    single = len(operands) == 1 and not isinstance(index, tuple)

    def ask_numpy(*given: object) -> object:
        return whole[given[0] if single else given]

    return ask(run, bracketed.name, Question(ask_numpy, tuple(operands)))


def _part(run: Interpreter, part: Value) -> object:
    """An array, or a slice of known numbers that counts few elements; `None` for anything else."""
    if not isinstance(part, Slice):
        return array_of(run, part)
    bounds = (part.start, part.stop, part.step)
    numbers = [bound for bound in bounds if isinstance(bound, int | float)]
    if len(numbers) + bounds.count(None) < 3 or not isinstance(part.stop, int | float):
        return None
    if any(abs(number) > MOST for number in numbers):
        return None
    return slice(*bounds)

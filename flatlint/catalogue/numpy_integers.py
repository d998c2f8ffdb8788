"""Integers of numpy's, which are no `int` of Python's: Keras looks for that in many places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeGuard

_KEPT = ("add", "sub", "mul", "floordiv", "mod", "pow", "and", "or", "xor", "lshift", "rshift")


class NumpyInteger(int):
    """An integer that numpy counted: `np.max(labels)`; sums with it are numpy's again.

    `int(…)`, `len(…)` and the sizes of a shape are Python's own.
    """


def _operator(name: str) -> Callable[..., Any]:
    plain = getattr(int, name)

    def operate(self: NumpyInteger, *others: object) -> Any:
        result = plain(self, *others)
        return NumpyInteger(result) if type(result) is int else result

    return operate


for _name in ("neg", "pos", "abs", "invert", *_KEPT, *(f"r{name}" for name in _KEPT)):
    setattr(NumpyInteger, f"__{_name}__", _operator(f"__{_name}__"))


def is_python_integer(value: object) -> TypeGuard[int]:
    """Whether Keras, too, finds an `int` in it."""
    return isinstance(value, int) and not isinstance(value, NumpyInteger)

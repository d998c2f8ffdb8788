"""Question: a function of numpy's with its operands, in whose place stand-ins can be put."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from flatlint.evaluation.libraries.numpy.element_types import type_named
from flatlint.graph import Array
from flatlint.shapes import Dim

Nest: TypeAlias = Any
"""Arrays, sizes and constants in lists, tuples and dicts, as deep as a call nests them."""

REFUSALS = (ValueError, TypeError, IndexError, ArithmeticError, np.linalg.LinAlgError,
            AttributeError, MemoryError, KeyError)  # fmt: skip
"""What numpy raises where it does not take its operands."""


@dataclass(frozen=True)
class Size:
    """A number of the call that decides a size of the result, as `repeats` does."""

    size: Dim


class Refused(Exception):
    """numpy raises, in its own words; `is_sure` if no unknown size could change that."""

    def __init__(self, message: str, is_sure: bool, is_about_sizes: bool = True) -> None:
        super().__init__(message)
        self.is_sure = is_sure
        self.is_about_sizes = is_about_sizes


@dataclass(frozen=True)
class Question:
    """A function of numpy's and its operands: arrays and sizes in nests, constants as they are."""

    function: Callable[..., object]
    operands: tuple[Nest, ...]
    options: Mapping[str, Nest] = field(default_factory=dict)
    multiplies: bool = False
    """Whether the result may be as large as the product of its operands."""

    def leaves(self) -> list[Array | Size]:
        """The arrays and sizes in it, in order."""
        return list(_leaves((self.operands, dict(self.options))))

    def put(self, replacements: Iterator[object]) -> object:
        """The function's answer with these things in place of the arrays and sizes.

        Raises `Refused` where numpy raises.
        """
        try:
            operands, options = _replaced((self.operands, dict(self.options)), replacements)
            with quiet():
                return self.function(*operands, **options)
        except REFUSALS as refusal:
            # Other sizes help neither against a wrong type nor against an axis that is not there.
            is_about_sizes = isinstance(refusal, ValueError) and not isinstance(refusal, IndexError)
            raise Refused(said(refusal), True, is_about_sizes) from None

    def asked_for(self) -> str:
        """The question in words that tell it from any other of the same function, values aside."""
        bare = ((leaf.shape, leaf.dtype) if isinstance(leaf, Array) else leaf
                for leaf in self.leaves())  # fmt: skip
        return repr(_replaced((self.operands, dict(self.options)), bare))

    def without_values(self) -> Question:
        """The same question on arrays whose elements are not known."""
        bare = (replace(leaf, values=None) if isinstance(leaf, Array) else leaf
                for leaf in self.leaves())  # fmt: skip
        operands, options = _replaced((self.operands, dict(self.options)), bare)
        return replace(self, operands=operands, options=options)


def _leaves(nest: Nest) -> Iterator[Array | Size]:
    match nest:
        case Array() | Size():
            yield nest
        case tuple() | list():
            for part in nest:
                yield from _leaves(part)
        case dict():
            for part in nest.values():
                yield from _leaves(part)


def _replaced(nest: Nest, replacements: Iterator[object]) -> Nest:
    match nest:
        case Array() | Size():
            return next(replacements)
        case tuple():
            return tuple(_replaced(part, replacements) for part in nest)
        case list():
            return [_replaced(part, replacements) for part in nest]
        case dict():
            return {key: _replaced(part, replacements) for key, part in nest.items()}
        case _:
            return nest


@contextmanager
def quiet() -> Iterator[None]:
    """Without numpy's warnings: nobody has made the numbers that it would warn of."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def said(refusal: BaseException) -> str:
    """What numpy says when it raises, on one line."""
    return str(refusal).splitlines()[0][:200] if str(refusal) else type(refusal).__name__


def stand_in_array(shape: Sequence[Any], dtype: str | None) -> npt.NDArray[Any]:
    """An array that takes the room of one element, whatever its shape.

    Whole numbers are 0, so that they may be indices of anything.
    """
    kind = type_named(dtype) or np.dtype("float64")
    one = np.zeros((), kind) if kind.kind in "iu" else np.ones((), kind)
    return np.broadcast_to(one, tuple(shape))

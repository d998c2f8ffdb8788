"""Answer: what numpy said to a question, with sizes told by how they depend on the stand-ins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from flatlint.evaluation.bounds import MAX_VALUES
from flatlint.evaluation.libraries.numpy.element_types import name_of
from flatlint.evaluation.libraries.numpy.question import Nest
from flatlint.evaluation.libraries.numpy.standing import Key, Point, size_behind
from flatlint.shapes import UNFIXED, Dim


@dataclass(frozen=True)
class Answer:
    """One array of an answer: its sizes, `None` where no formula was found for one; its type."""

    sizes: tuple[Dim | None, ...]
    dtype: str | None


def answer_behind(
    results: Sequence[Nest], chosen: Sequence[Point], shapes: Sequence[tuple[Key, ...]]
) -> Nest:
    """The results at all points as one nest of answers; `None` where they are not alike."""
    first = results[0]
    if isinstance(first, np.ndarray | np.generic):
        if len({(type(result), np.ndim(result)) for result in results}) > 1:
            return None
        sizes = (
            size_behind([result.shape[axis] for result in results], chosen, shapes)
            for axis in range(first.ndim)
        )
        return Answer(tuple(sizes), name_of(first.dtype))
    if isinstance(first, tuple | list):
        if any(type(result) is not type(first) or len(result) != len(first) for result in results):
            return None
        parts = [answer_behind(each, chosen, shapes) for each in zip(*results, strict=True)]
        return parts if isinstance(first, list) else tuple(parts)
    return first if all(result == first for result in results) else None


def answer_of(result: Nest) -> Nest:
    """A result without its values."""
    if isinstance(result, np.ndarray | np.generic):
        return Answer(result.shape, name_of(result.dtype))
    if isinstance(result, list):
        return [answer_of(part) for part in result]
    return tuple(map(answer_of, result)) if isinstance(result, tuple) else result


def is_settled(nest: Nest) -> bool:
    """Whether a formula was found for every size."""
    if isinstance(nest, Answer):
        return None not in nest.sizes
    return not isinstance(nest, tuple | list) or all(map(is_settled, nest))


def joined(left: Nest, right: Nest) -> Nest:
    """What two possible answers share."""
    match left, right:
        case Answer(), Answer() if len(left.sizes) == len(right.sizes):
            pairs = zip(left.sizes, right.sizes, strict=True)
            sizes = tuple(ours if ours == theirs else UNFIXED for ours, theirs in pairs)
            return Answer(sizes, left.dtype if left.dtype == right.dtype else None)
        case (tuple(), tuple()) | (list(), list()) if len(left) == len(right):
            return type(left)(map(joined, left, right))
        case _:
            return left if not isinstance(left, Answer) and left == right else None


def volume(nest: Nest) -> int:
    """How many elements an answer has; beyond the bound on values if that is not known."""
    match nest:
        case Answer(sizes=sizes):
            return math.prod(size if isinstance(size, int) else MAX_VALUES + 1 for size in sizes)
        case tuple() | list():
            return sum(map(volume, nest))
        case _:
            return 1

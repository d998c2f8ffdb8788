"""Sizes that stand for others: small numbers in place of those of the program.

numpy decides shapes, but asked with the program's own sizes it would allocate what the program
does, and symbols and unknown sizes it cannot take at all. So a question is put several times, each
time with other small numbers for the sizes (equal ones for equal sizes), and how the sizes of the
answers depend on them tells what they are: `(n, 3)` and `(m, 3)` concatenated give `n + m`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement, islice
from random import Random
from typing import TypeAlias

import numpy as np

from flatlint.shapes import UNFIXED, Dim, Expression, product


@dataclass(frozen=True)
class Joker:
    """One size that the source does not fix, told apart from any other."""

    number: int


Key: TypeAlias = int | Expression | Joker
"""What a small number stands for. 0 and 1 stand for themselves."""
Point: TypeAlias = Mapping[Key, int]
"""One choice of small numbers."""


def points(keys: Iterable[Key], count: int) -> list[Point]:
    """`count` choices of small numbers, different ones for different keys.

    Within the first three no key keeps its number, so that no size can pass for a constant.
    """
    varying = sorted({key for key in keys if not is_literal(key)}, key=repr)
    random = Random(len(varying))
    numbers = range(2, len(varying) + 6)
    chosen: list[list[int]] = []
    while len(chosen) < count:
        sample = random.sample(numbers, len(varying))
        used = zip(*chosen[:3], strict=True) if len(chosen) < 3 else ()
        if not any(number in before for number, before in zip(sample, used, strict=False)):
            chosen.append(sample)
    return [dict(zip(varying, sample, strict=True)) for sample in chosen]


Reading: TypeAlias = dict[Key, Key]
"""Sizes that are taken to be the same as another."""

MAX_READINGS = 60
"""Readings of each kind that are tried before a question counts as one without an answer."""


def readings(shapes: Sequence[tuple[Key, ...]]) -> Iterator[list[Reading]]:
    """How sizes that are no numbers may agree with others: in one way, in two at once, in three.

    A way is a size that is another, or all sizes of one axis that are the same.
    """
    keys: list[Key] = list(dict.fromkeys(key for shape in shapes for key in shape))
    soft = [key for key in keys if not isinstance(key, int)]
    if not soft:
        return
    ways = [[key, other] for key in soft for other in (*keys, 1) if other != key]
    rank = max(map(len, shapes))
    ways += [[shape[axis] for shape in shapes if len(shape) == rank] for axis in range(rank)]
    for count in (1, 2, 3):
        level = (_merged(chosen) for chosen in combinations(ways[::-1], count))
        yield list(islice((reading for reading in level if reading), MAX_READINGS))


def _merged(groups: Iterable[Sequence[Key]]) -> Reading | None:
    """Every size of a group by the name of one of them; `None` where two numbers would meet."""
    reading: Reading = {}
    for group in groups:
        members: set[Key] = {reading.get(key, key) for key in group}
        members |= {key for key, found in reading.items() if found in members}
        numbers = {key for key in members if isinstance(key, int)}
        if len(numbers) > 1:
            return None
        names = [key for key in group if isinstance(key, Expression)]
        found: Key = next(iter([*numbers, *names, *members]))
        reading |= {key: found for key in members}  # noqa: C420 # the types of `fromkeys` are narrow
    return {key: found for key, found in reading.items() if key != found}


def is_literal(key: Key) -> bool:
    """Whether the size stands for itself."""
    return key in (0, 1)


def stand_in(key: Key, point: Point) -> int:
    """The number that stands for a size."""
    return point.get(key, key if isinstance(key, int) else 1)


def size_behind(
    seen: Sequence[int], chosen: Sequence[Point], shapes: Sequence[tuple[Key, ...]]
) -> Dim | None:
    """The size that was `seen` at each point; `None` where no formula fits.

    Tried in turn: a number, one size, a sum of sizes and of whole arrays, products of two, a whole
    array several times.
    """
    if len(set(seen)) == 1:
        return seen[0]
    for key in chosen[0]:
        if all(point[key] == number for point, number in zip(chosen, seen, strict=True)):
            return _dim(key)
    single: list[tuple[Key, ...]] = [(), *((key,) for key in chosen[0])]
    whole = [tuple(key for key in shape if key != 1) for shape in shapes]
    pairs = list(combinations_with_replacement(chosen[0], 2))
    repeated = [(*term, key) for term in whole for key in chosen[0]]
    for terms in (single, [*single, *whole], [*single, *pairs], [*single, *whole, *repeated]):
        different = {tuple(sorted(term, key=repr)): None for term in terms}
        found = _fit(list(different), seen, chosen)
        if found is not None:
            return found
    return None


def _fit(terms: list[tuple[Key, ...]], seen: Sequence[int], chosen: Sequence[Point]) -> Dim | None:
    if len(terms) + 2 > len(seen):
        return None
    rows = [[math.prod(stand_in(key, point) for key in term) for term in terms] for point in chosen]
    table = np.array(rows, dtype=float)
    counts, _, rank, _ = np.linalg.lstsq(table, np.array(seen, dtype=float), rcond=None)
    whole = np.rint(counts)
    if rank < len(terms) or not np.abs(table @ whole - seen).max() < 1e-6:
        return None
    total: Dim = 0
    for count, term in zip(whole, terms, strict=True):
        if count:
            total = total + int(count) * product(_dim(key) for key in term)
    return total


def _dim(key: Key) -> Dim:
    return UNFIXED if isinstance(key, Joker) else key

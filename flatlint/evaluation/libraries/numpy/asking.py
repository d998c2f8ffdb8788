"""Asking numpy: a question put with the program's own arrays, or with stand-ins for them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

import numpy as np

from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.bounds import MAX_VALUES
from flatlint.evaluation.libraries.numpy.answer import (
    Answer,
    answer_behind,
    answer_of,
    is_settled,
    joined,
    volume,
)
from flatlint.evaluation.libraries.numpy.arrays import array_of_values, array_with, scalar
from flatlint.evaluation.libraries.numpy.question import (
    Nest,
    Question,
    Refused,
    Size,
    stand_in_array,
)
from flatlint.evaluation.libraries.numpy.standing import (
    Joker,
    Key,
    Point,
    is_literal,
    points,
    readings,
    stand_in,
)
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Expression, Shape

Bounds: TypeAlias = tuple[float | None, float | None]
Leaves: TypeAlias = Sequence[Array | Size]

MAX_STAND_IN = 300_000
"""Elements of a stand-in, or of what a function that multiplies sizes may make of several."""
TYPES_TO_TRY = ("float64", "int64", "uint8", "bool")
"""Where a type is not known: what the answers to all of these share is sure."""


def ask(
    run: Interpreter,
    what: str,
    question: Question,
    bounds: Bounds = (None, None),
    sources: Sequence[Array] | None = None,
) -> Value:
    """What numpy answers: arrays, numbers or sequences of them, made from `sources`.

    An answer whose shape is not known is an `Array` with the reason; where numpy raises, whatever
    the unknown sizes may be, the reason is what it says.
    """
    leaves = question.leaves()
    arrays = [leaf for leaf in leaves if isinstance(leaf, Array)]
    origins = arrays if sources is None else sources
    for array in arrays:
        if isinstance(array.shape, Unknown):
            return array_with(run, array.shape, None, what, origins)
    writer = Writer(run, what, origins, bounds)
    try:
        if _is_small(question, leaves):
            return _ask_directly(question, leaves, writer)
        answer = _ask_by_stand_ins(question, leaves)
    except Refused as refused:
        why = WhyUnknown.REFUSED_BY_NUMPY if refused.is_sure else WhyUnknown.ARGUMENT
        return array_with(run, run.unknown(why, str(refused)), None, what, origins)
    if _is_known(leaves) and volume(answer) <= MAX_VALUES:
        return writer.written(question.put(map(_own_value, leaves)))
    return writer.written(answer)


# --- directly -----------------------------------------------------------------------------------


def _is_small(question: Question, leaves: Leaves) -> bool:
    """Whether the program's own sizes are so small that numpy can be asked with them."""
    total = 1
    # A function of one array that multiplies may multiply it with itself.
    for leaf in [*leaves, *leaves] if question.multiplies and len(leaves) == 1 else leaves:
        if isinstance(leaf, Size):
            if not isinstance(leaf.size, int):
                return False
            volume = abs(leaf.size)
        else:
            assert isinstance(leaf.shape, Shape)
            if not leaf.shape.is_fixed or leaf.dtype is None:
                return False
            volume = math.prod(size for size in leaf.shape if isinstance(size, int))
        total = total * max(volume, 1) if question.multiplies else max(total, volume)
    return total <= MAX_VALUES


def _is_known(leaves: Leaves) -> bool:
    return all(
        isinstance(leaf.size, int) if isinstance(leaf, Size) else leaf.values is not None
        for leaf in leaves
    )


def _ask_directly(question: Question, leaves: Leaves, writer: Writer) -> Value:
    if _is_known(leaves):
        return writer.written(question.put(map(_own_value, leaves)))
    return writer.written(answer_of(question.put(map(_blank, leaves))))


def _own_value(leaf: Array | Size) -> Nest:
    return leaf.size if isinstance(leaf, Size) else leaf.values


def _blank(leaf: Array | Size) -> Nest:
    if isinstance(leaf, Size):
        return leaf.size
    assert isinstance(leaf.shape, Shape)
    return stand_in_array(leaf.shape.dims, leaf.dtype)


# --- by stand-ins -------------------------------------------------------------------------------


_REMEMBERED: dict[tuple[object, str], Nest] = {}
"""Answers of this process: a loop puts the same question again and again."""
MOST_REMEMBERED = 2_000


def _ask_by_stand_ins(question: Question, leaves: Leaves) -> Nest:
    """The answer as a nest of `Answer`, whatever sizes and types are not known."""
    key = (question.function, question.asked_for())
    if key not in _REMEMBERED:
        if len(_REMEMBERED) >= MOST_REMEMBERED:
            _REMEMBERED.clear()
        try:
            _REMEMBERED[key] = _ask_anew(question, leaves)
        except Refused as refused:
            _REMEMBERED[key] = refused
    remembered = _REMEMBERED[key]
    if isinstance(remembered, Refused):
        raise Refused(str(remembered), remembered.is_sure)
    return remembered


def _ask_anew(question: Question, leaves: Leaves) -> Nest:
    if any(isinstance(leaf, Array) and leaf.dtype is None for leaf in leaves):
        return _ask_with_types(question, leaves)
    return _ask_with_readings(question, leaves, "float64")


def _ask_with_types(question: Question, leaves: Leaves) -> Nest:
    answers: list[Nest] = []
    refusal: Refused | None = None
    for dtype in TYPES_TO_TRY:
        try:
            answers.append(_ask_with_readings(question, leaves, dtype))
        except Refused as refused:
            refusal = refusal or refused
    if not answers:
        assert refusal is not None
        raise refusal
    return reduce(joined, answers)


def _ask_with_readings(question: Question, leaves: Leaves, missing_type: str) -> Nest:
    """The answer if all sizes that are not numbers differ; or else for how they must agree."""
    shapes = _keys(leaves)
    try:
        return _ask_at_points(question, leaves, shapes, missing_type)
    except Refused as refused:
        if not refused.is_about_sizes:
            raise
        first = refused
    levels = list(readings(shapes))
    for level in levels:
        answers: list[Nest] = []
        for reading in level:
            read = [tuple(reading.get(key, key) for key in shape) for shape in shapes]
            with suppress(Refused):
                answers.append(_ask_at_points(question, leaves, read, missing_type))
        if answers:
            return reduce(joined, answers)
    raise Refused(str(first), is_sure=not levels and first.is_sure)


def _keys(leaves: Leaves) -> list[tuple[Key, ...]]:
    """The sizes of each leaf; every one that is not fixed is told apart from all others."""
    jokers = 0
    shapes: list[tuple[Key, ...]] = []
    for leaf in leaves:
        keys: list[Key] = []
        sizes = (leaf.size,) if isinstance(leaf, Size) else leaf.shape
        assert not isinstance(sizes, Unknown)
        for size in sizes:
            if isinstance(size, int | Expression):
                keys.append(size)
            else:
                keys.append(Joker(jokers))
                jokers += 1
        shapes.append(tuple(keys))
    return shapes


def _ask_at_points(
    question: Question,
    leaves: Leaves,
    shapes: Sequence[tuple[Key, ...]],
    missing_type: str,
) -> Nest:
    keys = {key for shape in shapes for key in shape}
    varying = sum(1 for key in keys if not is_literal(key))
    answers: list[Nest] = []
    # Most sizes are constants or copies; few are sums; products of sizes need many points.
    for count in (3, varying + 4, 4 + (varying + 1) * (max(varying, len(shapes)) + 1)):
        chosen = points(keys, count)
        answers += (
            _at_point(question, leaves, shapes, point, missing_type)
            for point in chosen[len(answers) :]
        )
        nest = answer_behind(answers, chosen, shapes)
        if is_settled(nest):
            break
    return nest


def _at_point(
    question: Question,
    leaves: Leaves,
    shapes: Sequence[tuple[Key, ...]],
    point: Point,
    missing_type: str,
) -> Nest:
    stand_ins: list[Nest] = []
    total = 1
    for leaf, keys in zip(leaves, shapes, strict=True):
        sizes = tuple(stand_in(key, point) for key in keys)
        volume = math.prod(sizes)
        total = total * max(volume, 1) if question.multiplies else max(total, volume)
        if total > MAX_STAND_IN or len(sizes) > 32:
            raise Refused("an array of too many axes", is_sure=False)
        if isinstance(leaf, Size):
            stand_ins.append(sizes[0])
        else:
            stand_ins.append(stand_in_array(sizes, leaf.dtype or missing_type))
    return question.put(iter(stand_ins))


# --- answers as values ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Writer:
    """Writes what numpy gave as values of the evaluation."""

    run: Interpreter
    what: str
    sources: Sequence[Array]
    bounds: Bounds

    def written(self, result: object) -> Value:
        """Arrays, numbers, or sequences of them."""
        match result:
            case Answer(sizes=sizes, dtype=dtype):
                shape = Shape(tuple(UNFIXED if size is None else size for size in sizes))
                return array_with(self.run, shape, dtype, self.what, self.sources, self.bounds)
            case np.ndarray():
                return array_of_values(self.run, result, self.what, self.sources)
            case np.generic():
                plain = scalar(result)
                if plain is None:
                    return array_of_values(self.run, np.asarray(result), self.what, self.sources)
                return plain
            case list():
                return self.run.allocate(ListObject(tuple(map(self.written, result))))
            case tuple():
                return tuple(map(self.written, result))
            case None | bool() | int() | float() | str():
                return result
            case _:
                return self.run.unknown(WhyUnknown.ARGUMENT, self.what)

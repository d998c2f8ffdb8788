"""Asking numpy: a function of numpy's applied to stand-ins, its answer read as values."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.bounds import MAX_VALUES
from flatlint.evaluation.libraries.numpy.arrays import array_of_values, array_with, scalar
from flatlint.evaluation.libraries.numpy.element_types import name_of, type_named
from flatlint.evaluation.libraries.numpy.standing import (
    Joker,
    Key,
    Point,
    is_literal,
    points,
    readings,
    size_behind,
    stand_in,
)
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Expression, Shape

ndarray: TypeAlias = npt.NDArray[np.generic]
Bounds: TypeAlias = tuple[float | None, float | None]

MAX_STAND_IN = 300_000
"""Elements of a stand-in, or of what a function that multiplies sizes may make of several."""
TYPES_TO_TRY = ("float64", "int64", "uint8", "bool")
"""Where a type is not known: what the answers to all of these share is sure."""
REFUSALS = (ValueError, TypeError, IndexError, ArithmeticError, np.linalg.LinAlgError,
            AttributeError, MemoryError, KeyError)  # fmt: skip


@dataclass(frozen=True)
class Size:
    """A number of the call that decides a size of the result, as `repeats` does."""

    size: Dim


class Refused(Exception):
    """numpy raises, in its own words; `is_sure` if no unknown size could change that."""

    def __init__(self, message: str, is_sure: bool) -> None:
        super().__init__(message)
        self.is_sure = is_sure


@dataclass(frozen=True)
class Question:
    """A function of numpy's and its operands: arrays and sizes in nests, constants as they are."""

    function: Callable[..., object]
    operands: tuple[object, ...]
    options: Mapping[str, object] = field(default_factory=dict)
    multiplies: bool = False
    """Whether the result may be as large as the product of its operands."""

    def leaves(self) -> list[Array | Size]:
        """The arrays and sizes in it, in order."""
        return list(_leaves((self.operands, dict(self.options))))

    def without_values(self) -> Question:
        """The same question on arrays whose elements are not known."""
        bare = iter([replace(leaf, values=None) if isinstance(leaf, Array) else leaf
                     for leaf in self.leaves()])  # fmt: skip
        operands, options = _replaced((self.operands, dict(self.options)), bare)
        return replace(self, operands=operands, options=options)

    def put(self, replacements: Iterator[object]) -> object:
        """The function's answer with these things in place of the arrays and sizes."""
        operands, options = _replaced((self.operands, dict(self.options)), replacements)
        with quiet():
            return self.function(*operands, **options)


@contextmanager
def quiet() -> Iterator[None]:
    """Without numpy's warnings: nobody has made the numbers that it would warn of."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _leaves(nest: object) -> Iterator[Array | Size]:
    match nest:
        case Array() | Size():
            yield nest
        case tuple() | list():
            for part in nest:
                yield from _leaves(part)
        case dict():
            for part in nest.values():
                yield from _leaves(part)


def _replaced(nest: object, replacements: Iterator[object]) -> object:
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
    writer = _Writer(run, what, origins, bounds)
    try:
        if _is_small(question, leaves):
            return _ask_directly(question, leaves, writer)
        answer = _ask_by_stand_ins(question, leaves)
    except Refused as refused:
        why = WhyUnknown.REFUSED_BY_NUMPY if refused.is_sure else WhyUnknown.ARGUMENT
        return array_with(run, run.unknown(why, str(refused)), None, what, origins)
    if _is_known(leaves) and _volume(answer) <= MAX_VALUES:
        return writer.written(_put(question, leaves, _own_value))
    return writer.written(answer)


# --- directly -----------------------------------------------------------------------------------


def _is_small(question: Question, leaves: Sequence[Array | Size]) -> bool:
    """Whether the program's own sizes are so small that numpy can be asked with them."""
    total = 1
    for leaf in leaves:
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


def _is_known(leaves: Sequence[Array | Size]) -> bool:
    return all(
        isinstance(leaf.size, int) if isinstance(leaf, Size) else leaf.values is not None
        for leaf in leaves
    )


def _ask_directly(question: Question, leaves: Sequence[Array | Size], writer: _Writer) -> Value:
    if _is_known(leaves):
        return writer.written(_put(question, leaves, _own_value))
    return writer.written(_sizes_only(_put(question, leaves, _blank)))


def _put(
    question: Question,
    leaves: Sequence[Array | Size],
    stand_for: Callable[[Array | Size], object],
) -> object:
    try:
        return question.put(map(stand_for, leaves))
    except REFUSALS as refusal:
        raise Refused(said(refusal), is_sure=True) from None


def _own_value(leaf: Array | Size) -> object:
    return leaf.size if isinstance(leaf, Size) else leaf.values


def _blank(leaf: Array | Size) -> object:
    if isinstance(leaf, Size):
        return leaf.size
    assert isinstance(leaf.shape, Shape)
    return stand_in_array(leaf.shape.dims, leaf.dtype)


def stand_in_array(shape: Sequence[object], dtype: str | None) -> ndarray:
    """An array that takes the room of one element, whatever its shape.

    Whole numbers are 0, so that they may be indices of anything.
    """
    kind = type_named(dtype) or np.dtype("float64")
    one = np.zeros((), kind) if kind.kind in "iu" else np.ones((), kind)
    return np.broadcast_to(one, shape)  # type: ignore[arg-type]


def said(refusal: BaseException) -> str:
    """What numpy says when it raises, on one line."""
    return str(refusal).splitlines()[0][:200] if str(refusal) else type(refusal).__name__


# --- by stand-ins -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """One array of an answer: its sizes, `None` where no formula was found for one; its type."""

    sizes: tuple[Dim | None, ...]
    dtype: str | None


def _ask_by_stand_ins(question: Question, leaves: Sequence[Array | Size]) -> object:
    """The answer as a nest of `Answer`, whatever sizes and types are not known."""
    if any(isinstance(leaf, Array) and leaf.dtype is None for leaf in leaves):
        return _ask_with_types(question, leaves)
    return _ask_with_readings(question, leaves, "float64")


def _ask_with_types(question: Question, leaves: Sequence[Array | Size]) -> object:
    answers: list[object] = []
    refusal: Refused | None = None
    for dtype in TYPES_TO_TRY:
        try:
            answers.append(_ask_with_readings(question, leaves, dtype))
        except Refused as refused:
            refusal = refusal or refused
    if not answers:
        assert refusal is not None
        raise refusal
    return reduce(_joined, answers)


def _ask_with_readings(
    question: Question, leaves: Sequence[Array | Size], missing_type: str
) -> object:
    """The answer if all sizes that are not numbers differ; or else for how they must agree."""
    shapes = _keys(leaves)
    try:
        return _ask_at_points(question, leaves, shapes, missing_type)
    except Refused as refused:
        first = refused
    levels = list(readings(shapes))
    for level in levels:
        answers: list[object] = []
        for reading in level:
            read = [tuple(reading.get(key, key) for key in shape) for shape in shapes]
            with suppress(Refused):
                answers.append(_ask_at_points(question, leaves, read, missing_type))
        if answers:
            return reduce(_joined, answers)
    raise Refused(str(first), is_sure=not levels and first.is_sure)


def _keys(leaves: Sequence[Array | Size]) -> list[tuple[Key, ...]]:
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
    leaves: Sequence[Array | Size],
    shapes: Sequence[tuple[Key, ...]],
    missing_type: str,
) -> object:
    keys = {key for shape in shapes for key in shape}
    varying = sum(1 for key in keys if not is_literal(key))
    answers: list[object] = []
    # Most sizes are constants or copies; few are sums; products of sizes need many points.
    for count in (3, varying + 4, 4 + (varying + 1) * (max(varying, len(shapes)) + 1)):
        chosen = points(keys, count)
        answers += (
            _at_point(question, leaves, shapes, point, missing_type)
            for point in chosen[len(answers) :]
        )
        nest = _nest(answers, chosen, shapes)
        if _is_settled(nest):
            break
    return nest


def _at_point(
    question: Question,
    leaves: Sequence[Array | Size],
    shapes: Sequence[tuple[Key, ...]],
    point: Point,
    missing_type: str,
) -> object:
    stand_ins: list[object] = []
    total = 1
    for leaf, keys in zip(leaves, shapes, strict=True):
        sizes = tuple(stand_in(key, point) for key in keys)
        volume = math.prod(sizes)
        total = total * max(volume, 1) if question.multiplies else max(total, volume)
        if total > MAX_STAND_IN or len(sizes) > 32:
            raise Refused("an array of too many axes", is_sure=False)
        is_size = isinstance(leaf, Size)
        stand_ins.append(sizes[0] if is_size else stand_in_array(sizes, leaf.dtype or missing_type))
    try:
        return question.put(iter(stand_ins))
    except REFUSALS as refusal:
        raise Refused(said(refusal), is_sure=True) from None


# --- answers ------------------------------------------------------------------------------------


def _nest(
    answers: Sequence[object], chosen: Sequence[Point], shapes: Sequence[tuple[Key, ...]]
) -> object:
    """The answers at all points as one, its sizes told by how they depend on the points."""
    first = answers[0]
    if isinstance(first, np.ndarray | np.generic):
        arrays = [answer for answer in answers if isinstance(answer, np.ndarray | np.generic)]
        if len(arrays) < len(answers) or len({array.ndim for array in arrays}) > 1:
            return None
        sizes = (
            size_behind([array.shape[axis] for array in arrays], chosen, shapes)
            for axis in range(first.ndim)
        )
        return Answer(tuple(sizes), name_of(first.dtype))
    if isinstance(first, tuple | list):
        if any(type(a) is not type(first) or len(a) != len(first) for a in answers):  # type: ignore[arg-type]
            return None
        parts = [_nest(each, chosen, shapes) for each in zip(*answers, strict=True)]  # type: ignore[call-overload]
        return parts if isinstance(first, list) else tuple(parts)
    return first if all(answer == first for answer in answers) else None


def _is_settled(nest: object) -> bool:
    if isinstance(nest, Answer):
        return None not in nest.sizes
    return not isinstance(nest, tuple | list) or all(map(_is_settled, nest))


def _sizes_only(result: object) -> object:
    if isinstance(result, np.ndarray | np.generic):
        return Answer(result.shape, name_of(result.dtype))
    if isinstance(result, list):
        return [_sizes_only(part) for part in result]
    return tuple(map(_sizes_only, result)) if isinstance(result, tuple) else result


def _joined(left: object, right: object) -> object:
    """What two possible answers share."""
    match left, right:
        case Answer(), Answer() if len(left.sizes) == len(right.sizes):
            pairs = zip(left.sizes, right.sizes, strict=True)
            sizes = tuple(ours if ours == theirs else UNFIXED for ours, theirs in pairs)
            return Answer(sizes, left.dtype if left.dtype == right.dtype else None)
        case (tuple(), tuple()) | (list(), list()) if len(left) == len(right):
            return type(left)(map(_joined, left, right))
        case _:
            return left if not isinstance(left, Answer) and left == right else None


def _volume(nest: object) -> int:
    match nest:
        case Answer(sizes=sizes):
            return math.prod(size if isinstance(size, int) else MAX_VALUES + 1 for size in sizes)
        case tuple() | list():
            return sum(map(_volume, nest))
        case _:
            return 1


@dataclass(frozen=True)
class _Writer:
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

"""Arithmetic and comparisons on arrays: numpy's broadcasting and numpy's promotion of types."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import libcst as cst
import numpy as np

from flatlint.evaluation.base import Interpreter, operates
from flatlint.evaluation.bounds import MAX_VALUES
from flatlint.evaluation.libraries.numpy.arrays import (
    array_of_values,
    array_with,
    in_library,
    library_of,
    scalar,
)
from flatlint.evaluation.libraries.numpy.asking import TYPES_TO_TRY, Bounds, ask
from flatlint.evaluation.libraries.numpy.element_types import kind_of, name_of, type_named
from flatlint.evaluation.libraries.numpy.question import REFUSALS, Question, quiet, said
from flatlint.evaluation.libraries.numpy.reading import array_of, is_scalar_literal
from flatlint.evaluation.libraries.numpy.writing import overwrite
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import Shape, are_equal, broadcast_shapes

SIGNS: dict[str, Callable[..., object]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "//": operator.floordiv, "%": operator.mod, "**": operator.pow,
    "&": operator.and_, "|": operator.or_, "^": operator.xor,
    "<<": operator.lshift, ">>": operator.rshift,
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


def _into_a_copy(function: Callable[..., object]) -> Callable[..., object]:
    return lambda left, right: function(np.array(left), right)


IN_PLACE: dict[str, Callable[..., object]] = {
    "+": _into_a_copy(operator.iadd), "-": _into_a_copy(operator.isub),
    "*": _into_a_copy(operator.imul), "/": _into_a_copy(operator.itruediv),
    "//": _into_a_copy(operator.ifloordiv), "%": _into_a_copy(operator.imod),
    "**": _into_a_copy(operator.ipow), "&": _into_a_copy(operator.iand),
    "|": _into_a_copy(operator.ior), "^": _into_a_copy(operator.ixor),
}  # fmt: skip
COMPARISONS = (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne)
SHIFTS = (operator.add, operator.sub, np.add, np.subtract)
SCALES = (*SHIFTS, operator.mul, operator.truediv, np.multiply, np.true_divide)


@operates(Array)
def operation(run: Interpreter, sign: str, left: Value, right: Value, node: cst.CSTNode) -> Value:
    """`left sign right`; in place, the left side keeps its shape and type."""
    if isinstance(left, str):
        return run.unknown(WhyUnknown.ARGUMENT, "a formatted string")
    operands = [array_of(run, left), array_of(run, right)]
    if isinstance(node, cst.AugAssign) and isinstance(left, Array) and sign in IN_PLACE:
        return _in_place(run, sign, left, operands[1])
    return in_library(_result(run, sign, operands), operands)


def _result(run: Interpreter, sign: str, operands: list[Array]) -> Value:
    if sign == "@":
        return ask(run, sign, Question(operator.matmul, tuple(operands), multiplies=True))
    if sign == "~":
        return elementwise(run, sign, operator.invert, operands[:1])
    return elementwise(run, sign, SIGNS[sign], operands)


def _in_place(run: Interpreter, sign: str, left: Array, right: Array) -> Value:
    """`left sign= right`: every name that holds the array sees what was written into it."""
    if left.library != "numpy" or left.shape == Shape(()):
        return in_library(elementwise(run, sign, SIGNS[sign], [left, right]), [left, right])
    if isinstance(right.shape, Unknown):
        result: Value = array_with(run, left.shape, left.dtype, sign, [left])
    else:
        result = elementwise(run, sign, IN_PLACE[sign], [left, right])
    if isinstance(result, Array):
        if isinstance(result.shape, Shape) and isinstance(left.shape, Shape):
            result = _of_the_left_shape(run, sign, result, left)
        overwrite(run, left, result)
    return result


def _of_the_left_shape(run: Interpreter, sign: str, result: Array, left: Array) -> Array:
    """numpy writes into the left side: the right one may not make it larger."""
    assert isinstance(left.shape, Shape) and isinstance(result.shape, Shape)
    if result.shape.rank == left.shape.rank:
        pairs = zip(result.shape, left.shape, strict=True)
        if not any(are_equal(ours, theirs) is False for ours, theirs in pairs):
            return replace(result, shape=left.shape)
    text = f"an array of shape {left.shape} {sign}= one that makes it {result.shape}"
    return replace(result, shape=run.unknown(WhyUnknown.REFUSED_BY_NUMPY, text), values=None)


def elementwise(
    run: Interpreter,
    what: str,
    function: Callable[..., object],
    operands: Sequence[Array],
    dtype: str | None = None,
) -> Value:
    """A function of each element: the shapes broadcast, the type is what numpy makes of them."""
    shape = broadcast(run, operands)
    if isinstance(shape, Shape) and (values := _computed(function, operands, shape)) is not None:
        plain = None if isinstance(values, np.ndarray) else scalar(values)
        return array_of_values(run, np.asarray(values), what, operands) if plain is None else plain
    element_type = dtype or _type_of(run, function, operands)
    if isinstance(element_type, Unknown):
        return array_with(run, element_type, None, what, operands)
    bounds = within(_bounds(function, operands), element_type)
    return array_with(run, shape, element_type, what, operands, bounds)


def broadcast(run: Interpreter, operands: Sequence[Array]) -> Shape | Unknown:
    """The shape that all operands have together."""
    shapes: list[Shape] = []
    for operand in operands:
        if isinstance(operand.shape, Unknown):
            return operand.shape
        shapes.append(operand.shape)
    if all(shape.is_fixed for shape in shapes):
        try:
            return Shape(np.broadcast_shapes(*(shape.dims for shape in shapes)))  # type: ignore[arg-type]
        except ValueError:
            met = None
    else:
        met = broadcast_shapes(*shapes)
    if met is None:
        texts = " and ".join(str(shape) for shape in shapes)
        return run.unknown(WhyUnknown.REFUSED_BY_NUMPY, f"{texts} cannot be broadcast together")
    return met


def _computed(function: Callable[..., object], operands: Sequence[Array], shape: Shape) -> object:
    """The elements, where those of all operands are known and they are few."""
    volume = shape.size
    if any(operand.values is None for operand in operands):
        return None
    if not isinstance(volume, int) or volume > MAX_VALUES:
        return None
    try:
        with quiet():
            return function(*map(_own, operands))
    except REFUSALS:
        return None


def _own(operand: Array) -> object:
    return operand.values.item() if is_scalar_literal(operand) else operand.values


def _type_of(
    run: Interpreter, function: Callable[..., object], operands: Sequence[Array]
) -> str | Unknown | None:
    """The type of the result, asked of numpy with one element; `None` where it is not known."""
    if library_of(operands) == "tensorflow" and function not in COMPARISONS:
        return next(each.dtype for each in operands if each.library == "tensorflow")
    is_whole = all(type_named(operand.dtype) is not None for operand in operands)
    names: set[str | None] = set()
    refusal: BaseException | None = None
    for missing in TYPES_TO_TRY[:1] if is_whole else TYPES_TO_TRY:
        answer = _asked(function, *(_sample(operand, missing) for operand in operands))
        if isinstance(answer, BaseException):
            refusal = refusal or answer
        else:
            names.add(answer)
    if not names and refusal is not None:
        return run.unknown(WhyUnknown.REFUSED_BY_NUMPY, said(refusal))
    return names.pop() if len(names) == 1 else None


@dataclass(frozen=True)
class _Sample:
    """Any array of a type; a single number where it has no axes."""

    dtype: str
    has_axes: bool


def _sample(operand: Array, missing: str) -> object:
    if is_scalar_literal(operand):
        return operand.values.item()
    is_known = type_named(operand.dtype) is not None
    dtype = operand.dtype if operand.dtype is not None and is_known else missing
    return _Sample(dtype, operand.shape != Shape(()))


# Typed: numpy promotes by 1, 1.0 and True differently.
@lru_cache(maxsize=512, typed=True)
def _asked(function: Callable[..., object], *samples: object) -> str | BaseException | None:
    """The type that numpy makes of samples, or what it raises."""
    given = [
        np.ones((1,) if sample.has_axes else (), sample.dtype)
        if isinstance(sample, _Sample)
        else sample
        for sample in samples
    ]
    try:
        with quiet():
            return name_of(np.asarray(function(*given)).dtype)
    except REFUSALS as refusal:
        return refusal


def _bounds(function: Callable[..., object], operands: Sequence[Array]) -> Bounds:
    """The bounds of `array + number` and its like; none where the result could have gaps.

    Of integers every one between the bounds is taken to occur, which `2 * y` would break.
    """
    arrays = [operand for operand in operands if not is_scalar_literal(operand)]
    if len(arrays) != 1 or arrays[0].low is None or arrays[0].high is None:
        return None, None
    is_integer = kind_of(arrays[0].dtype) != "f"
    if function not in (SHIFTS if is_integer else SCALES):
        return None, None
    ends = []
    for end in (arrays[0].low, arrays[0].high):
        given = [end if operand is arrays[0] else operand.values.item() for operand in operands]
        try:
            with quiet():
                ends.append(function(*given))
        except REFUSALS:
            return None, None
    if not all(isinstance(end, int | float) and math.isfinite(end) for end in ends):
        return None, None
    return min(ends), max(ends)  # type: ignore[type-var, return-value]


def within(bounds: Bounds, dtype: str | None) -> Bounds:
    """The bounds, unless numbers of the type would overflow on the way there."""
    kind = type_named(dtype)
    if kind is None or kind.kind not in "iu" or bounds[0] is None or bounds[1] is None:
        return bounds
    room = np.iinfo(kind.name)
    return bounds if room.min <= bounds[0] and bounds[1] <= room.max else (None, None)

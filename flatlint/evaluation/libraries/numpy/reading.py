"""Values of the program as operands: numbers, nested lists and ranges as arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from flatlint.evaluation.base import METHODS, Interpreter
from flatlint.evaluation.bounds import MAX_VALUES
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.libraries.numpy.arrays import MAX_BYTES, array_of_values, bounds_of, made
from flatlint.evaluation.libraries.numpy.element_types import name_of, type_named
from flatlint.evaluation.objects import DictObject, ListObject, SetObject
from flatlint.evaluation.values import (
    Many,
    Name,
    Ref,
    Value,
    is_constant,
    is_one_number,
    value_size,
)
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Expression, Shape, are_equal

NOT_PLAIN = object()
"""What `plain` gives for something that is no constant."""


def array_of(run: Interpreter, value: Value) -> Array:
    """Anything of the program as `np.asarray` takes it."""
    found = run.object_at(value)
    match found:
        case Array():
            return found
        case range():
            return _of_range(run, found)
        case tuple() | ListObject() | Many():
            return _of_sequence(run, found)
        case SetObject() | DictObject() | None:
            return Array(Shape(()), "object")
        case bool() | int() | float() | complex() | str() | bytes():
            return _of_scalar(found)
        case Unknown() | Expression():
            return _of_unknown(run, found)
        case _:
            return _of_library(run, value, found)


def _of_unknown(run: Interpreter, value: Unknown | Expression) -> Array:
    """A number where it can be nothing else: what a caller passes may be an array too."""
    is_number = is_one_number(value) if isinstance(value, Unknown) else _is_counted(value)
    if is_number:
        return Array(Shape(()), "int64", made=made(run, "number"))
    if isinstance(value, Unknown):
        return Array(value)
    return Array(run.unknown(WhyUnknown.PARAMETER, f"`{value}`"))


def _of_library(run: Interpreter, value: Value, found: object) -> Array:
    """A table, or whatever else a library says that it is an array of."""
    reader = METHODS.get((type(found), "__array__"))
    read = None if reader is None else reader(run, value)
    if isinstance(read, Array):
        return read
    what = found.path if isinstance(found, Name) else "this as an array"
    return Array(run.unknown(WhyUnknown.NOT_MODELLED, what))


def _of_scalar(value: complex | str | bytes) -> Array:
    values = np.asarray(value)
    values.setflags(write=False)
    is_real = isinstance(value, int | float)
    low = value if is_real and value == value else None
    return Array(Shape(()), name_of(values.dtype), values, low=low, high=low)  # type: ignore[arg-type]


def is_scalar_literal(array: Array) -> bool:
    """Whether this is a plain number of the program, whose type gives way to that of arrays."""
    return array.made is None and array.values is not None and array.values.ndim == 0


def _of_range(run: Interpreter, numbers: range) -> Array:
    try:
        length = len(numbers)
    except OverflowError:
        return Array(run.unknown(WhyUnknown.TOO_LARGE, "a range"))
    if length <= MAX_VALUES:
        try:
            return array_of_values(run, np.array(numbers), "range")
        except OverflowError:
            return Array(run.unknown(WhyUnknown.TOO_LARGE, "a range"))
    low, high = sorted((numbers[0], numbers[-1]))
    return Array(Shape((length,)), "int64", None, made(run, "range"), low=low, high=high)


def _of_sequence(run: Interpreter, found: object) -> Array:
    literal = nested(run, found)
    if literal is not NOT_PLAIN:
        return _of_literal(run, literal)
    items, rest = elements(run, found)
    parts = [array_of(run, item) for item in items]
    if rest is not None:
        parts.append(array_of(run, rest))
    length: Dim = len(items) if rest is None else UNFIXED
    if isinstance(found, Many):
        length = found.length
    return stacked(run, parts, length)


def nested(run: Interpreter, value: Value) -> object:
    """Numbers and texts in nested lists, as Python has them; `NOT_PLAIN` where some are unknown."""
    found = run.object_at(value)
    if isinstance(found, range):
        # A difference of its ends, for its length may be beyond what `len` can say.
        return list(found) if abs(found.stop - found.start) <= MAX_VALUES else NOT_PLAIN
    if found is None or (is_constant(found) and not isinstance(found, tuple)):
        return found
    if isinstance(found, ListObject) and found.rest is None:
        found = found.items
    if not isinstance(found, tuple):
        return NOT_PLAIN
    parts = []
    for part in found:
        plain_part = nested(run, part)
        if plain_part is NOT_PLAIN:
            return NOT_PLAIN
        parts.append(plain_part)
    return parts


def _of_literal(run: Interpreter, literal: object) -> Array:
    if isinstance(literal, list) and _room_for_texts(literal) > MAX_BYTES:
        return Array(run.unknown(WhyUnknown.TOO_LARGE, "an array of long texts"), "str")
    try:
        return array_of_values(run, np.array(literal), "array")
    except (ValueError, OverflowError, TypeError):
        # Rows of different lengths: an error today, an array of objects before numpy 1.24.
        return Array(run.unknown(WhyUnknown.ARGUMENT, "rows of different lengths"))


def _room_for_texts(literal: list[object]) -> int:
    """The bytes that numpy would take for the texts in nested lists, each as wide as the widest."""
    count, widest, waiting = 0, 0, list(literal)
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, str | bytes):
            count, widest = count + 1, max(widest, len(part))
    return 4 * count * widest


def stacked(run: Interpreter, parts: Sequence[Array], length: Dim) -> Array:
    """Arrays in a list: a new first axis, if their shapes agree."""
    if not parts:
        return Array(run.unknown(WhyUnknown.ARGUMENT, "the elements of a list"))
    shapes = [part.shape for part in parts]
    unknown = next((shape for shape in shapes if isinstance(shape, Unknown)), None)
    if unknown is not None:
        return Array(unknown, _common_type(parts))
    row = agreed([shape for shape in shapes if isinstance(shape, Shape)])
    if row is None:
        return Array(run.unknown(WhyUnknown.ARGUMENT, "rows of different shapes"))
    low, high = bounds_of(parts)
    making = made(run, "array", parts[:1])
    return Array(Shape((length, *row)), _common_type(parts), None, making, low=low, high=high)


def agreed(shapes: Sequence[Shape]) -> Shape | None:
    """The shape that all of them have, if they can have one: a known size beats an unknown."""
    if len({shape.rank for shape in shapes}) != 1:
        return None
    dims: list[Dim] = []
    for sizes in zip(*shapes, strict=True):
        known = [size for size in sizes if isinstance(size, int | Expression)]
        if any(are_equal(known[0], other) is False for other in known[1:]):
            return None
        numbers = [size for size in known if isinstance(size, int)]
        dims.append(next(iter(numbers or known), UNFIXED))
    return Shape(tuple(dims))


def _common_type(parts: Sequence[Array]) -> str | None:
    types = [type_named(part.dtype) for part in parts]
    known = [each for each in types if each is not None]
    if len(known) < len(types):
        return None
    try:
        return name_of(np.result_type(*dict.fromkeys(known)))
    except TypeError:
        return None


def plain(run: Interpreter, value: Value) -> object:
    """A constant, or nested tuples of constants; lists become tuples. Else `NOT_PLAIN`."""
    found = run.object_at(value)
    if isinstance(found, Array):
        # A size that numpy counted, handed on as an argument.
        return NOT_PLAIN if found.values is None else _as_tuples(found.values.tolist())
    literal = nested(run, found)
    return literal if literal is NOT_PLAIN else _as_tuples(literal)


def _as_tuples(value: object) -> object:
    return tuple(map(_as_tuples, value)) if isinstance(value, list) else value


def sizes_of(run: Interpreter, value: Value) -> tuple[Dim, ...] | Unknown:
    """A `shape` argument: one size or a sequence of them."""
    found = run.object_at(value)
    if isinstance(found, Array):
        # Of an array of unknown shape nobody knows how many sizes it holds.
        return found.shape if isinstance(found.shape, Unknown) else _sizes_in(run, found)
    if isinstance(found, tuple | ListObject | Many | range):
        items, rest = elements(run, found)
        if rest is not None:
            return run.unknown(WhyUnknown.ARGUMENT, "a shape of unknown rank")
    elif isinstance(found, Unknown):
        return (UNFIXED,) if is_one_number(found) else found
    elif isinstance(found, Expression) and not is_surely_number(found):
        return run.unknown(WhyUnknown.PARAMETER, f"the rank of `{found}`")
    else:
        items = [found]
    sizes = [size_of(item) for item in items]
    known = [size for size in sizes if size is not None]
    if len(known) < len(sizes):
        return run.unknown(WhyUnknown.ARGUMENT, "an entry of a shape that is no size")
    return tuple(known)


def is_surely_number(size: Expression) -> bool:
    """Whether a name can be no tuple: it is added to, multiplied by another, counted, a size."""
    return len(size.terms) > 1 or len(size.terms[0][0]) > 1 or _is_counted(size)


def _is_counted(size: Expression) -> bool:
    """Whether all that it is made of are lengths, sizes and the numbers of rounds."""
    return all(
        any(mark in factor for mark in ("len(", "shape[", "each "))
        for factors, _ in size.terms
        for factor in factors
    )


def _sizes_in(run: Interpreter, array: Array) -> tuple[Dim, ...] | Unknown:
    assert isinstance(array.shape, Shape)
    if array.values is not None and array.values.ndim <= 1 and array.values.dtype.kind in "iu":
        return tuple(int(size) for size in array.values.ravel().tolist())
    if array.shape.rank == 0:
        return (UNFIXED,)
    length = array.shape[0]
    if array.shape.rank == 1 and isinstance(length, int) and length <= 32:
        return (UNFIXED,) * length
    return run.unknown(WhyUnknown.ARGUMENT, "a shape of unknown rank")


def size_of(value: Value) -> Dim | None:
    """One size; a number that is not known is an unfixed one."""
    if isinstance(value, Array):
        return UNFIXED if isinstance(value.shape, Unknown) or not value.shape.rank else None
    return None if value is None else value_size(value)


def items_of(run: Interpreter, value: Value) -> tuple[list[Value], Value | None]:
    """The elements of a list of arrays, and what stands for further ones."""
    found = run.object_at(value)
    return elements(run, found if not isinstance(value, Ref) else value)

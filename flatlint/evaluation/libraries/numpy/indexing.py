"""Subscripts of arrays: slices, numbers, masks, lists of indices, as numpy combines them."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass, replace

import libcst as cst
import numpy as np

from flatlint.evaluation.base import Interpreter, indexes
from flatlint.evaluation.libraries.numpy.arrays import array_with, in_library, kept_part, scalar
from flatlint.evaluation.libraries.numpy.asking import ask
from flatlint.evaluation.libraries.numpy.element_types import kind_of
from flatlint.evaluation.libraries.numpy.question import Question
from flatlint.evaluation.libraries.numpy.reading import array_of, is_surely_number
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Many, Name, Slice, Value, is_one_number, value_size
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Expression, Shape, are_equal, symbol

TABLES = ("loadtxt", "genfromtxt")
"""Readers of text files: two axes at most, so that `data[:, 0]` says that there are two."""


@indexes(Array)
def subscript(run: Interpreter, array: Array, index: Value, node: cst.CSTNode) -> Value:
    """`array[index]`."""
    return in_library(_item(run, array, index), [array])


def _item(run: Interpreter, array: Array, index: Value) -> Value:
    parts = index_parts(run, index)
    if isinstance(array.shape, Unknown):
        array = _as_table(array, parts)
    if isinstance(array.shape, Unknown):
        return array_with(run, array.shape, array.dtype, "item", [array])
    exact = tuple(exact_index(part) for part in parts)
    if array.values is not None and INEXACT not in exact:
        return ask(run, "item", Question(operator.getitem, (array, exact)), sources=[array])
    taken = _taken(run, array.shape, parts)
    if isinstance(taken, Unknown):
        return array_with(run, taken, array.dtype, "item", [array])
    sizes = tuple(part.size for part in taken if part.consumes)
    source = replace(array, shape=Shape(sizes), values=None)
    question = Question(operator.getitem, (source, tuple(part.stand_in for part in taken)))
    is_choice = any(isinstance(part, Array) and part.dtype == "bool" for part in parts)
    bounds = (None, None) if is_choice else (array.low, array.high)
    return kept_part(_without_count(ask(run, "item", question, bounds, [array])))


COUNT = symbol("how many a mask lets through")
"""The size that all masks of a subscript share, whatever it is."""


def _without_count(value: Value) -> Value:
    if not isinstance(value, Array) or not isinstance(value.shape, Shape):
        return value
    dims = tuple(UNFIXED if size == COUNT else size for size in value.shape)
    return replace(value, shape=Shape(dims))


INEXACT = object()
"""Stands for an index that is not fully known."""


def index_parts(run: Interpreter, index: Value) -> list[Value]:
    """The parts of an index, lists among them as arrays."""
    parts = index if isinstance(index, tuple) else (index,)
    return [_read(run, part) for part in parts]


def _read(run: Interpreter, part: Value) -> Value:
    """An index with lists as arrays, and numbers that numpy counted as numbers."""
    found = run.object_at(part)
    if isinstance(found, ListObject | tuple | Many | range):
        return array_of(run, found)
    if isinstance(found, Slice):
        return Slice(*(_bound(run, bound) for bound in (found.start, found.stop, found.step)))
    if isinstance(found, Name) and found.path.endswith(".newaxis"):
        return None  # that of TensorFlow, of Keras's backend
    return found


def _bound(run: Interpreter, bound: Value) -> Value:
    found = run.object_at(bound)
    if isinstance(found, Array) and found.values is not None and found.values.ndim == 0:
        found = scalar(found.values)
    if found is None or isinstance(found, int | Expression):
        return found
    return run.unknown(WhyUnknown.ARGUMENT, "the end of a slice")


def _as_table(array: Array, parts: Sequence[Value]) -> Array:
    """A table read from a file, once the program shows that it has two axes."""
    given = [part for part in parts if part is not None and part is not Ellipsis]
    if array.made is not None and array.made.what in TABLES and len(given) == 2:
        return replace(array, shape=Shape((UNFIXED, UNFIXED)))
    return array


def exact_index(part: Value) -> object:
    """The index as numpy takes it, if all of it is known."""
    match part:
        case None | int():
            return part
        case Array(values=values) if values is not None:
            return part
        case Slice(start=int() | None, stop=int() | None, step=int() | None):
            return slice(part.start, part.stop, part.step)
        case _:
            return Ellipsis if part is Ellipsis else INEXACT


@dataclass(frozen=True)
class Taken:
    """What one part of an index does to the axes that it stands for, as a stand-in of it."""

    stand_in: object
    size: Dim = 0
    consumes: bool = True


def _taken(run: Interpreter, shape: Shape, parts: Sequence[Value]) -> list[Taken] | Unknown:
    """The index with every slice made whole, and the axes as long as the slices leave them."""
    rank = shape.rank
    wanted = [_axes_of(part) for part in parts]
    missing = rank - sum(wanted)
    if missing < 0:
        text = f"too many indices for an array of shape {shape}"
        return run.unknown(WhyUnknown.REFUSED_BY_NUMPY, text)
    if not any(part is Ellipsis for part in parts):
        parts = [*parts, Ellipsis]
        wanted.append(0)
    taken: list[Taken] = []
    axis = 0
    for part, count in zip(parts, wanted, strict=True):
        if part is Ellipsis:
            count = missing
            taken += [Taken(slice(None), size) for size in shape[axis : axis + count]]
        else:
            one = _one(run, part, shape[axis : axis + count])
            if isinstance(one, Unknown):
                return one
            taken += one
        axis += count
    return taken


def _axes_of(part: Value) -> int:
    if part is None or part is Ellipsis:
        return 0
    if isinstance(part, Array) and part.dtype == "bool" and isinstance(part.shape, Shape):
        return part.shape.rank
    return 1


def _one(run: Interpreter, part: Value, sizes: tuple[Dim, ...]) -> list[Taken] | Unknown:
    match part:
        case None:
            return [Taken(None, consumes=False)]
        case bool():
            return run.unknown(WhyUnknown.NOT_MODELLED, "True or False as an index")
        case int():
            return _number(run, part, sizes[0])
        case Slice():
            return [Taken(slice(None), slice_size(sizes[0], part))]
        case Array():
            return _array(run, part, sizes)
        case Unknown() if is_one_number(part):
            return [Taken(0, 1)]
        case Expression() if is_surely_number(part):
            return [Taken(0, 1)]
        case Unknown():
            return part
        case _:
            return run.unknown(WhyUnknown.ARGUMENT, "an index")


def _number(run: Interpreter, number: int, size: Dim) -> list[Taken] | Unknown:
    if isinstance(size, int) and not -size <= number < size:
        text = f"index {number} is out of bounds for an axis of size {size}"
        return run.unknown(WhyUnknown.REFUSED_BY_NUMPY, text)
    return [Taken(0, 1)]


def _array(run: Interpreter, index: Array, sizes: tuple[Dim, ...]) -> list[Taken] | Unknown:
    """A mask takes as many axes as it has, a list of indices one."""
    if isinstance(index.shape, Unknown):
        return index.shape
    if index.dtype is None and index.shape.rank == 1:
        # Numbers or a mask: either way some of the rows.
        return [Taken(Array(Shape((COUNT,)), "int64"), 1)]
    if index.dtype is None:
        return run.unknown(WhyUnknown.ARGUMENT, "an index of unknown type")
    if kind_of(index.dtype) in ("i", "u"):
        return [Taken(replace(index, values=None), 1)]
    if index.dtype != "bool":
        text = "arrays used as indices must be of integer (or boolean) type"
        return run.unknown(WhyUnknown.REFUSED_BY_NUMPY, text)
    for own, size in zip(index.shape, sizes, strict=True):
        if are_equal(own, size) is False:
            text = f"a mask of shape {index.shape} on axes of sizes {Shape(sizes)}"
            return run.unknown(WhyUnknown.REFUSED_BY_NUMPY, text)
    count: Dim = COUNT
    if index.values is not None:
        count = int(np.count_nonzero(index.values))
    return [Taken(Array(Shape((count,)), "int64"), 1) for _ in sizes]


def slice_size(size: Dim, part: Slice) -> Dim:
    """How many elements a slice takes of an axis.

    Where the size is not known, a slice is taken to lie within the axis: `data[:, 0:8]` says that
    there are eight columns, `data[i - 60 : i]` takes sixty rows.
    """
    start, stop, step = part.start, part.stop, 1 if part.step is None else part.step
    if start is None and stop is None and step in (1, -1):
        return size
    bounds = (start, stop, step)
    if isinstance(size, int) and all(isinstance(bound, int | None) for bound in bounds):
        return len(range(*slice(*bounds).indices(size))) if step else UNFIXED
    if step != 1:
        return UNFIXED
    first = 0 if start is None else value_size(start)
    last = size if stop is None else value_size(stop)
    if first is None or last is None:
        return UNFIXED
    if isinstance(first, int) and first < 0:
        first = size + first
    if isinstance(last, int) and last < 0:
        last = size + last
    length = last - first
    return max(length, 0) if isinstance(length, int) else length

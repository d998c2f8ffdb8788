"""What iterating over a value gives: the elements in order, and what stands for further ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import cast

import libcst as cst

from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.bounds import MAX_ITEMS
from flatlint.evaluation.classes import is_enumeration, members_of
from flatlint.evaluation.joining import join_values, same
from flatlint.evaluation.objects import (
    DictObject,
    Instance,
    IteratorObject,
    ListObject,
    SequentialObject,
    SetObject,
)
from flatlint.evaluation.values import Either, Many, Name, UserClass, Value
from flatlint.graph import Array, Tensor, Unknown, WhyUnknown
from flatlint.graph.dataset import Dataset
from flatlint.shapes import Shape, symbol


def elements(run: Interpreter, value: Value) -> tuple[list[Value], Value | None]:
    """The elements that are surely there, and a value for any further one (`None`: no more)."""
    found = run.object_at(value)
    match found:
        case tuple() | str() | bytes():
            return list(found[:MAX_ITEMS]), _beyond(run, len(found))
        case range():
            return list(found[:MAX_ITEMS]), _beyond(run, _length(found))
        case ListObject(items=items, rest=rest) | IteratorObject(items=items, rest=rest):
            return list(items), rest
        case SetObject(items=items, is_whole=is_whole):
            return list(items), None if is_whole else run.unknown(WhyUnknown.ARGUMENT, "a set")
        case DictObject(entries=entries, is_whole=is_whole):
            return list(entries), None if is_whole else run.unknown(WhyUnknown.ARGUMENT, "a dict")
        case Many(element=element):
            return [], element
        case Instance() | UserClass() if (members := _members(run, found)) is not None:
            return members, None
        case Array(shape=Shape()) | Tensor(shape=Shape()):
            return _rows(run, found)
        case Dataset(element=tuple() | Array() as element):
            return [], element
        case Unknown():
            return [], found
        case Either(options=options):
            return _of_any([elements(run, option) for option in options])
        case _:
            return [], run.unknown(WhyUnknown.NOT_MODELLED, "iterating over this")


def as_tuple(run: Interpreter, value: Value) -> Value:
    """The elements of a list that is known to its end; anything else as it is."""
    held = run.object_at(value)
    return held.items if isinstance(held, ListObject) and held.rest is None else value


def _of_any(found: list[tuple[list[Value], Value | None]]) -> tuple[list[Value], Value | None]:
    """The elements of one of several sequences."""
    shortest = min(len(items) for items, _ in found)
    columns = zip(*(items[:shortest] for items, _ in found), strict=True)
    known = [reduce(join_values, column) for column in columns]
    others = [value for items, rest in found for value in (*items[shortest:], rest)]
    others = [value for value in others if value is not None]
    return known, reduce(join_values, others) if others else None


def _members(run: Interpreter, found: Instance | UserClass) -> list[Value] | None:
    """What a named tuple or an enumeration consists of; `None` for anything else."""
    if isinstance(found, UserClass):
        return list(members_of(run, found)) if is_enumeration(found) else None
    return list(found.attributes.values()) if is_named_tuple(found.cls) else None


def is_named_tuple(cls: UserClass) -> bool:
    """Whether the instances of a class are tuples whose elements have names."""
    named = (Name("typing.NamedTuple"), Name("builtins.tuple"))
    return any(
        base in named or (isinstance(base, UserClass) and is_named_tuple(base))
        for base in cls.bases
    )


def _rows(run: Interpreter, whole: Array | Tensor) -> tuple[list[Value], Value | None]:
    assert isinstance(whole.shape, Shape)
    if not whole.shape.rank:
        return [], run.unknown(WhyUnknown.ARGUMENT, "an element of a scalar")
    values = whole.values if isinstance(whole, Array) else None
    if values is not None and values.ndim == 1:
        return list(values.tolist()), None
    row_shape = Shape(whole.shape[1:])
    if isinstance(whole, Tensor):
        return [], replace(whole, shape=row_shape)
    length = whole.shape[0]
    if isinstance(length, int) and length <= 64:
        rows = [
            replace(whole, shape=row_shape, values=None if values is None else values[index])
            for index in range(length)
        ]
        return list(rows), None
    return [], replace(whole, shape=row_shape, values=None)


def _beyond(run: Interpreter, length: int) -> Value | None:
    if length <= MAX_ITEMS:
        return None
    return run.unknown(WhyUnknown.TOO_LARGE, "a long sequence")


def any_of(run: Interpreter, items: Sequence[Value]) -> Value:
    """What stands for each of some elements: what is the same in all of them."""
    first = items[0]
    if all(same(first, item) for item in items):
        return first
    if all(isinstance(item, tuple) for item in items):
        rows = cast("Sequence[tuple[Value, ...]]", items)
        if len({len(row) for row in rows}) == 1:
            return tuple(any_of(run, column) for column in zip(*rows, strict=True))
    joined = reduce(join_values, items[:64])
    return run.unknown(WhyUnknown.LOOP) if isinstance(joined, Unknown) else joined


def _length(numbers: range) -> int:
    # len() of a range beyond sys.maxsize raises OverflowError.
    if not numbers:
        return 0
    return (numbers[-1] - numbers[0]) // numbers.step + 1


def each(target: cst.CSTNode, value: Value) -> Value:
    """The number of a round that is not known, by the name that it is bound to: `each i`.

    So `data[i - 60 : i]` has 60 rows. No name of a program has a space in it.
    """
    match target, value:
        case cst.Name(value=name), Unknown(why=WhyUnknown.LOOP):
            return symbol(f"each {name}")
        case cst.Tuple(elements=parts), tuple() if len(parts) == len(value):
            return tuple(each(part.value, item) for part, item in zip(parts, value, strict=True))
        case _:
            return value


def length_of(run: Interpreter, value: Value) -> int | None:
    """How many elements there are, or `None` where that is not known."""
    found = run.object_at(value)
    match found:
        case tuple() | str() | bytes():
            return len(found)
        case range():
            return _length(found)
        case ListObject(items=items, rest=None):
            return len(items)
        case SetObject(items=items, is_whole=True):
            return len(items)
        case DictObject(entries=entries, is_whole=True):
            return len(entries)
        case SequentialObject(items=items, is_whole=True):
            return len(items)
        case Instance() | UserClass() if (members := _members(run, found)) is not None:
            return len(members)
        case Array(shape=Shape() as shape) if shape.rank and isinstance(shape[0], int):
            return shape[0]
        case Either(options=options):
            lengths = {length_of(run, option) for option in options}
            return lengths.pop() if len(lengths) == 1 else None
        case _:
            return None

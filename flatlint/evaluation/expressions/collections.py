"""Tuples, lists, sets and dicts as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import libcst as cst

from flatlint.evaluation.base import Interpreter, evaluates
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.objects import DictObject, ListObject, SetObject
from flatlint.evaluation.values import Many, Value, is_constant
from flatlint.graph import WhyUnknown


def known_and_rest(
    run: Interpreter, parts: Sequence[cst.BaseElement]
) -> tuple[tuple[Value, ...], Value | None]:
    """The elements that are there for sure, in order, and what stands for any others."""
    items: list[Value] = []
    rest: Value | None = None
    for part in parts:
        value = run.evaluate(part.value)
        if isinstance(part, cst.StarredElement):
            more, others = elements(run, value)
        else:
            more, others = [value], None
        if rest is None:
            items.extend(more)
        else:  # behind an unknown number of elements no position is known any more
            for other in more:
                rest = join_values(rest, other)
        if others is not None:
            rest = others if rest is None else join_values(rest, others)
    return tuple(items), rest


@evaluates(cst.Tuple)
def tuple_(run: Interpreter, node: cst.Tuple) -> Value:
    """`(a, b, *c)`."""
    items, rest = known_and_rest(run, node.elements)
    if rest is None:
        return items
    return Many(_joined(*items, rest))


@evaluates(cst.List)
def list_(run: Interpreter, node: cst.List) -> Value:
    """`[a, b, *c]`."""
    items, rest = known_and_rest(run, node.elements)
    return run.allocate(ListObject(items, rest))


@evaluates(cst.Set)
def set_(run: Interpreter, node: cst.Set) -> Value:
    """`{a, b}`; a set takes no list, dict or set, and `{{name}}` is a gap that a template fills."""
    items, rest = known_and_rest(run, node.elements)
    if any(isinstance(run.object_at(item), ListObject | DictObject | SetObject) for item in items):
        return run.unknown(WhyUnknown.REFUSED, "a set of what can change", node)
    known = [item for item in items if is_constant(item)]
    is_whole = rest is None and len(known) == len(items)
    return run.allocate(SetObject(tuple(dict.fromkeys(known)), is_whole))


@evaluates(cst.Dict)
def dict_(run: Interpreter, node: cst.Dict) -> Value:
    """`{key: value, **others}`."""
    entries: dict[Value, Value] = {}
    made = DictObject(entries)
    for part in node.elements:
        value = run.evaluate(part.value)
        if not isinstance(part, cst.DictElement):
            made = made.with_all(run.object_at(value))
        elif is_constant(key := run.evaluate(part.key)):
            entries[key] = value
            continue
        else:
            made = made.with_value_somewhere(value)
        entries = dict(made.entries)
        made = replace(made, entries=entries)
    return run.allocate(made)


def _joined(first: Value, *others: Value) -> Value:
    for other in others:
        first = join_values(first, other)
    return first

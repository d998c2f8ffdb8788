"""Methods of lists and tuples."""

from __future__ import annotations

from functools import reduce

from flatlint.evaluation.base import Interpreter, method
from flatlint.evaluation.comparing import compare
from flatlint.evaluation.growing import of_other_rounds
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.libraries.python.containers import in_order
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import NUMBERS, Ref, Value
from flatlint.graph import WhyUnknown


@method(ListObject, "sort")
def sort(run: Interpreter, ref: Ref, key: Value = None, reverse: Value = False) -> Value:
    """Puts the list in order."""
    run.state.replace(ref, in_order(run, ref, key, reverse))
    return None


@method(ListObject, "append")
def append(run: Interpreter, ref: Ref, item: Value) -> Value:
    """One more element."""
    return _grow(run, ref, [item], None)


@method(ListObject, "extend")
def extend(run: Interpreter, ref: Ref, values: Value) -> Value:
    """More elements."""
    items, rest = elements(run, values)
    return _grow(run, ref, items, rest)


def _grow(run: Interpreter, ref: Ref, items: list[Value], rest: Value | None) -> Value:
    held = run.object_at(ref)
    assert isinstance(held, ListObject)
    others = [part for part in (rest, of_other_rounds(run, ref, items)) if part is not None]
    rest = reduce(join_values, others) if others else None
    run.state.replace(ref, held.extended(items, rest))
    return None


@method(ListObject, "insert")
def insert(run: Interpreter, ref: Ref, index: Value, item: Value) -> Value:
    """An element in between."""
    held = run.object_at(ref)
    assert isinstance(held, ListObject)
    is_in_front = isinstance(index, int) and 0 <= index <= len(held.items)
    if isinstance(index, int) and (held.rest is None or is_in_front):
        items = list(held.items)
        items.insert(index, item)
        run.state.replace(ref, ListObject(tuple(items), held.rest))
    elif held.rest is None:
        any_item = reduce(join_values, held.items, item)
        run.state.replace(ref, ListObject((any_item,) * (len(held.items) + 1)))
    else:
        run.state.replace(ref, ListObject((), reduce(join_values, held.items, held.rest)))
    return None


@method(ListObject, "pop")
def pop(run: Interpreter, ref: Ref, index: Value = -1) -> Value:
    """Takes an element out."""
    held = run.object_at(ref)
    assert isinstance(held, ListObject)
    items = list(held.items)
    if isinstance(index, int) and held.rest is None and -len(items) <= index < len(items):
        item = items.pop(index)
        run.state.replace(ref, ListObject(tuple(items)))
        return item
    # Any element may be gone.
    rest = held.rest
    for item in items:
        rest = item if rest is None else join_values(rest, item)
    run.state.replace(ref, ListObject((), rest))
    return run.unknown(WhyUnknown.ARGUMENT, "an element of a list") if rest is None else rest


@method(ListObject, "remove")
def remove(run: Interpreter, ref: Ref, item: Value) -> Value:
    """Takes out the first element that is equal."""
    held = run.object_at(ref)
    assert isinstance(held, ListObject)
    for position, other in enumerate(held.items):
        verdict = compare(run, "==", other, item)
        if verdict is None:
            break
        if verdict:
            kept = held.items[:position] + held.items[position + 1 :]
            run.state.replace(ref, ListObject(kept, held.rest))
            return None
    pop(run, ref, None)
    return None


@method(ListObject, "popleft")
def popleft(run: Interpreter, ref: Ref) -> Value:
    """Takes out the first element."""
    return pop(run, ref, 0)


@method(ListObject, "appendleft")
def appendleft(run: Interpreter, ref: Ref, item: Value) -> Value:
    """One more element in front."""
    return insert(run, ref, 0, item)


@method(ListObject, "reverse")
def reverse(run: Interpreter, ref: Ref) -> Value:
    """Turns the list around."""
    held = run.object_at(ref)
    assert isinstance(held, ListObject)
    if held.rest is None:
        run.state.replace(ref, ListObject(held.items[::-1]))
    else:
        run.state.replace(ref, ListObject((), reduce(join_values, held.items, held.rest)))
    return None


@method(ListObject, "count")
@method(tuple, "count")
def count(run: Interpreter, values: Value, item: Value) -> Value:
    """How many elements are equal."""
    items, rest = elements(run, values)
    verdicts = [compare(run, "==", other, item) for other in items]
    if rest is not None or None in verdicts:
        return run.unknown(WhyUnknown.ARGUMENT, NUMBERS[0])
    return verdicts.count(True)


@method(ListObject, "index")
@method(tuple, "index")
def index_(run: Interpreter, values: Value, item: Value) -> Value:
    """Where an element stands first."""
    items, _ = elements(run, values)
    for position, other in enumerate(items):
        verdict = compare(run, "==", other, item)
        if verdict is None:
            break
        if verdict:
            return position
    return run.unknown(WhyUnknown.ARGUMENT, "the index of an element")


@method(ListObject, "clear")
def clear(run: Interpreter, ref: Ref) -> Value:
    """Empties the list."""
    run.state.replace(ref, ListObject())
    return None

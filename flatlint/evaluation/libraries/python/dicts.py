"""Dicts: their methods, counters and dicts with defaults."""

from __future__ import annotations

from dataclasses import replace

from flatlint.evaluation.base import Interpreter, method, models
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.libraries.python.containers import dict_
from flatlint.evaluation.objects import DictObject, ListObject
from flatlint.evaluation.values import NUMBERS, Many, Name, Ref, Value, is_constant
from flatlint.graph import WhyUnknown


@models("collections.defaultdict")
def defaultdict(
    run: Interpreter, factory: Value = None, *values: Value, **keywords: Value
) -> Value:
    """A dict that makes the values of missing keys."""
    made = dict_(run, *values[:1], **keywords)
    held = run.object_at(made)
    assert isinstance(held, DictObject)
    return run.allocate(replace(held, factory=factory))


@models("collections.Counter")
def counter(run: Interpreter, values: Value = None) -> Value:
    """How often each element is there."""
    if values is None:
        return run.allocate(DictObject({}, factory=Name("builtins.int")))
    items, rest = elements(run, values)
    entries: dict[Value, Value] = {}
    known = [item for item in items if is_constant(item)]
    is_whole = rest is None and len(known) == len(items)
    number = run.unknown(WhyUnknown.ARGUMENT, NUMBERS[0])
    for item in known:
        entries[item] = entries.get(item, 0) + 1 if is_whole else number  # type: ignore[operator]
    return run.allocate(DictObject(entries, is_whole, Name("builtins.int")))


@method(DictObject, "most_common")
def most_common(run: Interpreter, ref: Ref, n: Value = None) -> Value:
    """The elements of a counter and how often they are there, the most frequent first."""
    held = run.object_at(ref)
    assert isinstance(held, DictObject)
    pairs = list(held.entries.items())
    if held.is_whole and all(isinstance(count, int) for _, count in pairs):
        pairs.sort(key=lambda pair: -pair[1])  # type: ignore[operator]
        taken = pairs[:n] if isinstance(n, int) else pairs
        if n is None or isinstance(n, int):
            return run.allocate(ListObject(tuple(taken)))
    element = run.unknown(WhyUnknown.ARGUMENT, "an element of a counter")
    return Many((element, run.unknown(WhyUnknown.ARGUMENT, NUMBERS[0])))


@method(DictObject, "items")
def items_(run: Interpreter, ref: Ref) -> Value:
    """The pairs of key and value."""
    held = run.object_at(ref)
    assert isinstance(held, DictObject)
    return run.allocate(ListObject(tuple(held.entries.items()), _others(run, held, pair=True)))


@method(DictObject, "keys")
def keys(run: Interpreter, ref: Ref) -> Value:
    """The keys."""
    held = run.object_at(ref)
    assert isinstance(held, DictObject)
    return run.allocate(ListObject(tuple(held.entries), _others(run, held)))


@method(DictObject, "values")
def values_(run: Interpreter, ref: Ref) -> Value:
    """The values."""
    held = run.object_at(ref)
    assert isinstance(held, DictObject)
    return run.allocate(ListObject(tuple(held.entries.values()), _others(run, held)))


def _others(run: Interpreter, held: DictObject, pair: bool = False) -> Value | None:
    if held.is_whole:
        return None
    unknown = run.unknown(WhyUnknown.ARGUMENT, "an entry of a dict")
    return (unknown, unknown) if pair else unknown


@method(DictObject, "setdefault")
def setdefault(run: Interpreter, ref: Ref, key: Value, default: Value = None) -> Value:
    """The value of a key, which the dict has from now on."""
    held = run.object_at(ref)
    assert isinstance(held, DictObject)
    if is_constant(key) and (key in held.entries or held.is_whole):
        value = held.entries.get(key, default)
        run.state.replace(ref, replace(held, entries={**held.entries, key: value}))
        return value
    run.state.replace(ref, replace(held, is_whole=False))
    return run.unknown(WhyUnknown.ARGUMENT, "a value of a dict")


@method(DictObject, "pop")
def pop_key(run: Interpreter, ref: Ref, key: Value, default: Value = None) -> Value:
    """The value of a key, which the dict has no longer."""
    held = run.object_at(ref)
    assert isinstance(held, DictObject)
    value = get(run, ref, key, default)
    left = {other: item for other, item in held.entries.items() if other != key}
    if not is_constant(key):
        run.state.replace(ref, DictObject({}, is_whole=False))
    else:
        run.state.replace(ref, replace(held, entries=left))
    return value


@method(DictObject, "get")
def get(run: Interpreter, ref: Ref, key: Value, default: Value = None) -> Value:
    """The value of a key, or a default."""
    held = run.object_at(ref)
    assert isinstance(held, DictObject)
    if is_constant(key):
        if key in held.entries:
            return held.entries[key]
        if held.is_whole:
            return default
    return run.unknown(WhyUnknown.ARGUMENT, "a value of a dict")


@method(DictObject, "update")
def update(run: Interpreter, ref: Ref, other: Value = None, **keywords: Value) -> Value:
    """More entries."""
    held = run.object_at(ref)
    assert isinstance(held, DictObject)
    changed = held if other is None else held.with_all(run.object_at(other))
    entries: dict[Value, Value] = {**changed.entries}
    entries.update(keywords)
    run.state.replace(ref, replace(changed, entries=entries))
    return None

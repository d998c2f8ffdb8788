"""Lists, tuples, dicts, sets: their constructors and methods."""

from __future__ import annotations

from flatlint.evaluation.base import Arguments, Interpreter, method, models
from flatlint.evaluation.comparing import compare
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.objects import DictObject, ListObject, SetObject
from flatlint.evaluation.values import Many, Name, Ref, Value, is_constant
from flatlint.graph import Array, WhyUnknown


@models("builtins.list")
def list_(run: Interpreter, values: Value = ()) -> Value:
    """A new list."""
    items, rest = elements(run, values)
    return run.allocate(ListObject(tuple(items), rest))


@models("builtins.tuple")
def tuple_(run: Interpreter, values: Value = ()) -> Value:
    """A tuple."""
    items, rest = elements(run, values)
    return tuple(items) if rest is None else Many(rest)


@models("builtins.set", "builtins.frozenset")
def set_(run: Interpreter, values: Value = ()) -> Value:
    """A new set."""
    if isinstance(values, Array):
        # Which numbers occur may be known where the order is not.
        values = run.call(Name("numpy.unique"), Arguments((values,)), run.here.node)
    items, rest = elements(run, values)
    known = [item for item in items if is_constant(item)]
    is_whole = rest is None and len(known) == len(items)
    return run.allocate(SetObject(tuple(dict.fromkeys(known)), is_whole))


@models("builtins.dict", "collections.OrderedDict")
def dict_(run: Interpreter, values: Value = None, **keywords: Value) -> Value:
    """A new dict."""
    entries: dict[Value, Value] = {}
    is_whole = True
    held = run.object_at(values)
    if isinstance(held, DictObject):
        entries, is_whole = dict(held.entries), held.is_whole
    elif values is not None:
        items, rest = elements(run, values)
        is_whole = rest is None
        for item in items:
            pair, _ = elements(run, item)
            if len(pair) == 2 and is_constant(pair[0]):
                entries[pair[0]] = pair[1]
            else:
                is_whole = False
    entries.update(keywords)
    return run.allocate(DictObject(entries, is_whole))


@models("builtins.enumerate")
def enumerate_(run: Interpreter, values: Value, start: Value = 0) -> Value:
    """Pairs of number and element."""
    items, rest = elements(run, values)
    first = start if isinstance(start, int) else 0
    pairs = tuple((first + index, item) for index, item in enumerate(items))
    others = None
    if rest is not None:
        others = (run.unknown(WhyUnknown.LOOP, "a number of a loop"), rest)
    return run.allocate(ListObject(pairs, others))


@models("builtins.zip", "itertools.zip_longest")
def zip_(run: Interpreter, *sequences: Value, **_: Value) -> Value:
    """Tuples of elements, as many as the shortest sequence has."""
    found = [elements(run, sequence) for sequence in sequences]
    whole = [len(items) for items, rest in found if rest is None]
    sure = min((len(items) for items, _ in found), default=0)
    rows = tuple(tuple(items[i] for items, _ in found) for i in range(sure))
    if whole and min(whole) == sure:
        return run.allocate(ListObject(rows))
    others = tuple(items[sure] if len(items) > sure else rest for items, rest in found)
    return run.allocate(ListObject(rows, others if found else None))


@models("builtins.reversed")
def reversed_(run: Interpreter, values: Value) -> Value:
    """The elements from the end."""
    items, rest = elements(run, values)
    if rest is not None:
        for item in items:
            rest = join_values(rest, item)
        return Many(rest)
    return run.allocate(ListObject(tuple(reversed(items))))


@models("builtins.sorted")
def sorted_(run: Interpreter, values: Value, key: Value = None, reverse: Value = False) -> Value:
    """The elements in order, if they are plain and there is no key."""
    items, rest = elements(run, values)
    if rest is None and key is None and isinstance(reverse, bool):
        try:
            return run.allocate(ListObject(tuple(sorted(items, reverse=reverse))))  # type: ignore[type-var]
        except TypeError:
            pass
    for item in items:
        rest = item if rest is None else join_values(rest, item)
    return Many(rest)


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
    run.state.replace(ref, held.extended(items, rest))
    return None


@method(ListObject, "insert")
def insert(run: Interpreter, ref: Ref, index: Value, item: Value) -> Value:
    """An element in between."""
    held = run.object_at(ref)
    assert isinstance(held, ListObject)
    if isinstance(index, int) and held.rest is None:
        items = list(held.items)
        items.insert(index, item)
        run.state.replace(ref, ListObject(tuple(items)))
    else:
        run.state.replace(ref, held.extended([item], None))
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
    return run.unknown(WhyUnknown.ARGUMENT, "an element of a list")


@method(ListObject, "reverse")
def reverse(run: Interpreter, ref: Ref) -> Value:
    """Turns the list around."""
    held = run.object_at(ref)
    assert isinstance(held, ListObject)
    if held.rest is None:
        run.state.replace(ref, ListObject(held.items[::-1]))
    return None


@method(ListObject, "copy")
@method(DictObject, "copy")
@method(SetObject, "copy")
def copy(run: Interpreter, ref: Ref) -> Value:
    """Another object with the same content."""
    return run.allocate(run.object_at(ref))


@method(ListObject, "index", "count")
@method(tuple, "index", "count")
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


@method(DictObject, "get", "setdefault", "pop")
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
    more = run.object_at(other)
    entries: dict[Value, Value] = dict(held.entries)
    entries.update(keywords)
    is_whole = held.is_whole
    if isinstance(more, DictObject):
        entries.update(more.entries)
        is_whole = is_whole and more.is_whole
    elif other is not None:
        is_whole = False
    run.state.replace(ref, DictObject(entries, is_whole))
    return None


@method(SetObject, "add")
def add(run: Interpreter, ref: Ref, item: Value) -> Value:
    """One more element."""
    held = run.object_at(ref)
    assert isinstance(held, SetObject)
    if is_constant(item):
        known = tuple(dict.fromkeys((*held.items, item)))
        run.state.replace(ref, SetObject(known, held.is_whole))
    else:
        run.state.replace(ref, SetObject(held.items, is_whole=False))
    return None

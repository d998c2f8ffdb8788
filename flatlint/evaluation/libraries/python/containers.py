"""Lists, tuples, dicts, sets: their constructors and methods."""

from __future__ import annotations

from functools import reduce

from flatlint.evaluation.base import Arguments, Interpreter, method, models
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


@models("collections.deque")
def deque(run: Interpreter, values: Value = (), maxlen: Value = None) -> Value:
    """A list that may be bounded."""
    made = list_(run, values)
    held = run.object_at(made)
    assert isinstance(held, ListObject)
    if maxlen is None:
        return made
    kept = held.items
    unknown = run.unknown(WhyUnknown.ARGUMENT, "an element of a bounded queue")
    return run.allocate(ListObject((), reduce(join_values, kept) if kept else unknown))


@models("builtins.dict", "collections.OrderedDict")
def dict_(run: Interpreter, values: Value = None, **keywords: Value) -> Value:
    """A new dict."""
    held = run.object_at(values)
    made = held if isinstance(held, DictObject) else _dict_of_pairs(run, values)
    entries: dict[Value, Value] = {**made.entries}
    entries.update(keywords)
    return run.allocate(DictObject(entries, made.is_whole))


def _dict_of_pairs(run: Interpreter, values: Value) -> DictObject:
    items, rest = ([], None) if values is None else elements(run, values)
    entries: dict[Value, Value] = {}
    for item in items:
        pair, _ = elements(run, item)
        if len(pair) == 2 and is_constant(pair[0]):
            entries[pair[0]] = pair[1]
        else:
            rest = item
    made = DictObject(entries)
    unknown = run.unknown(WhyUnknown.ARGUMENT, "a value of a dict")
    return made if rest is None else made.with_value_somewhere(unknown)


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
    """The elements in order, if they or their keys are plain."""
    return run.allocate(in_order(run, values, key, reverse))


def in_order(run: Interpreter, values: Value, key: Value, reverse: Value) -> ListObject:
    """The elements in order, or any of them where that is not known."""
    items, rest = elements(run, values)
    if rest is None and not items:
        return ListObject()
    if rest is None and isinstance(reverse, bool):
        keys = items
        if key is not None:
            keys = [run.call(key, Arguments((item,)), run.here.node) for item in items]
        keys = _what_decides(keys)
        if all(map(is_constant, keys)):
            try:
                order = sorted(range(len(items)), key=keys.__getitem__, reverse=reverse)  # type: ignore[arg-type]
                return ListObject(tuple(items[index] for index in order))
            except TypeError:
                pass
    for item in items:
        rest = item if rest is None else join_values(rest, item)
    return ListObject((), rest)


def _what_decides(keys: list[Value]) -> list[Value]:
    """The first parts of tuples where no two are equal, as in `sorted(sizes.items())`."""
    firsts = [key[0] for key in keys if isinstance(key, tuple) and key]
    is_enough = len(firsts) == len(keys) and all(map(is_constant, firsts))
    return firsts if is_enough and len(set(firsts)) == len(keys) else keys


@method(ListObject, "copy")
@method(DictObject, "copy")
@method(SetObject, "copy")
def copy(run: Interpreter, ref: Ref) -> Value:
    """Another object with the same content."""
    return run.allocate(run.object_at(ref))


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

"""Iterators: `iter`, `next`, `filter`, and the short ones of `itertools`."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

from flatlint.evaluation.arithmetic import binary
from flatlint.evaluation.base import Arguments, Interpreter, method, models
from flatlint.evaluation.bounds import MAX_ITEMS
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.joining import join_all
from flatlint.evaluation.objects import IteratorObject, ListObject
from flatlint.evaluation.truth import truth
from flatlint.evaluation.values import Many, Ref, Value
from flatlint.graph import Array, Tensor, Unknown, WhyUnknown

MAX_REPEATS = 20
"""Factors of an `itertools.product`."""
SEQUENCES = (ListObject, IteratorObject, tuple, str, range, Array, Tensor)


@models("builtins.iter")
def iter_(run: Interpreter, values: Value) -> Value:
    """An iterator; what hands out its elements itself stays as it is."""
    found = run.object_at(values)
    if isinstance(found, IteratorObject) or not isinstance(found, SEQUENCES):
        return values
    items, rest = elements(run, values)
    return run.allocate(IteratorObject(tuple(items), rest))


@models("builtins.next")
def next_(run: Interpreter, iterator: Value, default: Value = ...) -> Value:
    """The next element."""
    found = run.object_at(iterator)
    if isinstance(found, IteratorObject) and isinstance(iterator, Ref) and found.items:
        run.state.replace(iterator, IteratorObject(found.items[1:], found.rest))
        return found.items[0]
    if isinstance(found, ListObject) and isinstance(iterator, Ref) and found.items:
        # What `map`, `zip` and generator expressions give is kept as a list, as Python 2 has it.
        run.state.replace(iterator, ListObject(found.items[1:], found.rest))
        return found.items[0]
    own = run.attribute(iterator, "__next__", run.here.node)
    if not isinstance(own, Unknown):
        return run.call(own, Arguments(), run.here.node)
    items, rest = elements(run, iterator)
    if items or rest is not None:
        return join_all(items, rest)
    return run.unknown(WhyUnknown.NOT_DEFINED, "a next element") if default is ... else default


@method(IteratorObject, "__next__", "next")
def next_of(run: Interpreter, ref: Ref) -> Value:
    """The next element, as Python 2 asks for it."""
    found = run.object_at(ref)
    assert isinstance(found, IteratorObject)
    if found.items:
        run.state.replace(ref, IteratorObject(found.items[1:], found.rest))
        return found.items[0]
    return (
        run.unknown(WhyUnknown.NOT_DEFINED, "a next element") if found.rest is None else found.rest
    )


def _any_of(items: list[Value], rest: Value | None) -> Value:
    """What stands for any of some elements; `None` for those of what is empty."""
    return join_all(items, rest) if items or rest is not None else None


@models("builtins.filter")
def filter_(run: Interpreter, function: Value, values: Value) -> Value:
    """The elements for which the function surely holds; any others in unknown number."""
    items, rest = elements(run, values)
    kept: list[Value] = []
    others = [] if rest is None else [rest]
    for item in items:
        tested = item
        if function is not None:
            tested = run.call(function, Arguments((item,)), run.here.node)
        holds = truth(run, tested)
        if holds is None:
            others.append(item)
        elif holds:
            (others if others else kept).append(item)
    return run.allocate(ListObject(tuple(kept), join_all(others) if others else None))


def _whole(run: Interpreter, values: tuple[Value, ...]) -> list[list[Value]] | None:
    """The elements of sequences that are all known to their end."""
    found = [elements(run, value) for value in values]
    if any(rest is not None for _, rest in found):
        return None
    return [items for items, _ in found]


def _listed(run: Interpreter, rows: Iterable[Value]) -> Value:
    known: list[Value] = []
    size = 0
    for row in rows:
        known.append(row)
        size += len(row) if isinstance(row, tuple) else 1
        if size > MAX_ITEMS:
            return Many(run.unknown(WhyUnknown.TOO_LARGE, "a long sequence"))
    return run.allocate(ListObject(tuple(known)))


@models("itertools.chain")
def chain(run: Interpreter, *sequences: Value) -> Value:
    """One sequence behind the other."""
    whole = ListObject()
    for sequence in sequences:
        whole = whole.extended(*elements(run, sequence))
    return run.allocate(ListObject(whole.items, whole.rest))


@models("itertools.chain.from_iterable")
def chain_of(run: Interpreter, sequences: Value) -> Value:
    """The elements of the elements."""
    items, rest = elements(run, sequences)
    if rest is not None:
        return Many(rest)
    return chain(run, *items)


def _combining(name: str, combine: Callable[..., Iterable[Value]]) -> None:
    @models(f"itertools.{name}")
    def evaluate(run: Interpreter, *given: Value, repeat: Value = 1) -> Value:
        numbers = [value for value in given[1:] if isinstance(value, int)]
        sequences = given if name == "product" else given[:1]
        known = _whole(run, sequences)
        if known is None or not isinstance(repeat, int) or not 0 <= repeat <= MAX_REPEATS:
            return Many(run.unknown(WhyUnknown.ARGUMENT, f"an element of itertools.{name}"))
        if name == "product":
            return _listed(run, combine(*known * repeat))
        return _listed(run, combine(known[0], *numbers))


for _name in ("product", "combinations", "permutations", "combinations_with_replacement"):
    _combining(_name, getattr(itertools, _name))


@models("itertools.pairwise")
def pairwise(run: Interpreter, values: Value) -> Value:
    """Each element with the one behind it."""
    items, rest = elements(run, values)
    others = None if rest is None else (rest, rest)
    return run.allocate(ListObject(tuple(itertools.pairwise(items)), others))


@models("itertools.accumulate")
def accumulate(run: Interpreter, values: Value, func: Value = None, **_: Value) -> Value:
    """Running totals."""
    items, rest = elements(run, values)

    def added(total: Value, item: Value) -> Value:
        if func is None:
            return binary(run, "+", total, item, run.here.node)
        return run.call(func, Arguments((total, item)), run.here.node)

    totals = tuple(itertools.accumulate(items, added))
    return run.allocate(ListObject(totals, None if rest is None else added(rest, rest)))


@models("itertools.islice")
def islice(run: Interpreter, values: Value, *bounds: Value) -> Value:
    """Some of the elements."""
    items, rest = elements(run, values)
    known = [bound for bound in bounds if isinstance(bound, int | None)]
    if len(known) < len(bounds) or not 1 <= len(bounds) <= 3:
        return Many(_any_of(items, rest))
    stop = known[0] if len(known) == 1 else known[1]
    if isinstance(stop, int) and 0 <= stop <= len(items):
        rest = None
    try:
        taken = tuple(itertools.islice(items, *known))
    except ValueError:
        return run.unknown(WhyUnknown.REFUSED, "itertools.islice")
    if rest is not None and isinstance(stop, int) and stop <= MAX_ITEMS and len(known) == 1:
        # An endless sequence gives as many as are asked for.
        taken, rest = (*taken, *[rest] * (stop - len(taken))), None
    return run.allocate(ListObject(taken, rest))


@models("itertools.repeat")
def repeat(run: Interpreter, value: Value, times: Value = None) -> Value:
    """The same element again and again."""
    if isinstance(times, int) and times <= MAX_ITEMS:
        return run.allocate(ListObject((value,) * times))
    return Many(value)


@models("itertools.cycle")
def cycle(run: Interpreter, values: Value) -> Value:
    """The elements for ever."""
    items, rest = elements(run, values)
    return run.allocate(ListObject(tuple(items), _any_of(items, rest)))


@models("itertools.count")
def count(run: Interpreter, start: Value = 0, step: Value = 1) -> Value:
    """Numbers for ever."""
    unknown = run.unknown(WhyUnknown.LOOP, "a number of a loop")
    if isinstance(start, int) and isinstance(step, int):
        numbers = tuple(start + step * index for index in range(50))
        return run.allocate(ListObject(numbers, unknown))
    return Many(unknown)

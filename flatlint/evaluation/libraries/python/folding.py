"""Builtins that go through a whole sequence: `max`, `sum`, `any`, `map`, `reduce`."""

from __future__ import annotations

from flatlint.evaluation.arithmetic import binary
from flatlint.evaluation.base import Arguments, Interpreter, models
from flatlint.evaluation.bounds import MAX_ITEMS
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.objects import (
    ListObject,
)
from flatlint.evaluation.truth import truth
from flatlint.evaluation.values import (
    NUMBERS,
    Name,
    Value,
    is_constant,
    is_one_number,
)
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import Expression


def by_numpy(run: Interpreter, name: str, *given: Value) -> Value:
    """What numpy's function of this name says of an array."""
    return run.call(Name(f"numpy.{name}"), Arguments(given), run.here.node)


def _extreme(run: Interpreter, values: tuple[Value, ...], what: str, key: Value) -> Value:
    if len(values) == 1 and isinstance(values[0], Array) and key is None:
        return by_numpy(run, what, values[0])
    items, rest = elements(run, values[0]) if len(values) == 1 else (list(values), None)
    keys = items
    if key is not None:
        keys = [run.call(key, Arguments((item,)), run.here.node) for item in items]
    function = max if what == "max" else min
    if items and rest is None and all(map(is_constant, keys)):
        try:
            return items[function(range(len(keys)), key=keys.__getitem__)]  # type: ignore[arg-type]
        except TypeError:
            return run.unknown(WhyUnknown.REFUSED, f"`{what}` of values without an order")
    candidates = items if rest is None else [*items, rest]
    if candidates and all(map(_is_a_number, candidates)):
        return run.unknown(WhyUnknown.ARGUMENT, NUMBERS[0])
    return run.unknown(WhyUnknown.ARGUMENT, "an extreme of a sequence")


def _is_a_number(value: Value) -> bool:
    if isinstance(value, Unknown):
        return is_one_number(value)
    return isinstance(value, int | float | Expression)


@models("builtins.max")
def max_(run: Interpreter, *values: Value, key: Value = None, default: Value = None) -> Value:
    """The largest."""
    return _extreme(run, values, "max", key)


@models("builtins.min")
def min_(run: Interpreter, *values: Value, key: Value = None, default: Value = None) -> Value:
    """The smallest."""
    return _extreme(run, values, "min", key)


@models("builtins.sum")
def sum_(run: Interpreter, values: Value, start: Value = 0) -> Value:
    """The sum of known elements."""
    if isinstance(values, Array) and start == 0:
        return by_numpy(run, "sum", values, 0)
    items, rest = elements(run, values)
    if rest is not None:
        return run.unknown(WhyUnknown.ARGUMENT, "a sum")
    total = start
    for item in items:
        total = binary(run, "+", total, item, run.here.node)
    return total


def _decided_by(run: Interpreter, values: Value, decisive: bool) -> Value:
    """The truth of a whole sequence, where one element of truth `decisive` is enough."""
    items, rest = elements(run, values)
    verdicts = [truth(run, item) for item in items]
    if decisive in verdicts:
        return decisive
    if rest is None and None not in verdicts:
        return not decisive
    return run.unknown(WhyUnknown.ARGUMENT, "a test of all elements")


@models("builtins.all")
def all_(run: Interpreter, values: Value) -> Value:
    """Whether every element counts as true."""
    return _decided_by(run, values, decisive=False)


@models("builtins.any")
def any_(run: Interpreter, values: Value) -> Value:
    """Whether some element counts as true."""
    return _decided_by(run, values, decisive=True)


@models("builtins.map")
def map_(run: Interpreter, function: Value, values: Value, *more: Value) -> Value:
    """The function's value for each element."""
    if more:
        rows, other = elements(
            run, run.call(Name("builtins.zip"), Arguments((values, *more)), run.here.node)
        )
    else:
        found, other = elements(run, values)
        rows = [(item,) for item in found]
        other = None if other is None else (other,)

    def mapped(row: Value) -> Value:
        assert isinstance(row, tuple)
        return run.call(function, Arguments(row), run.here.node)

    others = None if other is None else mapped(other)
    return run.allocate(ListObject(tuple(map(mapped, rows[:MAX_ITEMS])), others))


@models("functools.reduce", "builtins.reduce")
def reduce_(run: Interpreter, function: Value, values: Value, initial: Value = None) -> Value:
    """The function folded over known elements."""
    items, rest = elements(run, values)
    if initial is not None:
        items.insert(0, initial)
    if rest is not None or not items:
        return run.unknown(WhyUnknown.ARGUMENT, "reduce")
    total = items[0]
    for item in items[1:]:
        total = run.call(function, Arguments((total, item)), run.here.node)
    return total

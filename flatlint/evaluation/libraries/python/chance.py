"""The module `random`: elements drawn by chance stand for any of them."""

from __future__ import annotations

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.joining import join_all
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Many, Ref, Value, value_size
from flatlint.graph import WhyUnknown
from flatlint.shapes import UNFIXED


def _any_of(run: Interpreter, population: Value) -> Value:
    items, rest = elements(run, population)
    if not items and rest is None:
        return run.unknown(WhyUnknown.ARGUMENT, "an element of what is empty")
    return join_all(items, rest)


@models("random.choice")
def choice(run: Interpreter, seq: Value) -> Value:
    """One of the elements."""
    return _any_of(run, seq)


@models("random.sample")
def sample(run: Interpreter, population: Value, k: Value = None, *_: Value, **__: Value) -> Value:
    """`k` of the elements."""
    size = value_size(k) if k is not None else None
    return Many(_any_of(run, population), UNFIXED if size is None else size)


@models("random.choices")
def choices(
    run: Interpreter, population: Value, weights: Value = None, *, k: Value = 1, **_: Value
) -> Value:
    """`k` of the elements, some of them perhaps twice."""
    return sample(run, population, k)


@models("random.shuffle")
def shuffle(run: Interpreter, x: Value, *_: Value) -> Value:
    """Every place of the list may hold any of its elements now."""
    held = run.object_at(x)
    if not isinstance(x, Ref) or not isinstance(held, ListObject):
        return None
    # Two lists cannot be joined to one; those of one list are mostly alike.
    if held.items and not any(isinstance(item, Ref) for item in held.items):
        anything = _any_of(run, x)
        rest = None if held.rest is None else anything
        run.state.replace(x, ListObject((anything,) * len(held.items), rest))
    return None


@models("random.seed")
def seed(run: Interpreter, *_: Value, **__: Value) -> Value:
    """Nothing that shapes depend on."""
    return None

"""Data that a program hands out piece by piece itself: generators, and sequences of batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.classes import find_in_class, library_bases
from flatlint.evaluation.functions import joined_yields
from flatlint.evaluation.libraries.keras.resolving import resolved
from flatlint.evaluation.objects import Instance, IteratorObject
from flatlint.evaluation.values import BoundMethod, Function, Many, Name, Value
from flatlint.graph import Array, Made, WhyUnknown
from flatlint.graph.dataset import Dataset, Source
from flatlint.shapes import UNFIXED, Shape

SEQUENCES = frozenset({
    "keras.utils.Sequence", "keras.utils.PyDataset", "keras.utils.data_utils.Sequence",
})  # fmt: skip


def stream_of(run: Interpreter, value: Value) -> Dataset | None:
    """The steps of a generator, or of an object that a `Sequence` of the program makes.

    `None` for all else. How many samples a step has is left open: it may change from step to step.
    """
    held = run.object_at(value)
    is_generator = isinstance(held, Many | IteratorObject)
    if isinstance(held, Many):
        step = held.element
    elif isinstance(held, IteratorObject):
        given = [*held.items, *([] if held.rest is None else [held.rest])]
        if not given:
            return None
        step = joined_yields(run, given)
    else:
        if not isinstance(held, Instance) or not _is_sequence(held):
            return None
        item = find_in_class(run, held.cls, "__getitem__")
        if not isinstance(item, Function):
            return None
        number = run.unknown(WhyUnknown.ARGUMENT, "the number of the batch")
        step = run.call(BoundMethod(value, item), Arguments((number,)), run.here.node)
    source = Source.GENERATOR if is_generator else Source.SEQUENCE
    made = Made(source.value, run.here)
    whole = resolved(run, step)
    # Parts of unequal length are no batch of any length.
    element = whole if len(_lengths(whole)) > 1 else _of_any_batch(whole)
    return Dataset(element, made=made, source=source)


def _is_sequence(held: Instance) -> bool:
    bases = library_bases(held.cls)
    return any(isinstance(base, Name) and base.path in SEQUENCES for base in bases)


def _lengths(nest: object) -> set[int]:
    """The numbers of samples that the arrays of a step have, as far as they are known."""
    match nest:
        case Array(shape=Shape() as shape) if shape.rank and isinstance(shape[0], int):
            return {shape[0]}
        case tuple() | list():
            return set().union(*map(_lengths, nest))
        case Mapping():
            return set().union(*map(_lengths, nest.values()))
    return set()


def _of_any_batch(nest: object) -> object:
    """The nest with the first axis of every array left open."""
    match nest:
        case Array(shape=Shape() as shape) if shape.rank:
            # An array that is a whole step may be as long as it likes the next time.
            opened = Shape((UNFIXED, *shape[1:]))
            return replace(nest, shape=opened, values=None)
        case tuple():
            return tuple(map(_of_any_batch, nest))
        case list():
            return list(map(_of_any_batch, nest))
        case Mapping():
            return {key: _of_any_batch(part) for key, part in nest.items()}
    return nest

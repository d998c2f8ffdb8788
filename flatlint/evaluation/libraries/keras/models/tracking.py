"""What Keras tracks of a layer of the program's own: the layers among its attributes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from flatlint.catalogue.spec import Weight
from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.objects import (
    Instance,
    LayerObject,
    ListObject,
    SequentialObject,
    SubclassObject,
)
from flatlint.evaluation.values import Ref, Value


def weights_inside(run: Interpreter, held: LayerObject) -> tuple[Weight, ...] | None:
    """The variables of a layer, those of the layers inside it with them; `None`: not known."""
    match held:
        case SubclassObject(instance=Instance() as instance):
            found = list(held.own_weights)
            inner = tracked_layers(run, instance.attributes.values())
        case SequentialObject(is_whole=True):
            found, inner = [], tracked_layers(run, held.items)
        case _:
            return held.weights
    for _, layer in inner:
        weights = weights_inside(run, layer)
        if weights is None:
            return None
        found += weights
    return tuple(found)


def tracked_layers(run: Interpreter, values: Iterable[Value]) -> Iterator[tuple[Ref, LayerObject]]:
    """The layers among values, and in lists among them, each once."""
    seen: set[Ref] = set()
    waiting = deque(values)
    while waiting:
        value = waiting.popleft()
        if not isinstance(value, Ref) or value in seen:
            continue
        seen.add(value)
        inner = run.object_at(value)
        if isinstance(inner, ListObject):
            waiting.extendleft(reversed(inner.items))
        elif isinstance(inner, LayerObject):
            yield value, inner

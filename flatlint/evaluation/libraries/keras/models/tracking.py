"""What Keras tracks of a layer of the program's own: the layers among its attributes."""

from __future__ import annotations

from collections.abc import Iterable

from flatlint.catalogue.spec import Weight
from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.objects import (
    Instance,
    LayerObject,
    ListObject,
    SequentialObject,
    SubclassObject,
)
from flatlint.evaluation.values import Value


def weights_inside(run: Interpreter, held: LayerObject) -> tuple[Weight, ...] | None:
    """The variables of a layer, those of the layers inside it with them; `None`: not known."""
    match held:
        case SubclassObject(instance=Instance() as instance):
            found = list(held.own_weights)
            inner = _layers_in(run, instance.attributes.values())
        case SequentialObject(is_whole=True):
            found, inner = [], _layers_in(run, held.items)
        case _:
            return held.weights
    for layer in inner:
        weights = weights_inside(run, layer)
        if weights is None:
            return None
        found += weights
    return tuple(found)


def _layers_in(run: Interpreter, values: Iterable[Value]) -> list[LayerObject]:
    """The layers among values, and in lists among them, as Keras tracks attributes."""
    found: dict[int, LayerObject] = {}
    waiting = list(values)
    while waiting:
        inner = run.object_at(waiting.pop(0))
        if isinstance(inner, ListObject):
            waiting[:0] = inner.items
        elif isinstance(inner, LayerObject):
            found.setdefault(id(inner.layer), inner)
    return list(found.values())

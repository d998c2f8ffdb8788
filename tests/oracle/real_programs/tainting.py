"""What the source does not tell: found by comparing two runs in worlds of different sizes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tests.oracle.real_programs.comparing import is_nested
from tests.oracle.real_programs.facts import LayerFact, ModelFact, ProgramFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.oracle.real_programs.facts import Shape

Key = tuple[int | None, int, int, str, str | None]


def compared(first: ProgramFacts, second: ProgramFacts) -> ProgramFacts:
    """The facts of the first run, tainted where the second differs or lacks them.

    In a function that only the tracer called, sizes that differ are those of its parameters: they
    are kept as `"?32"`.
    """
    twins: dict[Key, list[LayerFact]] = defaultdict(list)
    for layer in second.layers:
        twins[_key(layer)].append(layer)
    own: dict[Key, list[int]] = defaultdict(list)
    for number, layer in enumerate(first.layers):
        own[_key(layer)].append(number)
    layers = list(first.layers)
    for key, numbers in own.items():
        others = twins.get(key, [])
        for at, number in enumerate(numbers):
            twin = others[at] if len(others) == len(numbers) else None
            layers[number] = _merged(layers[number], twin)
    return with_models_tainted(first.model_copy(update={"layers": layers}), second.models)


def _key(layer: LayerFact) -> Key:
    return layer.cell, layer.line, layer.column, layer.class_name, layer.file


def _merged(layer: LayerFact, twin: LayerFact | None) -> LayerFact:
    if twin is None or twin.tainted:
        return _tainted(layer)
    if (layer.shapes, layer.params) == (twin.shapes, twin.params):
        return layer
    if not layer.uncalled or len(layer.shapes) != len(twin.shapes):
        return _tainted(layer)
    shapes = [_open(one, other) for one, other in zip(layer.shapes, twin.shapes, strict=True)]
    if None in shapes:
        return _tainted(layer)
    params = layer.params if layer.params == twin.params else None
    return layer.model_copy(update={"shapes": shapes, "params": params})


def _tainted(layer: LayerFact) -> LayerFact:
    return layer.model_copy(update={"tainted": True})


def _open(one: Shape, other: Shape) -> Shape | None:
    """The sizes of `one`, those that differ in `other` as `"?32"`; None of different ranks."""
    if len(one) != len(other) or is_nested(one) != is_nested(other):
        return None
    if is_nested(one):
        inner = [_open(a, b) for a, b in zip(one, other, strict=True)]
        return None if None in inner else inner
    return [_open_size(a, b) for a, b in zip(one, other, strict=True)]


def _open_size(one: Any, other: Any) -> Any:
    return one if one == other else f"?{one}"


def with_models_tainted(facts: ProgramFacts, twins: Sequence[ModelFact] | None) -> ProgramFacts:
    """Taint the models of tainted layers, and those that differ from their twins, if given."""
    models = []
    for number, model in enumerate(facts.models):
        inside = [facts.layers[entry] for entry in model.layers if isinstance(entry, int)]
        tainted = model.tainted or any(layer.tainted for layer in inside)
        if twins is not None:
            tainted = tainted or number >= len(twins) or _differ(model, twins[number])
        models.append(model.model_copy(update={"tainted": tainted}))
    return facts.model_copy(update={"models": models})


def _differ(model: ModelFact, twin: ModelFact) -> bool:
    return (model.total_params, len(model.layers)) != (twin.total_params, len(twin.layers))

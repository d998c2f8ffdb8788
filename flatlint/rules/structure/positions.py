"""The way of positions through a program: where a tensor got them, and what they go on into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flatlint.graph import LayerCall, ModelGraph, ProgramFacts, Tensor, shapes_of, tensors_of
from flatlint.rules.structure.layer_kinds import KEEPS_POSITIONS, MERGES
from flatlint.shapes import Shape

MAX_CALLS = 300
"""So many calls are followed, back and onward."""


def has_positions(tensor: Tensor) -> bool:
    """Whether a tensor surely has more than a batch axis and features."""
    return isinstance(tensor.shape, Shape) and tensor.shape.rank > 2


def positions_of(call: LayerCall) -> tuple[object, ...] | None:
    """The sizes between the batch and the features of what goes into a call."""
    tensor = next(tensors_of(call.inputs), None)
    if tensor is None or not isinstance(tensor.shape, Shape):
        return None
    return tuple(tensor.shape[1:-1])


@dataclass(frozen=True, eq=False)
class Origin:
    """A call behind a tensor with positions; `maker` is `None` where nothing is known of it."""

    maker: LayerCall | None
    is_outside: bool = False
    """Whether it lies before the input of a model that the tensor belongs to."""
    is_near: bool = True
    """Whether everything after it leaves the positions as they are."""


def origins(call: LayerCall, facts: ProgramFacts) -> Iterator[Origin]:
    """The calls behind what goes into `call`, as far back as tensors have positions.

    A model that serves as a layer is looked into, a ready-made one is not: its layers stand
    nowhere in the program. The input of a model leads on to what the model is called on.
    """
    waiting = [(call, False, True)]
    seen = {id(call)}
    while waiting and len(seen) < MAX_CALLS:
        current, is_outside, is_near = waiting.pop()
        outer = facts.calls_begun_at(current) if current.inputs is None else ()
        for source in (current, *outer):
            beyond = is_outside or source is not current
            for tensor in filter(has_positions, _sources(source, current)):
                maker = tensor.made_by
                if maker is None:
                    yield Origin(None, beyond, is_near)
                elif id(maker) not in seen:
                    seen.add(id(maker))
                    yield Origin(maker, beyond, is_near)
                    if facts.is_written(maker):
                        waiting.append((maker, beyond, is_near and _passes(maker)))


def _sources(source: LayerCall, current: LayerCall) -> Iterator[Tensor]:
    """What a call makes its output of: the end of its inside, where that is known."""
    is_entered = source is current and source.inside is not None
    yield from tensors_of(source.inside if is_entered else source.inputs)


def _passes(call: LayerCall) -> bool:
    return keeps_positions(call) or merges(call) or call.inside is not None


def keeps_positions(call: LayerCall) -> bool:
    """Whether a call does to each position what it does to any other."""
    if call.layer.class_name == "Lambda":
        # Scaling, mostly; a function that moves values along the axes changes the shape too.
        shapes = [*(tensor.shape for tensor in tensors_of(call.inputs)), *shapes_of(call.output)]
        return all(isinstance(shape, Shape) and shape == shapes[0] for shape in shapes)
    return call.is_pointwise if call.is_operation else call.layer.class_name in KEEPS_POSITIONS


def merges(call: LayerCall) -> bool:
    """Whether a call puts several tensors together."""
    name = call.layer.class_name
    is_merge = (name.title() if call.is_operation else name) in MERGES
    return is_merge and len(list(tensors_of(call.inputs))) > 1


@dataclass(frozen=True, eq=False)
class Onward:
    """What becomes of the outputs of calls while their positions stay."""

    carriers: frozenset[int]
    """The calls whose outputs have the positions, the first ones among them."""
    users: tuple[LayerCall, ...]
    """The calls that such an output goes into."""
    is_used_unseen: bool
    """Whether something of which nothing is known gets such an output."""


def onward(calls: Sequence[LayerCall], facts: ProgramFacts) -> Onward:
    """Follow the outputs of calls as long as positions stay, out of the models they stand in."""
    waiting = list(calls)
    carriers = {id(call): call for call in calls}
    users: dict[int, LayerCall] = {}
    while waiting and len(carriers) < MAX_CALLS:
        current = waiting.pop()
        consumers = facts.consumers(current)
        users.update((id(consumer), consumer) for consumer in consumers)
        leaving = facts.calls_ended_at(current) if current.inputs is not None else ()
        for following in (*consumers, *leaving):
            if id(following) not in carriers and _keeps_positions(following):
                carriers[id(following)] = following
                waiting.append(following)
    is_used_unseen = any(map(facts.is_used_unseen, carriers.values()))
    return Onward(frozenset(carriers), tuple(users.values()), is_used_unseen)


def _keeps_positions(call: LayerCall) -> bool:
    return all(isinstance(s, Shape) and s.rank > 2 for s in shapes_of(call.output))


@dataclass(frozen=True, eq=False)
class End:
    """An output of a model that still has the positions of a call."""

    model: ModelGraph
    index: int
    tensor: Tensor


def ends_of(call: LayerCall, facts: ProgramFacts) -> Iterator[End]:
    """Where models end with the positions that `call` works on; the model it stands in first."""
    carriers = onward([call], facts).carriers
    own = {id(model) for model in facts.models_with(call.layer)}
    for model in sorted(facts.models, key=lambda model: id(model) not in own):
        for index, tensor in enumerate(tensors_of(model.outputs)):
            if has_positions(tensor) and id(tensor.made_by) in carriers:
                yield End(model, index, tensor)

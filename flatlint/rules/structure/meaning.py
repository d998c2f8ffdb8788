"""Whether a program shows that it means a layer to work on each position of a tensor."""

from __future__ import annotations

from flatlint.catalogue.layers.dense import Dense
from flatlint.graph import LayerCall, ProgramFacts
from flatlint.rules.structure.labels_of_positions import are_labelled
from flatlint.rules.structure.layer_kinds import (
    MAKES_POSITIONS,
    NOT_ON_PURPOSE,
    REARRANGING,
    UPSAMPLING,
)
from flatlint.rules.structure.positions import (
    Origin,
    ends_of,
    keeps_positions,
    merges,
    onward,
    origins,
    positions_of,
)


def are_meant(call: LayerCall, facts: ProgramFacts) -> bool:
    """Whether what comes before, what follows, or the labels show that the positions are meant."""
    before: list[Origin] = []
    for origin in origins(call, facts):
        if _is_made(origin, call, facts):
            return True
        before.append(origin)
    here = positions_of(call)
    same = [origin.maker for origin in before if origin.maker and _is_dense_on(here, origin)]
    way = onward([call, *same], facts)
    if way.is_used_unseen or any(map(_needs_positions, way.users)):
        return True
    return any(are_labelled(end, facts) for end in ends_of(call, facts))


def _is_made(origin: Origin, call: LayerCall, facts: ProgramFacts) -> bool:
    """Whether the positions are made on purpose there."""
    maker = origin.maker
    if maker is None:
        # Data straight into a model is an input like any other.
        return not facts.models_with(call.layer)
    if not facts.is_written(maker):
        return False
    if maker.layer.class_name in MAKES_POSITIONS:
        return True
    # An image that one model makes is nothing but data to the next.
    if origin.is_outside:
        return False
    return maker.layer.class_name in UPSAMPLING or (origin.is_near and _rearranges(maker))


def _rearranges(maker: LayerCall) -> bool:
    """Whether a layer or operation arranges axes, as far as that is known."""
    name = maker.layer.class_name
    if keeps_positions(maker):
        return False
    if maker.is_operation:
        return not merges(maker)
    is_unknown = maker.layer.spec is None and maker.inside is None
    return name in REARRANGING or (is_unknown and name != "InputLayer")


def _is_dense_on(positions: object, origin: Origin) -> bool:
    """Whether a Dense has worked on the same positions before."""
    maker = origin.maker
    if maker is None or not origin.is_near or not isinstance(maker.layer.spec, Dense):
        return False
    return positions_of(maker) == positions


def _needs_positions(call: LayerCall) -> bool:
    """Whether a call has to have the positions of what it is given."""
    if merges(call):
        return True
    if call.inside is not None or keeps_positions(call):
        return False
    return call.is_operation or call.layer.class_name not in NOT_ON_PURPOSE

"""Whether a program shows that it means a layer to work on each position of a tensor."""

from __future__ import annotations

from flatlint.catalogue.layers.dense import Dense
from flatlint.graph import LayerCall, ProgramFacts, shapes_of
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
from flatlint.shapes import Shape


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
        return _gives_steps(maker)
    # An image that one model makes is nothing but data to the next.
    if origin.is_outside:
        return False
    if maker.layer.class_name in UPSAMPLING:
        return not _is_shrunk(maker, call)
    return origin.is_near and _rearranges(maker)


def _gives_steps(maker: LayerCall) -> bool:
    """Whether a recurrent layer gives all its steps; without, what has positions is one image."""
    return getattr(maker.layer.spec, "return_sequences", True) is not False


def _is_shrunk(maker: LayerCall, call: LayerCall) -> bool:
    """Whether the positions that were upsampled are pooled again before `call`."""
    here, there = positions_of(call), next(shapes_of(maker.output))
    if here is None or not isinstance(there, Shape) or len(here) != there.rank - 2:
        return False
    return any(
        isinstance(ours, int) and isinstance(theirs, int) and 2 * ours <= theirs
        for ours, theirs in zip(here, there[1:-1], strict=True)
    )


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

"""FL001: a Dense layer works on each position of its input where it is meant to see them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.layers.dense import Dense
from flatlint.diagnostics import Severity
from flatlint.graph import LayerCall, ProgramFacts, Site, Tensor, tensors_of
from flatlint.rules.base import Finding, Rule
from flatlint.rules.structure.flatten_fix import flatten_before
from flatlint.rules.structure.meaning import are_meant
from flatlint.rules.structure.positions import ends_of, has_positions
from flatlint.shapes import Dim, Shape, product

MAX_USES = 8
"""So many uses of one place in the source are asked what they mean."""


class DenseOnUnflattenedInput(Rule):
    """A `Dense` layer gets a tensor that still has positions: rows, time steps, pixels.

    `Dense(16)` on an input of shape `(3, 2)` looks as if its 16 units saw all six numbers. They do
    not. Keras multiplies the **last axis only**; every axis before it is passed through, as if the
    layer were applied to each row on its own, with the same weights:

        one sample, (3, 2)          Dense(16)            output, (3, 16)

            [ a0  a1 ]    --- 2 numbers -> 16 --->    [ 16 numbers of row a ]
            [ b0  b1 ]    --- 2 numbers -> 16 --->    [ 16 numbers of row b ]
            [ c0  c1 ]    --- 2 numbers -> 16 --->    [ 16 numbers of row c ]

    The kernel is `(2, 16)`: 2·16 + 16 = 48 parameters, used three times. Row `a` never meets row
    `b`. A last layer `Dense(4)` then gives `(1, 3, 4)` for one sample: four numbers for every row,
    and not the `(1, 4)` that one expects.

    `Flatten()` lays the axes out in one: `(None, 3, 2)` becomes `(None, 6)`, the kernel `(6, 16)`,
    6·16 + 16 = 112 parameters, and each unit sees the whole sample. Behind a stack of convolutions
    `Flatten()` or a global pooling layer does the same; without it the model predicts once for
    every pixel that the convolutions left.

    A `Dense` for each position is right where positions are meant: behind an `Embedding`, a
    recurrent layer with `return_sequences=True`, attention or a decoder, before a layer that needs
    the positions (recurrent, convolution, attention, pooling, a sum with another branch), or where
    the labels have them. There the finding is only an `info`, shown with `--info`. Where they are
    meant and nothing in the program shows it, `TimeDistributed(Dense(16))` computes the same and
    says so.

    Source: `Dense.call` in keras/src/layers/core/dense.py; the note on inputs of rank above 2 in
    https://keras.io/api/layers/core_layers/dense/.

    Bad:
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((3, 2)), Dense(16), Dense(4)])  # finding

    Good:
        from keras import Input, Sequential
        from keras.layers import Dense, Flatten

        model = Sequential([Input((3, 2)), Flatten(), Dense(16), Dense(4)])
    """

    code = "FL001"
    severity = Severity.WARNING
    since = "0.1"

    def check_program(self, facts: ProgramFacts) -> Iterator[Finding]:
        """Warn unless the program shows that the positions are meant.

        A block that a function makes is often tried out on its own, and then used in a model: what
        is meant in one use of a place in the source is meant in all.
        """
        places: dict[tuple[int, int], list[LayerCall]] = defaultdict(list)
        for call in facts.calls:
            if _maps_positions(call):
                places[call.layer.site.key].append(call)
        for calls in places.values():
            is_meant = any(are_meant(call, facts) for call in calls[:MAX_USES])
            for call in calls:
                yield _finding(call, facts, is_meant)


def _maps_positions(call: LayerCall) -> bool:
    tensor = next(tensors_of(call.inputs), None)
    if call.conflict is not None or not isinstance(call.layer.spec, Dense):
        return False
    return tensor is not None and has_positions(tensor)


def _finding(call: LayerCall, facts: ProgramFacts, is_meant: bool) -> Finding:
    tensor = next(tensors_of(call.inputs))
    spec = call.layer.spec
    assert isinstance(tensor.shape, Shape) and isinstance(spec, Dense)
    return Finding(
        call.layer.site,
        _message(spec, tensor.shape, call, facts),
        severity=Severity.INFO if is_meant else None,
        related=tuple(_where_it_began(tensor, call)),
        trail=tensor,
        fix=None if _is_flagged_before(call) else flatten_before(call),
        help="Put Flatten() before it, if each unit is to see the whole sample.",
    )


def _where_it_began(tensor: Tensor, call: LayerCall) -> Iterator[tuple[str, Site]]:
    """The place where the shape was set that the positions come from."""
    first = tensor
    while first.made_by is not None and first.made_by.inputs is not None:
        before = next(tensors_of(first.made_by.inputs), None)
        if before is None:
            return
        first = before
    if first.made_by is not None and first.made_by.layer.site.key != call.layer.site.key:
        yield "the input shape is set here", first.made_by.layer.site


def _is_flagged_before(call: LayerCall) -> bool:
    """Whether a Dense before this one has the same positions: flattening there is enough."""
    waiting = [tensor.made_by for tensor in tensors_of(call.inputs)]
    seen = {id(None)}
    while waiting:
        maker = waiting.pop()
        if maker is None or id(maker) in seen:
            continue
        seen.add(id(maker))
        before = [tensor for tensor in tensors_of(maker.inputs) if has_positions(tensor)]
        if before and isinstance(maker.layer.spec, Dense):
            return True
        waiting += [tensor.made_by for tensor in before]
    return False


def _message(spec: Dense, shape: Shape, call: LayerCall, facts: ProgramFacts) -> str:
    output = shape.with_last(spec.units)
    own = _weights(shape[-1], spec)
    positions = _times(shape[1:-1])
    text = (
        f"Dense({spec.units}) gets {shape}: it maps the last axis alone, so the output is "
        f"{output}, with {own} parameters used at each of {positions} positions"
    )
    features = product(shape[1:])
    if isinstance(features, int):
        flat = Shape((shape[0], spec.units))
        text += f"; after Flatten() it would be {flat}, with {_weights(features, spec)}"
    end = next(ends_of(call, facts), None)
    if end is not None:
        text += f". {_end(shape, end.model.layer.name)}"
    return text


def _end(shape: Shape, model: str) -> str:
    what = "pixel" if shape.rank == 4 else "position"
    return (
        f"The output of `{model}` keeps rank {shape.rank}: it predicts once per {what}, "
        f"not once per sample"
    )


def _weights(features: Dim, spec: Dense) -> str:
    """`2·16+16 = 48`."""
    size = features * spec.units
    if isinstance(spec.use_bias, UnknownArgument) or not spec.use_bias:
        return f"{features}·{spec.units} = {size}"
    return f"{features}·{spec.units}+{spec.units} = {size + spec.units}"


def _times(sizes: tuple[Dim, ...]) -> str:
    total = product(sizes)
    if len(sizes) == 1 or not isinstance(total, int):
        return "·".join(map(str, sizes))
    return f"{'·'.join(map(str, sizes))} = {total}"

"""Whether a program shows that it means a layer to work on each position of a tensor."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.graph import (
    Array,
    DataCall,
    LayerCall,
    ModelGraph,
    ProgramFacts,
    Tensor,
    shapes_of,
    tensors_of,
)
from flatlint.shapes import Shape

RECURRENT = frozenset({
    "LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "CuDNNLSTM", "CuDNNGRU", "ConvLSTM1D",
    "ConvLSTM2D", "ConvLSTM3D", "TimeDistributed",
})  # fmt: skip
ATTENTION = frozenset({
    "Attention", "AdditiveAttention", "MultiHeadAttention", "GroupQueryAttention",
})  # fmt: skip
UPSAMPLING = frozenset({
    "UpSampling1D", "UpSampling2D", "UpSampling3D", "Conv1DTranspose", "Conv2DTranspose",
    "Conv3DTranspose", "Deconvolution2D", "Deconvolution3D",
})  # fmt: skip
REARRANGING = frozenset({"Reshape", "Permute", "Lambda", "EinsumDense"})
MERGES = frozenset({
    "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot", "Merge",
})  # fmt: skip

MAKES_POSITIONS = RECURRENT | ATTENTION | UPSAMPLING | {"Embedding", "RepeatVector"}
"""Layers whose output has positions on purpose."""

KEEPS_POSITIONS = frozenset({
    "Dense", "Activation", "Dropout", "BatchNormalization", "LayerNormalization", "ReLU",
    "LeakyReLU", "PReLU", "ELU", "Softmax", "Masking", "GaussianNoise", "GaussianDropout",
    "AlphaDropout", "SpatialDropout1D", "SpatialDropout2D", "ActivityRegularization",
})  # fmt: skip
"""Layers that do to each position what they do to any other."""

NOT_ON_PURPOSE = KEEPS_POSITIONS | {"Flatten", "InputLayer"}
"""What may follow on positions that nobody meant to have."""


def has_positions(tensor: Tensor) -> bool:
    """Whether a tensor surely has more than a batch axis and features."""
    return isinstance(tensor.shape, Shape) and tensor.shape.rank > 2


def are_meant(call: LayerCall, facts: ProgramFacts) -> bool:
    """Whether what comes before, what follows, or the labels show that the positions are meant."""
    makers = list(_makers(call, facts))
    before = [maker for maker in makers if maker is not None]
    names = {maker.layer.class_name for maker in before}
    if None in makers or names & MAKES_POSITIONS or _is_rearranged(call):
        return True
    after = list(followers(call, facts))
    if any(_needs_positions(follower) for follower in after):
        return True
    is_residual = "LayerNormalization" in names | {f.layer.class_name for f in after}
    if is_residual and any(c.layer.class_name in MERGES or c.is_operation for c in before):
        return True
    return any(_labels_have_positions(model, facts) for model in ends_of(call, facts))


def _makers(call: LayerCall, facts: ProgramFacts) -> Iterator[LayerCall | None]:
    """The calls behind the inputs, as far as tensors have positions.

    The input of a model that serves as a layer leads on to what that is called on. `None` stands
    for a tensor whose making is not known.
    """
    waiting = [call]
    seen = {id(call)}
    while waiting:
        current = waiting.pop()
        outer = facts.calls_of_model_at(current) if current.inputs is None else ()
        for source in (current, *outer):
            for tensor in filter(has_positions, tensors_of(source.inputs)):
                maker = tensor.made_by
                if maker is None:
                    yield None
                elif id(maker) not in seen:
                    seen.add(id(maker))
                    waiting.append(maker)
                    yield maker


def _is_rearranged(call: LayerCall) -> bool:
    """Whether the positions come straight from a layer or operation that arranges axes."""
    tensor = next(tensors_of(call.inputs), None)
    maker = tensor.made_by if tensor is not None else None
    while maker is not None:
        known = maker.layer.class_name in KEEPS_POSITIONS
        if maker.is_operation or maker.layer.class_name in REARRANGING:
            return True
        if not known:
            return maker.layer.spec is None and maker.layer.class_name != "InputLayer"
        source = next(tensors_of(maker.inputs), None)
        maker = source.made_by if source is not None else None
    return False


def followers(call: LayerCall, facts: ProgramFacts) -> Iterator[LayerCall]:
    """The calls that the output goes into, and on from there as long as positions stay.

    From the end of a model that serves as a layer the way leads on behind that layer.
    """
    waiting = [call]
    seen = {id(call)}
    while waiting:
        current = waiting.pop()
        for consumer in facts.consumers(current):
            if id(consumer) not in seen:
                seen.add(id(consumer))
                yield consumer
                if _keeps_positions(consumer):
                    waiting.append(consumer)
        for outer in facts.calls_of_model_at(current) if current.inputs is not None else ():
            if id(outer) not in seen and _keeps_positions(outer):
                seen.add(id(outer))
                waiting.append(outer)


def _keeps_positions(call: LayerCall) -> bool:
    return all(isinstance(s, Shape) and s.rank > 2 for s in shapes_of(call.output))


def _needs_positions(call: LayerCall) -> bool:
    if call.layer.class_name in MERGES:
        return len(list(tensors_of(call.inputs))) > 1
    return call.is_operation or call.layer.class_name not in NOT_ON_PURPOSE


def ends_of(call: LayerCall, facts: ProgramFacts) -> Iterator[ModelGraph]:
    """The models whose output still has the positions that `call` works on."""
    reached = {id(call), *(id(follower) for follower in followers(call, facts))}
    for model in facts.models_with(call.layer):
        for tensor in tensors_of(model.outputs):
            if has_positions(tensor) and id(tensor.made_by) in reached:
                yield model
                break


def _labels_have_positions(model: ModelGraph, facts: ProgramFacts) -> bool:
    shapes = [tensor.shape for tensor in tensors_of(model.outputs)]
    ranks = {shape.rank for shape in shapes if isinstance(shape, Shape)}
    return any(
        _rank_of_labels(call) in ranks
        for call in facts.data_calls
        if call.model.layer is model.layer
    )


def _rank_of_labels(call: DataCall) -> int | None:
    labels = call.arguments.get("y")
    if isinstance(labels, Array) and isinstance(labels.shape, Shape):
        return labels.shape.rank
    return None

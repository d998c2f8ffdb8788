"""The losses that a model is compiled with, each beside the layer that its output comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flatlint.catalogue.losses import LossUse
from flatlint.graph import CompileCall, Layer, ModelGraph, ModelKind, ProgramFacts, tensors_of
from flatlint.rules.data.activations import activation_in
from flatlint.rules.data.label_meetings import loss_of, per_output
from flatlint.shapes import Shape

_ASKING = ("predict", "__call__")


@dataclass(frozen=True, eq=False)
class CompiledLoss:
    """A loss, the last layer before it, and the shape of the output if that is known already."""

    loss: LossUse
    layer: Layer
    activation: str | None
    shape: Shape | None

    @property
    def classes(self) -> object:
        """The size of the last axis: the units of the last layer where nothing is built yet."""
        if self.shape is not None and self.shape.rank:
            return self.shape[-1]
        return getattr(self.layer.spec, "units", None)


def compiled_losses(call: CompileCall, facts: ProgramFacts) -> Iterator[CompiledLoss]:
    """Every output whose last layer and loss are known, unless the loss is never computed."""
    if _is_idle(call, facts):
        return
    ends = list(_ends(call.model))
    names = [layer.name if layer is not None else "" for layer, _ in ends]
    losses = per_output(call.arguments.get("loss"), names, is_shared=True)
    for (layer, shape), value in zip(ends, losses or (), strict=False):
        loss = loss_of(value, facts.eras)
        if layer is not None and layer.spec is not None and loss is not None:
            yield CompiledLoss(loss, layer, activation_in(layer.spec), shape)


def _is_idle(call: CompileCall, facts: ProgramFacts) -> bool:
    """Whether the model is only asked, or trained as a part of another: a generator in a GAN.

    Programs compile such a model because Keras 1 could not predict without.
    """
    methods = {data.method for data in facts.data_calls if data.compiled is call}
    if any(not method.startswith(_ASKING) for method in methods):
        return False
    return bool(methods or facts.models_with(call.model.layer))


def _ends(model: ModelGraph) -> Iterator[tuple[Layer | None, Shape | None]]:
    outputs = list(tensors_of(model.outputs))
    if not outputs and model.kind is ModelKind.SEQUENTIAL and model.entries:
        yield model.entries[-1].layer, None
    for output in outputs:
        call = output.made_by
        is_layer = call is not None and not call.is_operation
        shape = output.shape if isinstance(output.shape, Shape) else None
        yield (call.layer if call is not None and is_layer else None), shape

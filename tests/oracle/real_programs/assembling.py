"""The facts of a run, read off the objects that it left."""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, Any

from tests.oracle.real_programs.facts import REBUILT, ForeignLayer, LayerFact, ModelFact
from tests.oracle.real_programs.recording import Made, Recorder, flat, sizes_of

if TYPE_CHECKING:
    from tests.oracle.real_programs.facts import Shape

_OPERATIONS = frozenset(
    {
        "TFOpLambda",
        "SlicingOpLambda",
        "ClassMethod",
        "InstanceMethod",
        "InstanceProperty",
        "TensorFlowOpLayer",
        "AddV2",
    }
)
_KERAS = ("keras", "tf_keras")
_MOST_ENTRIES = 400


def layer_facts(recorder: Recorder) -> list[LayerFact]:
    """One fact a layer, in the order they were made."""
    return [_layer_fact(recorder, made) for made in recorder.made]


def model_facts(recorder: Recorder) -> list[ModelFact]:
    """One fact a model, in the order they were made."""
    return [
        _model_fact(recorder, number, made)
        for number, made in enumerate(recorder.made)
        if isinstance(made.layer, recorder.keras.Model)
    ]


def _layer_fact(recorder: Recorder, made: Made) -> LayerFact:
    layer, origin = made.layer, made.origin
    is_model = isinstance(layer, recorder.keras.Model)
    own = origin.file == recorder.main
    cell, line = recorder.source.place(origin.line) if own else (None, origin.line)
    name = type(layer).__name__
    return LayerFact(
        class_name=name,
        line=line,
        column=origin.column,
        cell=cell,
        name=_name(layer),
        shapes=_shapes(recorder, made),
        params=_params(recorder, layer),
        function=origin.functions[0] if origin.functions else "<module>",
        statement=made.statement,
        file=None if own else os.path.relpath(origin.file, recorder.root),
        via=origin.via,
        owner=origin.owner,
        eager=bool(made.eager) and not made.symbolic,
        tainted=made.tainted,
        operation=name in _OPERATIONS or "OpLambda" in name,
        model=is_model,
        custom=not is_model and type(layer).__module__.split(".")[0] not in _KERAS,
        uncalled=made.uncalled,
    )


def _shapes(recorder: Recorder, made: Made) -> list[Shape]:
    """Of the calls; of a model its own outputs first; of an Input what it stands for."""
    layer, shapes = made.layer, made.symbolic or made.eager
    if isinstance(layer, recorder.keras.Model):
        own = _tensors(layer, "outputs")
        return shapes if own is None else [own, *(shape for shape in shapes if shape != own)]
    if shapes or type(layer).__name__ != "InputLayer":
        return shapes
    batch_shape = getattr(layer, "batch_shape", None)
    found = _tensors(layer, "output") or (list(batch_shape) if batch_shape else None)
    return [found] if found else []


def _tensors(layer: Any, attribute: str) -> Shape | None:
    """The shape or shapes of `inputs`, `output` or `outputs`, if the layer has them."""
    try:
        shapes = [sizes_of(tensor) for tensor in flat(getattr(layer, attribute))]
    except Exception:
        return None
    if not shapes or None in shapes:
        return None
    return shapes[0] if len(shapes) == 1 else shapes


def _params(recorder: Recorder, layer: Any) -> int | None:
    """The number of weights; None if the layer, or a layer inside it, is not built."""
    try:
        inner = (
            layer._flatten_layers(include_self=False)
            if isinstance(layer, recorder.keras.Model)
            else ()
        )
        if not layer.built or not all(part.built for part in inner):
            return None
        return sum(math.prod(int(size) for size in weight.shape) for weight in layer.weights)
    except Exception:
        return None


def _model_fact(recorder: Recorder, number: int, made: Made) -> ModelFact:
    model = made.layer
    return ModelFact(
        layer=number,
        kind=_kind(recorder, model),
        name=_name(model),
        input_shape=_tensors(model, "inputs"),
        output_shape=_tensors(model, "outputs"),
        total_params=_params(recorder, model),
        layers=[] if made.origin.via in REBUILT else _entries(recorder, model),
    )


def _entries(recorder: Recorder, model: Any) -> list[int | ForeignLayer]:
    try:
        layers = list(model.layers)[:_MOST_ENTRIES]
    except Exception:
        return []
    return [
        recorder.number.get(id(layer), ForeignLayer(class_name=type(layer).__name__))
        for layer in layers
    ]


def _kind(recorder: Recorder, model: Any) -> str:
    if isinstance(model, recorder.keras.Sequential):
        return "sequential"
    is_graph = any(base.__name__ == "Functional" for base in type(model).__mro__)
    return "functional" if is_graph and getattr(model, "inputs", None) else "subclass"


def _name(layer: Any) -> str | None:
    name = getattr(layer, "name", None)
    return name if isinstance(name, str) else None

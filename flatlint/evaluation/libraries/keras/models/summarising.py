"""ModelGraph of a model in the state: its layers in order, their outputs and parameters."""

from __future__ import annotations

from collections.abc import Iterable

from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import ShapeTree, Weight
from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.libraries.keras.models.functional import layers_in_order, output_tree
from flatlint.evaluation.libraries.keras.models.tracking import tracked_layers
from flatlint.evaluation.objects import (
    FunctionalObject,
    LayerObject,
    SequentialObject,
    SubclassObject,
)
from flatlint.evaluation.values import Ref
from flatlint.graph import (
    Layer,
    LayerCall,
    LayerEntry,
    ModelGraph,
    ModelKind,
    TensorTree,
    tensors_of,
)
from flatlint.shapes import Dim, Unfixed

KINDS: tuple[tuple[type[LayerObject], ModelKind], ...] = (
    (SequentialObject, ModelKind.SEQUENTIAL),
    (FunctionalObject, ModelKind.FUNCTIONAL),
    (SubclassObject, ModelKind.SUBCLASS),
)


def is_model(held: object) -> bool:
    """Whether an object is a model and not a layer."""
    if isinstance(held, SubclassObject):
        return held.is_model
    return isinstance(held, SequentialObject | FunctionalObject)


def params_of(weights: Iterable[Weight] | None) -> tuple[Dim | None, Dim | None]:
    """All and the trainable values of variables; `None` where they are not known."""
    if weights is None:
        return None, None
    total: Dim = 0
    trainable: Dim = 0
    for weight in weights:
        total = total + weight.size
        trainable = trainable + (weight.size if weight.trainable else 0)
    if isinstance(total, Unfixed):
        return None, None
    return total, None if isinstance(trainable, Unfixed) else trainable


def model_graph(run: Interpreter, ref: Ref, variable: str | None = None) -> ModelGraph:
    """The model at `ref`, as `summary()` would list it at this point of the program."""
    held = run.object_at(ref)
    assert isinstance(held, LayerObject)
    kind = next(kind for cls, kind in KINDS if isinstance(held, cls))
    entries, inputs, outputs = _entries(run, held)
    total, trainable = _totals(run, held, entries)
    return ModelGraph(
        held.layer,
        kind,
        variable,
        held.layer.site,
        tuple(entries),
        inputs,
        outputs,
        output_tree(inputs) if inputs is not None else None,
        output_tree(outputs) if outputs is not None else None,
        total,
        trainable,
    )


def _entries(
    run: Interpreter, held: LayerObject
) -> tuple[list[LayerEntry], TensorTree, TensorTree]:
    match held:
        case SequentialObject():
            entries = _entries_of_sequential(run, held)
            last = held.outputs[-1] if held.outputs else held.inputs
            return entries, held.inputs, last
        case FunctionalObject():
            found = layers_in_order(held.inputs, held.outputs)
            calls = [(layer, call) for layer, call in found if not call.is_operation]
            entries = [_entry(run, run.state.ref_of(layer), layer, call) for layer, call in calls]
            return entries, held.inputs, held.outputs
        case SubclassObject():
            return _entries_of_subclass(run, held), held.inputs, held.outputs
    return [], None, None


def _entries_of_sequential(run: Interpreter, held: SequentialObject) -> list[LayerEntry]:
    entries = []
    for index, item in enumerate(held.items):
        inner = run.object_at(item)
        if not isinstance(inner, LayerObject) or not isinstance(item, Ref):
            continue
        tensor = held.outputs[index] if index < len(held.outputs) else None
        entry = _entry(run, item, inner.layer, tensor.made_by if tensor is not None else None)
        entries.append(entry)
    return entries


def _entries_of_subclass(run: Interpreter, held: SubclassObject) -> list[LayerEntry]:
    attributes = held.instance.attributes if held.instance is not None else {}
    entries = []
    for ref, inner in tracked_layers(run, attributes.values()):
        call = inner.calls[0] if inner.calls else None
        entries.append(_entry(run, ref, inner.layer, call))
    return entries


def _entry(run: Interpreter, ref: Ref | None, layer: Layer, call: LayerCall | None) -> LayerEntry:
    output: ShapeTree | None = call.output if call is not None else None
    held = run.object_at(ref) if ref is not None else None
    if ref is not None and is_model(held):
        inner = model_graph(run, ref)
        return LayerEntry(layer, output, inner.total_params, _trainable_inside(run, inner), call)
    if not isinstance(held, LayerObject):
        total, trainable = params_of(call.weights if call is not None else None)
        return LayerEntry(layer, output, total, trainable, call)
    total, trainable = _params_of_layer(run, held)
    return LayerEntry(layer, output, total, trainable, call)


def _params_of_layer(run: Interpreter, held: LayerObject) -> tuple[Dim | None, Dim | None]:
    if isinstance(held, SubclassObject):
        entries = _entries_of_subclass(run, held)
        return _totals(run, held, entries)
    total, trainable = params_of(held.weights if held.is_built else None)
    if held.parts:
        return total, _trainable_of_wrapper(run, held, trainable)
    if held.trainable is False:
        trainable = 0
    elif held.trainable is not True:
        trainable = None
    return total, trainable


def _trainable_of_wrapper(run: Interpreter, held: LayerObject, trainable: Dim | None) -> Dim | None:
    """What trains of a layer with others inside: they decide, as far as the eras agree on it.

    Keras 3 freezes nothing by `Bidirectional(GRU(4), trainable=False)`, whose GRU trains.
    """
    inner = [run.object_at(part) for part in held.parts]
    flags = {part.trainable if isinstance(part, LayerObject) else None for part in inner}
    if flags == {False}:
        return 0
    if flags != {True} or held.trainable not in (True, False):
        return None
    is_settled = held.trainable is True or run.eras == (Era.KERAS_3,)
    return trainable if is_settled else None


def _trainable_inside(run: Interpreter, model: ModelGraph) -> Dim | None:
    """What trains of a model that is part of another one.

    Keras 3 asks each variable, so that a layer of a frozen model that was set free again trains;
    Keras 2 asks the model first.
    """
    known = model.trainable_params
    free = _sum([entry.trainable_params for entry in model.entries])
    if known != 0 or free == 0 or run.eras == (Era.KERAS_2,):
        return known
    return free if run.eras == (Era.KERAS_3,) else None


def _totals(
    run: Interpreter, held: LayerObject, entries: list[LayerEntry]
) -> tuple[Dim | None, Dim | None]:
    """Sums over the layers, one that stands twice counted once."""
    if isinstance(held, SequentialObject) and not held.is_whole:
        return None, None
    if isinstance(held, FunctionalObject) and not _is_traced(held):
        return None, None
    unique = {id(entry.layer): entry for entry in entries}.values()
    own = held.own_weights if isinstance(held, SubclassObject) else ()
    own_total, own_trainable = params_of(own)
    total = _sum([own_total, *(entry.params for entry in unique)])
    trainable = _sum([own_trainable, *(entry.trainable_params for entry in unique)])
    return total, 0 if held.trainable is False and trainable is not None else trainable


def _is_traced(held: FunctionalObject) -> bool:
    """Whether every output of the model is known to come from calls."""
    outputs = list(tensors_of(held.outputs))
    return bool(outputs) and all(tensor.made_by is not None for tensor in outputs)


def _sum(sizes: list[Dim | None]) -> Dim | None:
    total: Dim = 0
    for size in sizes:
        if size is None:
            return None
        total = total + size
    return total

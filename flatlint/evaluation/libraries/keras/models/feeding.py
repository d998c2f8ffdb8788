"""Data at the inputs of a model, adapted as each era does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.feeding import Checks, fed
from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.libraries.keras.inputs import declared_start
from flatlint.evaluation.libraries.keras.models.running_through import shapes_known, through_layers
from flatlint.evaluation.objects import (
    FunctionalObject,
    LayerObject,
    ModelObject,
    SequentialObject,
    SubclassObject,
)
from flatlint.evaluation.values import Ref
from flatlint.graph import (
    Array,
    Conflict,
    Feed,
    LayerCall,
    Tensor,
    TensorTree,
    tensors_of,
)
from flatlint.shapes import UNFIXED, Shape

_WITH_KERNEL = frozenset({"Dense", "Conv1D", "Conv2D", "Conv3D", "LSTM", "GRU", "SimpleRNN"})


@dataclass(frozen=True)
class Reception:
    """How a model receives data: each array at its input, and what comes out."""

    feeds: tuple[Feed, ...] = ()
    outputs: tuple[Shape | None, ...] = ()


def receive(
    run: Interpreter, ref: Ref, data: object, is_eager: bool = False, has_sizes: bool = True
) -> Reception:
    """Feed resolved data to the model at `ref`; nothing is changed by it.

    `is_eager` if the model is called as a function on the data, outside of any graph; `has_sizes`
    unless it comes from a generator, of which Keras 2 knows the rank alone before it runs.
    """
    held = run.object_at(ref)
    assert isinstance(held, ModelObject)
    declared = list(tensors_of(held.inputs))
    arrays = arrays_for(data, held.inputs)
    plain = shapes_known(tensors_of(_outputs_of(held)))
    if arrays and isinstance(held, SequentialObject) and run.eras == (Era.KERAS_3,):
        arrays = arrays[:1]  # It looks at the first array of a list, whatever follows.
    if arrays is None or len(arrays) != len(declared):
        return Reception((), plain)
    by_era = [
        _receive_in(run, held, declared, arrays, era, has_sizes or era is not Era.KERAS_2)
        for era in run.eras
    ]
    if is_eager and Era.KERAS_2 in run.eras:
        by_era = [_without_windows(reception) for reception in by_era]
    accepted = [each for each in by_era if not any(feed.conflict for feed in each.feeds)]
    if not accepted:
        return by_era[-1]
    return Reception(accepted[-1].feeds, _common([each.outputs for each in accepted]))


def _of_known_rank(
    run: Interpreter,
    held: ModelObject,
    arrays: list[Array],
) -> list[Array]:
    """The arrays with the one size that the product with the first layer's kernel refuses."""
    first = run.object_at(held.items[0]) if isinstance(held, SequentialObject) else None
    has_kernel = isinstance(first, LayerObject) and first.layer.class_name in _WITH_KERNEL
    return [_opened(array, has_kernel) for array in arrays]


def _opened(array: Array, keeps_last: bool) -> Array:
    shape = array.shape
    if not isinstance(shape, Shape) or not shape.rank:
        return array
    last = shape[-1] if keeps_last and shape.rank > 1 else UNFIXED
    return replace(array, shape=Shape((*[UNFIXED] * (shape.rank - 1), last)))


def _without_windows(reception: Reception) -> Reception:
    """Outside of a graph tf_keras gives an empty output where a window does not fit."""
    return replace(
        reception,
        feeds=tuple(
            replace(feed, conflict=None, refused_by=None)
            if feed.refused_by is not None and _is_window(feed.refused_by)
            else feed
            for feed in reception.feeds
        ),
    )


def _is_window(call: LayerCall) -> bool:
    return call.conflict is not None and "window" in call.conflict.message


def arrays_for(data: object, inputs: TensorTree) -> list[Array] | None:
    """The arrays in the order of the model's inputs; `None` where they are not all known."""
    flat: Sequence[object]
    if isinstance(data, Mapping):
        named = _by_name(data, inputs)
        if named is None:
            return None
        flat = named
    elif isinstance(data, list | tuple):
        flat = data
    else:
        flat = [data]
    arrays = [part for part in flat if isinstance(part, Array)]
    return arrays if len(arrays) == len(flat) else None


def _by_name(data: Mapping[object, object], inputs: TensorTree) -> list[object] | None:
    if isinstance(inputs, Mapping):
        keys = sorted(inputs)
    else:
        tensors = list(tensors_of(inputs))
        keys = [t.made_by.layer.name for t in tensors if t.made_by is not None]
    return [data[key] for key in keys] if all(key in data for key in keys) else None


def _outputs_of(held: ModelObject) -> TensorTree:
    if isinstance(held, SequentialObject):
        return held.outputs[-1] if held.outputs else held.inputs
    return held.outputs


def _common(outputs: list[tuple[Shape | None, ...]]) -> tuple[Shape | None, ...]:
    first, *others = outputs
    if any(len(other) != len(first) for other in others):
        return ()
    return tuple(
        shape if all(other[index] == shape for other in others) else None
        for index, shape in enumerate(first)
    )


def _receive_in(
    run: Interpreter,
    held: ModelObject,
    declared: list[Tensor],
    arrays: list[Array],
    era: Era,
    has_sizes: bool,
) -> Reception:
    if not has_sizes:
        arrays = _of_known_rank(run, held, arrays)
    feeds: list[Feed] = []
    tensors: list[Tensor] = []
    checks = _checks(run, held, era)
    for array, tensor in zip(arrays, declared, strict=True):
        feed = Feed(array, tensor)
        given: Tensor = tensor
        if isinstance(array.shape, Shape) and isinstance(tensor.shape, Shape):
            try:
                _, *sizes = fed(array.shape, tensor.shape, era, checks, has_sizes)
                given = Tensor(Shape((*tensor.shape[:1], *sizes)))
            except ShapeConflict as conflict:
                refusal = Conflict(conflict.message, conflict.keras, run.is_guarded)
                feed = replace(feed, conflict=refusal)
        feeds.append(feed)
        tensors.append(given)
    plain = shapes_known(tensors_of(_outputs_of(held)))
    if any(feed.conflict for feed in feeds):
        return Reception(tuple(feeds))
    if all(_is_as_declared(*pair) for pair in zip(tensors, declared, strict=True)):
        return Reception(tuple(feeds), plain)
    outputs, refusing = through_layers(run, held, tensors)
    if isinstance(held, FunctionalObject) and len(outputs) == len(plain):
        # What a replay loses keeps the shape that the model declares, open axes and all.
        outputs = tuple(
            old if new is None else new for new, old in zip(outputs, plain, strict=True)
        )
    if refusing is not None:
        at = next((i for i, t in enumerate(tensors) if not _is_as_declared(t, declared[i])), 0)
        feeds[at] = replace(feeds[at], conflict=refusing.conflict, refused_by=refusing)
    return Reception(tuple(feeds), outputs)


def _is_as_declared(given: Tensor, declared: Tensor) -> bool:
    """Whether the layers would get nothing that they have not got already."""
    if given is declared:
        return True
    ours, theirs = given.shape, declared.shape
    assert isinstance(ours, Shape) and isinstance(theirs, Shape)
    return ours.rank == theirs.rank and ours[1:] == theirs[1:]


def _checks(run: Interpreter, held: ModelObject, era: Era) -> Checks:
    if isinstance(held, FunctionalObject):
        return Checks.RANK_AND_SIZES
    if isinstance(held, SubclassObject):
        return Checks.NOTHING
    is_deferred = era is not Era.KERAS_3 and not _declares_input(run, held)
    return Checks.NOTHING if is_deferred else Checks.RANK


def _declares_input(run: Interpreter, held: SequentialObject) -> bool:
    """Whether the program gives a `Sequential` its input, rather than the first data."""
    if held.inputs is not None and held.inputs.made_by is not None:
        layer = held.inputs.made_by.layer
        if any(layer is known for known in run.recorder.layers):
            return True
    first = held.items[0] if held.items else None
    inner = run.object_at(first)
    if isinstance(inner, SequentialObject | FunctionalObject):
        return inner.inputs is not None
    is_layer = isinstance(inner, LayerObject) and isinstance(first, Ref)
    return is_layer and declared_start(run, first) is not None  # type: ignore[arg-type]

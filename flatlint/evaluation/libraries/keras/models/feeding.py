"""Data at the inputs of a model: adapted as each era does it, then run through the layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.feeding import Checks, fed
from flatlint.catalogue.spec import Weight
from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.libraries.keras.applying import judge
from flatlint.evaluation.libraries.keras.inputs import declared_start
from flatlint.evaluation.libraries.keras.models.functional import calls_of
from flatlint.evaluation.libraries.keras.models.replaying import muted
from flatlint.evaluation.objects import (
    FunctionalObject,
    LayerObject,
    ListObject,
    SequentialObject,
    SubclassObject,
)
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import (
    Array,
    Conflict,
    Feed,
    Layer,
    LayerCall,
    Spread,
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
    assert isinstance(held, SequentialObject | FunctionalObject | SubclassObject)
    declared = list(tensors_of(held.inputs))
    arrays = arrays_for(data, held.inputs)
    plain = _shapes(tensors_of(_outputs_of(held)))
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
    held: SequentialObject | FunctionalObject | SubclassObject,
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


def _outputs_of(held: SequentialObject | FunctionalObject | SubclassObject) -> TensorTree:
    if isinstance(held, SequentialObject):
        return held.outputs[-1] if held.outputs else held.inputs
    return held.outputs


def _shapes(tensors: object) -> tuple[Shape | None, ...]:
    assert not isinstance(tensors, Tensor)
    return tuple(
        tensor.shape if isinstance(tensor.shape, Shape) else None
        for tensor in tensors  # type: ignore[attr-defined]
    )


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
    held: SequentialObject | FunctionalObject | SubclassObject,
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
                given = Tensor(fed(array.shape, tensor.shape, era, checks, has_sizes))
            except ShapeConflict as conflict:
                refusal = Conflict(conflict.message, conflict.keras, run.is_guarded)
                feed = replace(feed, conflict=refusal)
        feeds.append(feed)
        tensors.append(given)
    plain = _shapes(tensors_of(_outputs_of(held)))
    if any(feed.conflict for feed in feeds):
        return Reception(tuple(feeds))
    if all(_is_as_declared(*pair) for pair in zip(tensors, declared, strict=True)):
        return Reception(tuple(feeds), plain)
    outputs, refusing = _through(run, held, tensors)
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


def _checks(
    run: Interpreter, held: SequentialObject | FunctionalObject | SubclassObject, era: Era
) -> Checks:
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


def call_again(run: Interpreter, layer: Value, inputs: Value) -> tuple[Value, LayerCall | None]:
    """Call a layer that is built; what it gives, and the call that Keras refuses, if one is."""
    before = len(run.recorder.calls)
    held = run.object_at(layer)
    value = run.call(layer, Arguments((inputs,)), run.here.node)
    calls = run.recorder.calls[before:]
    refused = next((call for call in calls if call.conflict is not None), None)
    if refused is None and calls and isinstance(held, LayerObject) and isinstance(inputs, Tensor):
        conflict = _misfit_of_weights(run, held, inputs)
        if conflict is not None:
            refused = replace(calls[-1], conflict=conflict)
    return value, refused


def _misfit_of_weights(run: Interpreter, held: LayerObject, inputs: Tensor) -> Conflict | None:
    """Whether the variables of a layer, made on its first input, do not go with this one."""
    if not held.weights or not held.layer.specs or not isinstance(inputs.shape, Shape):
        return None
    built = held.calls[0].inputs if held.calls else None
    first = built.shape if isinstance(built, Tensor) else None
    is_refused = _keeps_rank(held.layer) and _differ_in_rank(first, inputs.shape)
    for spec in held.layer.specs if not is_refused else ():
        needed = judge(spec, [inputs.shape], {}).weights
        if needed is None or not _differ(held.weights, needed):
            return None
    name = held.layer.class_name
    return Conflict(
        f"{name} was built on {first} and gets {inputs.shape}: its variables do not fit",
        f'Input 0 of layer "{held.layer.name}" is incompatible with the layer: expected '
        f"shape={first}, found shape={inputs.shape}",
        run.is_guarded,
    )


def _keeps_rank(layer: Layer) -> bool:
    return layer.class_name in ("BatchNormalization", "SyncBatchNormalization")


def _differ_in_rank(built: object, given: Shape) -> bool:
    """Whether a layer that keeps to the rank of its first input gets another one."""
    return isinstance(built, Shape) and built.rank != given.rank


def _differ(built: tuple[Weight, ...], needed: tuple[Weight, ...]) -> bool:
    """Whether a size surely differs; outside of a kernel a built size of 1 might be broadcast."""
    return len(built) == len(needed) and any(
        isinstance(ours, int)
        and isinstance(theirs, int)
        and ours != theirs
        and (ours != 1 or "kernel" in mine.name)
        for mine, other in zip(built, needed, strict=True)
        for ours, theirs in zip(mine.dims, other.dims, strict=False)
    )


def _through(
    run: Interpreter,
    held: SequentialObject | FunctionalObject | SubclassObject,
    tensors: list[Tensor],
) -> tuple[tuple[Shape | None, ...], LayerCall | None]:
    """The outputs of the layers on inputs of these shapes, and the first call that is refused."""
    if isinstance(held, SequentialObject):
        return _through_sequence(run, held, tensors[0])
    if isinstance(held, FunctionalObject):
        return _through_graph(run, held, tensors)
    return (), None


def _through_sequence(
    run: Interpreter, held: SequentialObject, given: Tensor
) -> tuple[tuple[Shape | None, ...], LayerCall | None]:
    refusing: LayerCall | None = None

    def through() -> Value:
        nonlocal refusing
        value: Value = given
        for item in held.items:
            value, refusing = call_again(run, item, value)
            if refusing is not None:
                return None
        return value

    if not held.is_whole:
        return (None,), None
    value, _ = muted(run, through)
    return _shapes([value] if isinstance(value, Tensor) else []), refusing


def _through_graph(
    run: Interpreter, held: FunctionalObject, tensors: list[Tensor]
) -> tuple[tuple[Shape | None, ...], LayerCall | None]:
    """Replay the calls between inputs and outputs; what is not a plain call of a layer is lost."""
    built = list(tensors_of(held.inputs))
    known: dict[tuple[int, int], Tensor] = {
        (id(old.made_by), old.index): new for old, new in zip(built, tensors, strict=True)
    }
    stops = frozenset(id(tensor.made_by) for tensor in built)
    refusing: LayerCall | None = None

    def through() -> Value:
        nonlocal refusing
        for call in reversed(calls_of(held.outputs, stops)[0]):
            if id(call) in stops or call.is_operation or refusing is not None:
                continue
            if isinstance(call.inputs, Spread):
                continue  # Which of the arguments was which, the call does not say.
            inputs = _new_inputs(run, call.inputs, known)
            ref = run.state.ref_of(call.layer)
            if inputs is None or ref is None:
                continue
            value, refusing = call_again(run, ref, inputs)
            if isinstance(value, Tensor):
                known[id(call), 0] = value
        return None

    muted(run, through)
    outputs = [known.get((id(t.made_by), t.index)) for t in tensors_of(held.outputs)]
    return (
        tuple(t.shape if t is not None and isinstance(t.shape, Shape) else None for t in outputs),
        refusing,
    )


def _new_inputs(
    run: Interpreter, tree: TensorTree, known: Mapping[tuple[int, int], Tensor]
) -> Tensor | Ref | None:
    """The inputs of a call with their new shapes, where all of them are known."""
    parts = [known.get((id(t.made_by), t.index)) for t in tensors_of(tree)]
    found = [part for part in parts if part is not None]
    if not parts or len(found) != len(parts):
        return None
    return found[0] if isinstance(tree, Tensor) else run.allocate(ListObject(tuple(found)))

"""A layer that is built, called again: its variables stay as its first call made them."""

from __future__ import annotations

from dataclasses import replace

from flatlint.catalogue.spec import Weight
from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.libraries.keras.applying import judge
from flatlint.evaluation.objects import LayerObject
from flatlint.evaluation.values import Value
from flatlint.graph import Conflict, Layer, LayerCall, Tensor
from flatlint.shapes import Shape


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

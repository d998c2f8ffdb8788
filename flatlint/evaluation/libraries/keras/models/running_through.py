"""A model's layers once more on inputs of other shapes: what comes out, and what refuses them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.libraries.keras.models.calling_again import call_again
from flatlint.evaluation.libraries.keras.models.functional import calls_of
from flatlint.evaluation.libraries.keras.models.replaying import muted
from flatlint.evaluation.objects import (
    FunctionalObject,
    ListObject,
    ModelObject,
    SequentialObject,
)
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import LayerCall, Spread, Tensor, TensorTree, tensors_of
from flatlint.shapes import Shape


def through_layers(
    run: Interpreter,
    held: ModelObject,
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
    return shapes_known([value] if isinstance(value, Tensor) else []), refusing


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


def shapes_known(tensors: Iterable[Tensor]) -> tuple[Shape | None, ...]:
    """The shapes of tensors, `None` for one that is not known."""
    return tuple(t.shape if isinstance(t.shape, Shape) else None for t in tensors)

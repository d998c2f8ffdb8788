"""Models called on another input than the one that they were built on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from flatlint.catalogue.conflict import NotKnown, OpenSize, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.feeding import first_difference, without_last_one
from flatlint.catalogue.second_calls import require_same_variables
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.objects import LayerObject
from flatlint.evaluation.values import Value
from flatlint.graph import Conflict, Layer, LayerCall, Tensor
from flatlint.shapes import Shape


def muted(run: Interpreter, body: Callable[[], Value]) -> tuple[Value, list[LayerCall]]:
    """Run something for its value alone: the state is taken back, the calls leave the record."""
    before, state = len(run.recorder.calls), run.state
    run.state = state.fork()
    try:
        value = body()
    finally:
        run.state = state
    calls = run.recorder.calls[before:]
    del run.recorder.calls[before:]
    return value, calls


def first_conflict(calls: Sequence[LayerCall]) -> Conflict | None:
    """The first refusal among calls."""
    return next((call.conflict for call in calls if call.conflict is not None), None)


def check_input(
    run: Interpreter, layer: Layer, built: Tensor, given: Tensor, is_functional: bool
) -> Conflict | None:
    """Whether a model built on one input refuses another.

    Keras 3 refuses sizes that differ; tf_keras does so in functional models only, and only for
    tensors that hold values: on symbolic ones every model traces its layers anew.
    """
    if not isinstance(built.shape, Shape) or not isinstance(given.shape, Shape):
        return None
    if any(era is not Era.KERAS_3 for era in run.eras) and (
        not is_functional or run.is_legacy_keras or not run.layers_entered
    ):
        return None
    wanted, got = built.shape, given.shape
    if wanted.rank != got.rank:
        if _differ_by_a_last_one(wanted, got):
            return None
        problem = f"of rank {wanted.rank} ({wanted}) and gets {got} of rank {got.rank}"
    else:
        if first_difference(without_last_one(got), without_last_one(wanted)) is None:
            return None
        problem = f"{wanted} and gets {got}"
    return Conflict(
        f"the model `{layer.name}` was built for an input {problem}",
        f'Input 0 of layer "{layer.name}" is incompatible with the layer: expected '
        f"shape={wanted}, found shape={got}",
        run.is_guarded,
    )


def _differ_by_a_last_one(left: Shape, right: Shape) -> bool:
    """Whether one shape is the other with a last axis of 1, which functional models adapt."""
    longer, shorter = (left, right) if left.rank > right.rank else (right, left)
    return longer.rank == shorter.rank + 1 and longer[-1] == 1


def is_let_in_unseen(run: Interpreter, built: Tensor, given: Tensor) -> bool:
    """Whether Keras 3 takes more features for the one that a model was built on.

    Its layers are not asked then whether they fit a symbolic tensor: most do not look.
    """
    wanted, got = built.shape, given.shape
    if not isinstance(wanted, Shape) or not isinstance(got, Shape) or wanted.rank != got.rank:
        return False
    return Era.KERAS_3 in run.eras and wanted.rank > 1 and wanted[-1] == 1 and got[-1] != 1


def conflicts_inside(run: Interpreter, held: object, given: Value) -> Iterator[Conflict]:
    """What a built layer inside of a model has against an input of another size."""
    if type(held) is not LayerObject or not held.weights or held.layer.spec is None:
        return
    if isinstance(given, Tensor) and isinstance(given.shape, Shape):
        yield from other_variables(run, held.layer.spec, held.weights, given.shape)


def other_variables(
    run: Interpreter, spec: LayerSpec, weights: Sequence[Weight], given: ShapeTree
) -> Iterator[Conflict]:
    """What a layer that has its variables has against an input that would need others."""
    try:
        wanted = tuple(spec.call_weights(given))
        require_same_variables(spec, weights, wanted, is_inside=True)
    except OpenSize:
        return
    except ShapeConflict as conflict:
        yield Conflict(conflict.message, conflict.keras, run.is_guarded)
    except (NotKnown, TypeError, IndexError):
        return

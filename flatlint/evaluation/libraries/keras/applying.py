"""Applying a layer to tensors: one call for each era, their verdicts put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flatlint.catalogue.arguments import Dialect, UnknownArgument
from flatlint.catalogue.calling import (
    named_arguments,
    require_call_keywords,
    require_floats_to_regularize,
    require_function,
    require_shape_function,
    require_tensors,
)
from flatlint.catalogue.conflict import NotKnown, OpenSize, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.given_weights import require_fitting
from flatlint.catalogue.second_calls import (
    is_left_to_data,
    is_unchecked_again,
    require_same_variables,
)
from flatlint.catalogue.sparse_inputs import require_dense
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.evaluation.base import Arguments, Interpreter, called
from flatlint.evaluation.libraries.keras.arguments import argument_of
from flatlint.evaluation.libraries.keras.nesting import shapes_from, tensor_tree
from flatlint.evaluation.objects import DictObject, LayerObject, ListObject
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import (
    Array,
    Conflict,
    Layer,
    LayerCall,
    Site,
    Spread,
    Tensor,
    TensorTree,
    Unknown,
    WhyUnknown,
    tensors_of,
)
from flatlint.graph.skip_connection import with_needed_multiples
from flatlint.shapes import Expression, Shape, join_shapes

NO_WINDOW = "Negative dimension size"
"""What Keras 2 says of a window that does not fit; on data, size 0 comes out all the same."""

_NOT_SHAPES = frozenset({"training", "mask", "name"})


@dataclass(frozen=True)
class Verdict:
    """What calling a layer gives: an output, the weights, or a refusal."""

    output: ShapeTree
    weights: tuple[Weight, ...] | None = None
    conflict: Conflict | None = None
    is_about_variables: bool = False
    """Whether the refusal is only that a size is open which a variable would have."""


@called(LayerObject)
def apply_layer(run: Interpreter, ref: Ref, arguments: Arguments) -> Value:
    """Call the layer at `ref`: its output tensors, the call recorded, its weights built."""
    held = run.object_at(ref)
    assert isinstance(held, LayerObject)
    verdict = judge_call(run, held.layer, arguments, held)
    inputs = inputs_of(run, arguments)
    spec = held.layer.spec
    if verdict.conflict is not None and spec is not None and spec.merges:
        conflict = with_needed_multiples(verdict.conflict, inputs)
        verdict = replace(verdict, conflict=conflict)
    return record_call(run, ref, inputs, verdict)


def inputs_of(run: Interpreter, arguments: Arguments) -> TensorTree:
    """All tensors that a call passes, those in keyword arguments behind the others."""
    trees = [tensor_tree(run, value) for value in arguments.positional]
    named = [
        tensor_tree(run, value)
        for name, value in arguments.keywords.items()
        if name not in _NOT_SHAPES
    ]
    others = [tree for tree in named if any(True for _ in tensors_of(tree))]
    return trees[0] if len(trees) == 1 and not others else Spread((*trees, *others))


def judge_call(
    run: Interpreter, layer: Layer, arguments: Arguments, held: LayerObject | None = None
) -> Verdict:
    """The verdict of all eras on a call: refused only if every one refuses.

    `held` is the layer as earlier calls have left it.
    """
    if layer.refusal is not None:
        return Verdict(UnknownArgument("Keras refuses the layer itself"))
    if not layer.specs or arguments.is_open:
        return Verdict(UnknownArgument(f"flatlint does not model {layer.class_name}"))
    inputs = inputs_of(run, arguments)
    verdicts = [
        _as_it_is(run, spec, held, _judge_in_era(run, spec, arguments, inputs), inputs)
        for spec in layer.specs
    ]
    accepted = [verdict for verdict in verdicts if verdict.conflict is None]
    if not accepted:
        whole = len(verdicts) == len(run.eras)
        return verdicts[-1] if whole else Verdict(UnknownArgument("the eras differ"))
    first = accepted[0]
    for other in accepted[1:]:
        first = Verdict(
            join_outputs(first.output, other.output),
            first.weights if first.weights == other.weights else None,
        )
    return first


def _judge_in_era(
    run: Interpreter, spec: LayerSpec, arguments: Arguments, inputs: TensorTree
) -> Verdict:
    positional = [_call_argument(run, value, spec.era) for value in arguments.positional]
    keywords: dict[str, Any] = {
        name: _call_argument(run, value, spec.era) for name, value in arguments.keywords.items()
    }
    try:
        plain = [argument_of(run, value, spec.era) for value in arguments.positional]
        require_tensors(spec.keras_name, spec.era, plain)
        tensors = list(tensors_of(inputs))
        spec.require_dtypes([tensor.dtype for tensor in tensors])
        if spec.era is Era.KERAS_2 and any(tensor.is_sparse for tensor in tensors):
            require_dense(spec)
    except ShapeConflict as conflict:
        return refused(conflict, run.is_guarded)
    except NotKnown as unknown:
        return Verdict(UnknownArgument(unknown.reason, unknown.origin))
    verdict = judge(spec, positional, keywords, run.is_guarded)
    is_run = spec.era is Era.KERAS_2 and all(isinstance(v, Array) for v in arguments.positional)
    if is_run and verdict.conflict is not None and NO_WINDOW in verdict.conflict.keras:
        return Verdict(UnknownArgument("TensorFlow computes what it would not build"))
    return verdict


def _as_it_is(
    run: Interpreter,
    spec: LayerSpec,
    held: LayerObject | None,
    verdict: Verdict,
    inputs: TensorTree,
) -> Verdict:
    """The verdict on a layer that has its variables, or is told what they are to begin with."""
    if held is None:
        return verdict
    if not held.is_built:
        return _with_given_weights(run, spec, held, verdict)
    if verdict.is_about_variables:
        return Verdict(UnknownArgument("a size is open that its variables have"), held.weights)
    if verdict.conflict is not None:
        unknown = Verdict(UnknownArgument("Keras does not look at the rank again"), held.weights)
        return unknown if is_unchecked_again(spec) else verdict
    if isinstance(inputs, Tensor) and is_left_to_data(spec, inputs.shape):
        return verdict
    try:
        require_same_variables(spec, held.weights or (), verdict.weights or ())
    except ShapeConflict as conflict:
        return refused(conflict, run.is_guarded)
    return verdict


def _with_given_weights(
    run: Interpreter, spec: LayerSpec, held: LayerObject, verdict: Verdict
) -> Verdict:
    if held.given_weights is None or verdict.weights is None or verdict.conflict is not None:
        return verdict
    try:
        require_fitting(spec.keras_name, spec.era, verdict.weights, held.given_weights)
    except ShapeConflict as conflict:
        return refused(conflict, run.is_guarded)
    return verdict


def refused(conflict: ShapeConflict, is_guarded: bool) -> Verdict:
    """The verdict that Keras raises."""
    refusal = Conflict(conflict.message, conflict.keras, is_guarded)
    unknown = UnknownArgument("Keras raises here")
    return Verdict(unknown, None, refusal, isinstance(conflict, OpenSize))


def judge(
    spec: LayerSpec,
    positional: Sequence[Any],
    keywords: Mapping[str, Any],
    is_guarded: bool = False,
) -> Verdict:
    """Ask the spec of one era."""
    try:
        positional, keywords = named_arguments(spec.keras_name, spec.era, positional, keywords)
        require_call_keywords(spec.keras_name, spec.era, keywords)
        require_function(getattr(spec, "activation", None), spec.era)
        if isinstance(spec.dialect, Dialect) and spec.dialect.is_dynamic:
            return _judge_dynamic(spec, positional, keywords)
        output = spec.call(*positional, **keywords)
        require_floats_to_regularize(spec)
    except ShapeConflict as conflict:
        return refused(conflict, is_guarded)
    except NotKnown as unknown:
        output = UnknownArgument(unknown.reason, unknown.origin)
    except TypeError:
        return Verdict(UnknownArgument(f"{spec.keras_name} is called in an unusual way"))
    return Verdict(output, _weights(lambda: spec.call_weights(*positional, **keywords)))


def _judge_dynamic(
    spec: LayerSpec, positional: Sequence[Any], keywords: Mapping[str, Any]
) -> Verdict:
    """A layer that Keras 2 neither builds nor calls before data comes: only its shape is known."""
    require_shape_function(spec.keras_name)
    try:
        return Verdict(spec.call(*positional, **keywords))
    except ShapeConflict:
        return Verdict(UnknownArgument("Keras checks no input of a dynamic layer"))


def _weights(ask: Callable[[], Any]) -> tuple[Weight, ...] | None:
    try:
        return tuple(ask())
    except (NotKnown, ShapeConflict, TypeError, IndexError):
        return None


def _call_argument(run: Interpreter, value: Value, era: Era) -> object:
    """An argument of a call: a nest of shapes if there are tensors in it."""
    tree = tensor_tree(run, value)
    if isinstance(tree, list) and not _has_tensor(run, value):
        return UnknownArgument("a list of what is not known: tensors, or plain Python data")
    if any(True for _ in tensors_of(tree)) or isinstance(value, Tensor | Array):
        return shapes_from(run, value)
    if isinstance(value, Expression):
        return UnknownArgument(f"passed by a caller that is not in this file: `{value}`")
    argument = argument_of(run, value, era)
    if isinstance(argument, list | tuple | dict | str | bytes) and argument:
        return UnknownArgument("plain Python data, which Keras makes an array of")
    return argument


def _has_tensor(run: Interpreter, value: Value) -> bool:
    """Whether something in a nest is surely a tensor or an array."""
    found = run.object_at(value)
    parts = found.items if isinstance(found, ListObject) else found
    if isinstance(parts, tuple):
        return any(_has_tensor(run, part) for part in parts)
    return isinstance(found, Tensor | Array | DictObject)


def join_outputs(left: ShapeTree, right: ShapeTree) -> ShapeTree:
    """The output that holds in both eras."""
    if isinstance(left, Shape) and isinstance(right, Shape):
        return join_shapes(left, right) or UnknownArgument("Keras 2 and Keras 3 differ here")
    if isinstance(left, UnknownArgument):
        return left
    if isinstance(right, UnknownArgument):
        return right
    if isinstance(left, Sequence) and isinstance(right, Sequence) and len(left) == len(right):
        return [join_outputs(a, b) for a, b in zip(left, right, strict=True)]
    return UnknownArgument("Keras 2 and Keras 3 differ here")


def record_call(
    run: Interpreter,
    ref: Ref,
    inputs: TensorTree,
    verdict: Verdict,
    site: Site | None = None,
    inside: TensorTree = None,
) -> Value:
    """Record a call and give its output tensors; the first call builds the layer."""
    held = run.object_at(ref)
    assert isinstance(held, LayerObject)
    weights = held.weights if held.is_built else verdict.weights
    call = LayerCall(
        len(run.recorder.calls),
        held.layer,
        inputs,
        verdict.output,
        site or run.here,
        weights,
        verdict.conflict,
        inside=inside,
    )
    run.recorder.calls.append(call)
    run.state.replace(ref, replace(held, weights=weights, is_built=True, calls=(*held.calls, call)))
    return outputs_of(run, call)


def outputs_of(run: Interpreter, call: LayerCall) -> Value:
    """The tensors that a call gives, nested as its output is."""
    numbers = iter(range(1_000_000))
    return _outputs(run, call, call.output, numbers)


def _outputs(run: Interpreter, call: LayerCall, tree: ShapeTree, numbers: Any) -> Value:
    if isinstance(tree, Shape):
        return Tensor(tree, call, next(numbers))
    if isinstance(tree, Mapping):
        entries: dict[Value, Value] = {
            key: _outputs(run, call, part, numbers) for key, part in tree.items()
        }
        return run.allocate(DictObject(entries))
    if isinstance(tree, Sequence):
        items = tuple(_outputs(run, call, part, numbers) for part in tree)
        return run.allocate(ListObject(items))
    return Tensor(unknown_shape(tree, call), call, next(numbers))


def unknown_shape(tree: ShapeTree, call: LayerCall) -> Unknown:
    """Why an output is not known: where the trail was first lost, if that is known."""
    if isinstance(tree, UnknownArgument) and isinstance(tree.origin, Unknown):
        return tree.origin
    why = WhyUnknown.REFUSED if call.conflict is not None else WhyUnknown.ARGUMENT
    return Unknown(why, tree.reason if isinstance(tree, UnknownArgument) else "", call.site)

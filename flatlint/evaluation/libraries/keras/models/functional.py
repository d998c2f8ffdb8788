"""`Model(inputs, outputs)`: a functional model, and its layers in Keras's order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import ShapeTree
from flatlint.evaluation.base import Arguments, Interpreter, models
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.libraries.keras.applying import Verdict, inputs_of, judge, record_call
from flatlint.evaluation.libraries.keras.creating import add_layer, given_name
from flatlint.evaluation.libraries.keras.models.connecting import (
    NOTHING,
    disconnected,
    in_a_circle,
    no_tensors,
    wrong_keywords,
)
from flatlint.evaluation.libraries.keras.models.refusing import agreed, refuse_model, same_names
from flatlint.evaluation.libraries.keras.models.replaying import (
    check_input,
    is_let_in_unseen,
    other_variables,
)
from flatlint.evaluation.libraries.keras.nesting import tensor_tree
from flatlint.evaluation.objects import FunctionalObject, LayerObject
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import (
    Conflict,
    Layer,
    LayerCall,
    Spread,
    Tensor,
    TensorTree,
    Unknown,
    WhyUnknown,
    shapes_of,
    tensors_of,
)
from flatlint.shapes import Shape


@models("keras.Model", "keras.models.Model", "keras.engine.Model", "keras.engine.training.Model",
        "keras.engine.topology.Model", "keras.models.Functional",
        "keras.engine.functional.Functional")  # fmt: skip
@takes_arguments
def model(run: Interpreter, arguments: Arguments) -> Value:
    """`Model(inputs, outputs, name=…)`; Keras 1 said `input` and `output`."""
    if arguments.is_open:
        return run.unknown(WhyUnknown.ARGUMENT, "what is passed to Model")
    keywords, positional = arguments.keywords, arguments.positional
    inputs, outputs = (
        _end(positional, keywords, place, names)
        for place, names in enumerate((("inputs", "input"), ("outputs", "output")))
    )
    made = add_layer(run, "Functional", (), given_name(arguments))
    held = run.object_at(made)
    assert isinstance(held, LayerObject)
    functional = FunctionalObject(
        held.layer,
        trainable=keywords.get("trainable", True),
        inputs=None if inputs is NOTHING else _inputs(run, inputs),
        outputs=None if outputs is NOTHING else tensor_tree(run, outputs),
    )
    run.state.replace(made, functional)
    _refuse_ends(run, functional, arguments, inputs, outputs)
    return made


def _end(
    positional: Sequence[Value],
    keywords: Mapping[str, Value],
    place: int,
    names: tuple[str, str],
) -> Value:
    """The inputs or the outputs that a call gives, by position or by one of their names."""
    if place < len(positional):
        return positional[place]
    return next((keywords[name] for name in names if name in keywords), NOTHING)


def _inputs(run: Interpreter, value: Value) -> TensorTree:
    """The inputs of a model; `None` for an unknown value, which may be a list of any length."""
    tree = tensor_tree(run, value)
    match tree:
        case Tensor(shape=Unknown(), made_by=None) if not isinstance(value, Tensor):
            return None
    return tree


def _refuse_ends(
    run: Interpreter,
    functional: FunctionalObject,
    arguments: Arguments,
    inputs: Value,
    outputs: Value,
) -> None:
    """Record the first thing that Keras has against the ends of a model."""
    checks = [
        wrong_keywords(
            arguments.positional, arguments.keywords, takes_old_names=run.is_legacy_keras
        )
    ]
    if inputs is not NOTHING and outputs is not NOTHING:
        found = layers_in_order(functional.inputs, functional.outputs)
        # A layer before the beginning leaves its name to the input in its place.
        layers = [layer for layer, call in found if not call.is_operation and layer.number >= 0]
        checks += [
            no_tensors(run, inputs, outputs),
            disconnected(functional.inputs, functional.outputs),
            same_names(run, layers, is_sequential=False),
            in_a_circle(functional.outputs),
        ]
    conflict = next((c for check in checks if (c := agreed(run, check)) is not None), None)
    if conflict is not None:
        refuse_model(run, functional.layer, conflict)


def call_functional(run: Interpreter, ref: Ref, arguments: Arguments) -> Value:
    """`model(x)`: the outputs that the graph gives for these inputs."""
    held = run.object_at(ref)
    assert isinstance(held, FunctionalObject)
    inputs = inputs_of(run, arguments)
    given, built = list(tensors_of(inputs)), list(tensors_of(held.inputs))
    if not given:
        return run.unknown(WhyUnknown.ARGUMENT, "what the model is called on")
    output = output_tree(held.outputs)
    if len(given) < len(built) and _are_all_known(inputs):
        missing = Conflict(
            f"the model `{held.layer.name}` has {len(built)} inputs and gets {len(given)}",
            f'Layer "{held.layer.name}" expects {len(built)} input(s), but it received '
            f"{len(given)} input tensors",
            run.is_guarded,
        )
        unknown = UnknownArgument("Keras raises here")
        return record_call(run, ref, inputs, Verdict(unknown, None, missing))
    if len(given) == len(built):
        for ours, theirs in zip(built, given, strict=True):
            conflict = check_input(run, held.layer, ours, theirs, is_functional=True)
            if conflict is not None:
                unknown = UnknownArgument("Keras raises here")
                return record_call(run, ref, inputs, Verdict(unknown, None, conflict))
        if any(is_let_in_unseen(run, *pair) for pair in zip(built, given, strict=True)):
            unknown = UnknownArgument("a layer gets more features than it was built on")
            return record_call(run, ref, inputs, Verdict(unknown), inside=held.outputs)
        if any(a.shape != b.shape for a, b in zip(built, given, strict=True)):
            tensors = dict(zip(map(id, built), given, strict=True))
            output, conflict = replay(run, held, tensors)
            if conflict is not None:
                verdict = Verdict(UnknownArgument("Keras raises here"), None, conflict)
                return record_call(run, ref, inputs, verdict)
    return record_call(run, ref, inputs, Verdict(output), inside=held.outputs)


def _are_all_known(tree: TensorTree) -> bool:
    """Whether a nest holds tensors of known shapes and nothing else."""
    if isinstance(tree, Tensor):
        return isinstance(tree.shape, Shape)
    parts = tree.values() if isinstance(tree, Mapping) else tree
    return parts is not None and all(map(_are_all_known, parts))


def output_tree(tree: TensorTree) -> ShapeTree:
    """The shapes of a nest of tensors."""
    match tree:
        case Tensor(shape=Shape() as shape):
            return shape
        case Tensor(shape=Unknown() as unknown):
            return UnknownArgument(unknown.reason, unknown)
        case dict():
            return {name: output_tree(part) for name, part in tree.items()}
        case list() | tuple():
            return [output_tree(part) for part in tree]
        case _:
            return UnknownArgument("the model's outputs are not known")


def replay(
    run: Interpreter, held: FunctionalObject, tensors: dict[int, Tensor]
) -> tuple[ShapeTree, Conflict | None]:
    """The output shapes of the graph for inputs of other shapes, or what a layer has against one.

    What layers of the program's own take is not known, nor which of several arguments of a call
    was which. Standalone Keras ran the layers without a
    look at what they demand of an input.
    """
    conflicts: list[Conflict] = []
    shapes: dict[int, ShapeTree] = {key: output_tree(tensor) for key, tensor in tensors.items()}
    unknown = UnknownArgument("an operation inside the model")

    def shape_of(tensor: Tensor) -> ShapeTree:
        if id(tensor) in shapes:
            return shapes[id(tensor)]
        made = outputs.get(id(tensor.made_by))
        return made[tensor.index] if made is not None and tensor.index < len(made) else unknown

    def tree_of(tree: TensorTree) -> ShapeTree:
        if isinstance(tree, Tensor):
            return shape_of(tree)
        if isinstance(tree, list | tuple):
            return [tree_of(part) for part in tree]
        return unknown

    outputs: dict[int, list[ShapeTree]] = {}
    for call in reversed(calls_of(held.outputs)[0]):
        if call.layer.spec is None or call.is_operation:
            outputs[id(call)] = list(shapes_of(call.output)) if call.inputs is None else [unknown]
            continue
        if isinstance(call.inputs, Spread):
            outputs[id(call)] = [unknown for _ in shapes_of(call.output)]
            continue
        tree = tree_of(call.inputs)
        verdict = judge(call.layer.spec, [tree], {}, run.is_guarded)
        if call.layer.class_name == call.layer.spec.keras_name:
            if verdict.conflict is not None and not verdict.is_about_variables:
                conflicts.append(verdict.conflict)
            conflicts += other_variables(run, call.layer.spec, call.weights or (), tree)
        outputs[id(call)] = list(shapes_of(verdict.output))
    is_checked = not run.is_legacy_keras and run.eras[0] is not Era.KERAS_1
    return tree_of(held.outputs), next(iter(conflicts), None) if is_checked else None


def calls_of(
    outputs: TensorTree, stops: frozenset[int] = frozenset()
) -> tuple[list[LayerCall], dict[int, int]]:
    """The calls that lead from `stops` to `outputs`, and for each layer when it was first met.

    The order is that of `map_graph` in keras/src/ops/function.py, calls by decreasing depth when
    read backwards: a call comes after those that it needs.
    """
    finished: list[LayerCall] = []
    first_met: dict[int, int] = {}
    seen: set[int] = set()
    for tensor in tensors_of(outputs):
        waiting: list[tuple[LayerCall, bool]] = [(tensor.made_by, False)] if tensor.made_by else []
        while waiting:
            call, is_done = waiting.pop()
            if is_done:
                finished.append(call)
                continue
            if id(call) in seen:
                continue
            seen.add(id(call))
            first_met.setdefault(id(call.layer), len(first_met))
            waiting.append((call, True))
            if id(call) in stops:
                continue
            parents = [t.made_by for t in tensors_of(call.inputs) if t.made_by is not None]
            waiting.extend((parent, False) for parent in reversed(parents))
    finished.reverse()
    return finished, first_met


def is_whole(held: FunctionalObject) -> bool:
    """Whether the whole graph of a model is known: every way back ends at an input.

    Where branches met, or an unknown number of tensors did, layers are left out.
    """
    return _begins_at(tuple(tensors_of(held.inputs)), tuple(tensors_of(held.outputs)))


@lru_cache(maxsize=16)
def _begins_at(inputs: tuple[Tensor, ...], outputs: tuple[Tensor, ...]) -> bool:
    calls = calls_of(outputs)[0]
    inside = [t for call in calls for t in tensors_of(call.inputs)]
    return (
        bool(outputs)
        and all(call.inputs is not None or call.layer.class_name == "InputLayer" for call in calls)
        and not any(tensor.is_either for tensor in (*outputs, *inside))
        and all(
            tensor.made_by is not None or (tensor in inputs and isinstance(tensor.shape, Shape))
            for tensor in (*inputs, *outputs, *inside)
        )
    )


def layers_in_order(inputs: TensorTree, outputs: TensorTree) -> tuple[tuple[Layer, LayerCall], ...]:
    """The layers of a functional model as Keras lists them, each with its call in the model.

    Layers go by decreasing depth (the longest way to an output), then by when a walk back from the
    outputs first meets them. A model that begins behind a layer has an input layer in its place.
    """
    return _layers_between(tuple(tensors_of(inputs)), tuple(tensors_of(outputs)))


# A graph never changes, and loops over `model.layers[i]` ask for the same one in every round.
@lru_cache(maxsize=16)
def _layers_between(
    inputs: tuple[Tensor, ...], outputs: tuple[Tensor, ...]
) -> tuple[tuple[Layer, LayerCall], ...]:
    stops = frozenset(id(tensor.made_by) for tensor in inputs)
    calls, first_met = calls_of(outputs, stops)
    depth_of_call: dict[int, int] = {}
    depth_of_layer: dict[int, int] = defaultdict(int)
    first_call: dict[int, LayerCall] = {}
    for called in calls:
        depth = depth_of_call.get(id(called), 0)
        call = _beginning(called) if id(called) in stops else called
        first_met.setdefault(id(call.layer), len(first_met))
        depth = depth_of_layer[id(call.layer)] = max(depth, depth_of_layer[id(call.layer)])
        first_call[id(call.layer)] = call
        if call.inputs is None:
            continue
        for tensor in tensors_of(call.inputs):
            if tensor.made_by is not None:
                parent = id(tensor.made_by)
                depth_of_call[parent] = max(depth + 1, depth_of_call.get(parent, 0))
    ordered: Iterable[LayerCall] = sorted(
        first_call.values(),
        key=lambda call: (-depth_of_layer[id(call.layer)], first_met[id(call.layer)]),
    )
    return tuple((call.layer, call) for call in ordered)


def _beginning(call: LayerCall) -> LayerCall:
    """The call that gives a model its input: that of an input layer, which Keras may have to make.

    Source: `clone_graph_nodes` in tf_keras/src/engine/functional_utils.py,
    `clone_keras_tensors` in keras/src/models/functional.py.
    """
    if call.inputs is None:
        return call
    layer = Layer(-1, "InputLayer", call.layer.name, (), call.site)
    return replace(call, layer=layer, inputs=None, weights=())

"""`Sequential`: layers added one by one; the tensors run through as soon as the input is known."""

from __future__ import annotations

from dataclasses import replace

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.evaluation.base import Arguments, Interpreter, method, models
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.libraries import takes_options
from flatlint.evaluation.libraries.keras.applying import (
    Verdict,
    inputs_of,
    record_call,
)
from flatlint.evaluation.libraries.keras.creating import add_layer
from flatlint.evaluation.libraries.keras.inputs import shape_argument, start
from flatlint.evaluation.libraries.keras.models.beginning import (
    add_input_layer,
    are_layers,
    begin,
    shape_or_unknown,
)
from flatlint.evaluation.libraries.keras.models.refusing import (
    agreed,
    is_no_layer,
    not_a_layer,
    refuse_model,
    same_names,
)
from flatlint.evaluation.libraries.keras.models.replaying import (
    check_input,
    conflicts_inside,
    first_conflict,
    is_let_in_unseen,
    muted,
)
from flatlint.evaluation.libraries.keras.nesting import tensor_tree
from flatlint.evaluation.objects import LayerObject, SequentialObject
from flatlint.evaluation.values import Either, Ref, Value
from flatlint.graph import Conflict, Tensor, Unknown, WhyUnknown, tensors_of
from flatlint.shapes import Shape


@models("keras.Sequential", "keras.models.Sequential", "keras.engine.sequential.Sequential",
        "keras.engine.Sequential")  # fmt: skip
def sequential(
    run: Interpreter,
    layers: Value = None,
    name: Value = None,
    trainable: Value = True,
    **_: Value,
) -> Value:
    """`Sequential(layers, name=…)`."""
    made = add_layer(run, "Sequential", (), name if isinstance(name, str) else None)
    held = run.object_at(made)
    assert isinstance(held, LayerObject)
    run.state.replace(made, SequentialObject(held.layer, trainable=trainable))
    _add_all(run, made, layers)
    return made


@method(SequentialObject, "__init__")
def init(run: Interpreter, ref: Ref, layers: Value = None, name: Value = None, **_: Value) -> Value:
    """`super().__init__(layers)` in a class of the program's own."""
    held = run.object_at(ref)
    assert isinstance(held, SequentialObject)
    if isinstance(name, str):
        layer = replace(held.layer, name=name)
        run.recorder.layers[layer.number] = layer
        run.state.replace(ref, replace(held, layer=layer))
    _add_all(run, ref, layers)
    return None


def _add_all(run: Interpreter, made: Ref, layers: Value) -> None:
    if layers is None:
        return
    single = isinstance(run.object_at(layers), LayerObject)
    items, rest = ([layers], None) if single else elements(run, layers)
    for item in items:
        add(run, made, item)
    if rest is not None:
        add(run, made, rest if isinstance(rest, Unknown) else run.unknown(WhyUnknown.LOOP))


@method(SequentialObject, "add")
@takes_options
def add(run: Interpreter, ref: Ref, layer: Value, rebuild: Value = True) -> Value:
    """`model.add(layer)`: the layer is applied to the output so far, if there is one."""
    held = run.object_at(ref)
    assert isinstance(held, SequentialObject)
    conflict = _refused(run, held, layer)
    if conflict is not None:
        refuse_model(run, held.layer, conflict)
        return None
    if isinstance(layer, Tensor):  # keras.Input(…) stands for its input layer
        _refuse_second_input(run, held, layer)
        if held.inputs is None and not held.items:
            run.state.replace(ref, replace(held, inputs=layer))
        return None
    item = run.object_at(layer)
    is_input = isinstance(item, LayerObject) and item.layer.class_name == "InputLayer"
    if is_input and isinstance(layer, Ref):
        _refuse_second_input(run, held, layer)
        add_input_layer(run, ref, held, layer)
        return None
    if isinstance(layer, Either) and are_layers(run, layer):
        if held.inputs is None and not held.items:
            held = begin(run, ref, held, layer.options[0])
        run.state.replace(ref, replace(held, items=(*held.items, layer), is_whole=False))
        if held.inputs is not None:
            _extend(run, ref, layer)
        return None
    if not isinstance(item, LayerObject):
        unknown = layer if isinstance(layer, Unknown) else run.unknown(WhyUnknown.NOT_MODELLED)
        last = _last(held)
        run.recorder.escaped += [last] if last is not None else []
        outputs = (*held.outputs, Tensor(unknown)) if held.inputs else ()
        changed = replace(held, items=(*held.items, layer), outputs=outputs, is_whole=False)
        run.state.replace(ref, changed)
        return None
    if held.inputs is None and not held.items:
        held = begin(run, ref, held, layer)
    run.state.replace(ref, replace(held, items=(*held.items, layer)))
    if held.inputs is not None:
        _extend(run, ref, layer)
    return None


def _refuse_second_input(run: Interpreter, held: SequentialObject, layer: Value) -> None:
    """A model that has its input already takes no other one; Keras 2 ignores it."""

    def check(era: Era) -> ShapeConflict | None:
        if era is not Era.KERAS_3 or held.inputs is None:
            return None
        return ShapeConflict(
            "the Sequential has its input already, and an Input is added",
            f"Sequential model {held.layer.name!r} has already been configured to use input shape",
        )

    conflict = agreed(run, check)
    if conflict is not None:
        refuse_model(run, held.layer, conflict)


def _refused(run: Interpreter, held: SequentialObject, layer: Value) -> Conflict | None:
    """What Keras has against a value as the next layer of a model."""
    if is_no_layer(run, layer):
        return agreed(run, not_a_layer(layer))
    added = run.object_at(layer)
    if not isinstance(added, LayerObject) or not held.is_whole:
        return None
    others = (run.object_at(item) for item in held.items)
    layers = [other.layer for other in others if isinstance(other, LayerObject)]
    return agreed(run, same_names(run, [*layers, added.layer], is_sequential=True))


def _extend(run: Interpreter, ref: Ref, layer: Value) -> None:
    """Run the output so far through one more layer."""
    held = run.object_at(ref)
    assert isinstance(held, SequentialObject) and held.inputs is not None
    last = held.outputs[-1] if held.outputs else held.inputs
    output = run.call(layer, Arguments((last,)), run.here.node)
    _leave_open(run)
    if not isinstance(output, Tensor):
        tensors = list(tensors_of_value(run, output))
        unknown = run.unknown(WhyUnknown.ARGUMENT, "a layer with several outputs")
        output = tensors[0] if len(tensors) == 1 else Tensor(unknown)
    held = run.object_at(ref)
    assert isinstance(held, SequentialObject)
    run.state.replace(ref, replace(held, outputs=(*held.outputs, output)))


NOT_INFERRED = "We could not automatically infer"
"""What Keras 3 says of a `Lambda` that it runs in vain, and what a `Sequential` catches."""


def _leave_open(run: Interpreter) -> None:
    """A `Sequential` of Keras 3 takes a `Lambda` that it cannot infer, and stays without a shape.

    Source: `build` in keras/src/models/sequential.py.
    """
    call = run.recorder.calls[-1] if run.recorder.calls else None
    is_lambda = call is not None and call.layer.class_name == "Lambda"
    if call is None or call.conflict is None or NOT_INFERRED not in call.conflict.keras:
        return
    if is_lambda and Era.KERAS_3 in run.eras:
        run.recorder.calls[-1] = replace(call, conflict=None)


def tensors_of_value(run: Interpreter, value: Value) -> list[Tensor]:
    """The tensors in a nest of values."""
    return list(tensors_of(tensor_tree(run, value)))


@method(SequentialObject, "pop")
def pop(run: Interpreter, ref: Ref, rebuild: Value = True) -> Value:
    """`model.pop()` takes the last layer off."""
    held = run.object_at(ref)
    assert isinstance(held, SequentialObject)
    if not held.items:
        return None
    changed = replace(held, items=held.items[:-1], outputs=held.outputs[: len(held.items) - 1])
    if not changed.items and run.eras == (Era.KERAS_2,):
        changed = replace(changed, inputs=None)  # `pop` of tf_keras/src/engine/sequential.py
    run.state.replace(ref, changed)
    return held.items[-1]


@method(SequentialObject, "build")
def build(run: Interpreter, ref: Ref, input_shape: Value = None) -> Value:
    """`model.build(input_shape)`: a shape with the batch axis in front."""
    held = run.object_at(ref)
    assert isinstance(held, SequentialObject)
    if held.inputs is None and input_shape is not None:
        build_on(run, ref, shape_argument(run, input_shape))
    elif held.inputs is None and held.is_whole and not _has_met_data(run, held):
        _refuse_build_on_nothing(run, held)
    return None


def _has_met_data(run: Interpreter, held: SequentialObject) -> bool:
    met = any(call.model.layer is held.layer for call in run.recorder.data_calls)
    return met or bool(held.calls)


def _refuse_build_on_nothing(run: Interpreter, held: SequentialObject) -> None:
    """Keras 3 waits for the data; source: `build` of tf_keras/src/engine/sequential.py."""

    def check(era: Era) -> ShapeConflict | None:
        if era is not Era.KERAS_2:
            return None
        return ShapeConflict(
            "the Sequential is to be built, and neither a layer of it nor the call says for "
            "what input shape",
            "You must provide an `input_shape` argument.",
        )

    conflict = agreed(run, check)
    if conflict is not None:
        refuse_model(run, held.layer, conflict)


def build_on(
    run: Interpreter, ref: Ref, shape: Shape | UnknownArgument, dtype: str | None = None
) -> None:
    """Build a model that has no input yet for inputs of this shape."""
    held = run.object_at(ref)
    assert isinstance(held, SequentialObject)
    inputs = start(run, shape, dtype=dtype)
    assert isinstance(inputs, Tensor)
    run.state.replace(ref, replace(held, inputs=inputs, outputs=()))
    for item in held.items:
        _extend(run, ref, item)


def call_sequential(run: Interpreter, ref: Ref, arguments: Arguments) -> Value:
    """`model(x)`: built on the first call, checked against its input on every other."""
    held = run.object_at(ref)
    assert isinstance(held, SequentialObject)
    inputs = inputs_of(run, arguments)
    given = next(tensors_of(inputs), None)
    if given is None:
        return run.unknown(WhyUnknown.ARGUMENT, "what the model is called on")
    if held.inputs is None:
        build_on(run, ref, shape_or_unknown(given))
        held = run.object_at(ref)
        assert isinstance(held, SequentialObject)
        return record_call(run, ref, inputs, Verdict(_output_of(held)), inside=_last(held))
    conflict = check_input(run, held.layer, held.inputs, given, is_functional=False)
    if conflict is not None:
        return record_call(run, ref, inputs, Verdict(_unknown_output(), None, conflict))
    if is_let_in_unseen(run, held.inputs, given):
        return record_call(run, ref, inputs, Verdict(_unknown_output()), inside=_last(held))
    if isinstance(given.shape, Shape) and given.shape != held.inputs.shape:
        verdict = _through_again(run, held, given)
        return record_call(run, ref, inputs, verdict, inside=_last(held))
    return record_call(run, ref, inputs, Verdict(_output_of(held)), inside=_last(held))


def _through_again(run: Interpreter, held: SequentialObject, given: Tensor) -> Verdict:
    """What the layers make of an input of another shape than the one they were built on."""

    conflicts: list[Conflict] = []

    def through() -> Value:
        value: Value = given
        for item in held.items:
            conflicts.extend(conflicts_inside(run, run.object_at(item), value))
            value = run.call(item, Arguments((value,)), run.here.node)
        return value

    value, calls = muted(run, through)
    conflict = next(iter(conflicts), None) or first_conflict(calls)
    if isinstance(value, Tensor) and conflict is None:
        return Verdict(shape_or_unknown(value))
    return Verdict(_unknown_output(), None, conflict)


def _last(held: SequentialObject) -> Tensor | None:
    return held.outputs[-1] if held.outputs else held.inputs


def _output_of(held: SequentialObject) -> Shape | UnknownArgument:
    last = _last(held)
    return shape_or_unknown(last) if last is not None else _unknown_output()


def _unknown_output() -> UnknownArgument:
    return UnknownArgument("the model's output is not known")

"""Layers and models of the program's own: classes that derive from Keras's."""

from __future__ import annotations

from dataclasses import replace

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.names import resolve_layer, resolve_model
from flatlint.catalogue.spec import Weight
from flatlint.evaluation.base import (
    Arguments,
    Interpreter,
    attribute,
    called,
    instantiates,
    method,
)
from flatlint.evaluation.classes import find_in_class, initialise
from flatlint.evaluation.iteration import as_tuple
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.libraries.keras.applying import (
    Verdict,
    inputs_of,
    judge_call,
    record_call,
)
from flatlint.evaluation.libraries.keras.creating import add_layer, given_name, read_spec
from flatlint.evaluation.libraries.keras.inputs import shape_argument, start
from flatlint.evaluation.libraries.keras.models.called_on_nothing import (
    refused_without_inputs,
    required_parameter,
)
from flatlint.evaluation.libraries.keras.models.tracking import weights_inside
from flatlint.evaluation.libraries.keras.nesting import shapes_from, tensor_tree
from flatlint.evaluation.libraries.keras.operations.recording import operation
from flatlint.evaluation.libraries.keras.operations.symbolic import entered_layer
from flatlint.evaluation.objects import (
    DictObject,
    Instance,
    LayerObject,
    ListObject,
    SequentialObject,
    SubclassObject,
)
from flatlint.evaluation.values import (
    BoundMethod,
    Function,
    LibraryMethod,
    Ref,
    UserClass,
    Value,
    shape_value,
)
from flatlint.graph import Tensor, WhyUnknown, tensors_of
from flatlint.shapes import Shape


@instantiates("keras")
def make_instance(
    run: Interpreter, cls: UserClass, base: str, arguments: Arguments
) -> Value | None:
    """An instance of a class that derives from a Keras layer or model, its `__init__` called."""
    model = resolve_model(base, run.eras)
    layer = resolve_layer(base, run.eras)
    is_plain_layer = base.rpartition(".")[2] == "Layer"
    if model is None and layer is None and not is_plain_layer:
        return None
    made = add_layer(run, cls.name, (), given_name(arguments))
    held = run.object_at(made)
    assert isinstance(held, LayerObject)
    subclass: LayerObject
    if model == "Sequential" and find_in_class(run, cls, "call") is None:
        subclass = SequentialObject(held.layer, instance=Instance(cls))
    else:
        subclass = SubclassObject(held.layer, instance=Instance(cls), is_model=model is not None)
    run.state.replace(made, subclass)
    initialise(run, made, cls, arguments)
    if find_in_class(run, cls, "__init__") is not None:
        return made
    if isinstance(subclass, SequentialObject):
        run.call(LibraryMethod(made, "__init__"), arguments, run.here.node)
    elif layer is not None:
        _initialise_base(run, made, layer, arguments)
    return made


def _initialise_base(run: Interpreter, ref: Ref, class_name: str, arguments: Arguments) -> None:
    """The arguments of the Keras layer that the class derives from."""
    held = run.object_at(ref)
    assert isinstance(held, SubclassObject)
    specs = []
    for era in run.eras:
        try:
            spec = read_spec(run, class_name, arguments, era, class_name)
        except (ShapeConflict, NotKnown):
            return
        if spec is not None:
            specs.append(spec)
    layer = replace(held.layer, specs=tuple(specs))
    run.recorder.layers[held.layer.number] = layer
    run.state.replace(ref, replace(held, layer=layer))


@method(SubclassObject, "__init__")
def init(run: Interpreter, ref: Ref, *positional: Value, **keywords: Value) -> Value:
    """`super().__init__(…)`: names the layer, and gives a derived Keras layer its arguments."""
    held = run.object_at(ref)
    assert isinstance(held, SubclassObject) and held.instance is not None
    name = keywords.get("name")
    if isinstance(name, str):
        layer = replace(held.layer, name=name)
        run.recorder.layers[held.layer.number] = layer
        run.state.replace(ref, replace(held, layer=layer))
    if "inputs" in keywords and "outputs" in keywords:
        _become_functional(run, ref, keywords["inputs"], keywords["outputs"])
    elif held.is_model and len(positional) >= 2:
        _become_functional(run, ref, positional[0], positional[1])
    else:
        _init_derived(run, ref, Arguments(positional, keywords))
    return None


def _become_functional(run: Interpreter, ref: Ref, inputs: Value, outputs: Value) -> None:
    held = run.object_at(ref)
    assert isinstance(held, SubclassObject)
    changed = replace(held, inputs=tensor_tree(run, inputs), outputs=tensor_tree(run, outputs))
    run.state.replace(ref, changed)


def _init_derived(run: Interpreter, ref: Ref, arguments: Arguments) -> None:
    held = run.object_at(ref)
    assert isinstance(held, SubclassObject) and held.instance is not None
    for current in held.instance.cls.bases:
        path = getattr(current, "path", None)
        layer = resolve_layer(path, run.eras) if isinstance(path, str) else None
        if layer is not None and layer != "Layer":
            _initialise_base(run, ref, layer, arguments)


@called(SubclassObject)
def call_subclass(run: Interpreter, ref: Ref, arguments: Arguments) -> Value:
    """`layer(x)`: by the program's own `__call__`, if it has one."""
    held = run.object_at(ref)
    assert isinstance(held, SubclassObject) and held.instance is not None
    own_call = find_in_class(run, held.instance.cls, "__call__")
    if isinstance(own_call, Function):  # Keras's own is never reached, unless by `super()`
        return run.call(BoundMethod(ref, own_call), arguments, run.here.node)
    return call_as_keras_does(run, ref, arguments)


@method(SubclassObject, "__call__")
@takes_arguments
def call_of_base(run: Interpreter, arguments: Arguments) -> Value:
    """`super().__call__(x)`."""
    ref = arguments.positional[0]
    assert isinstance(ref, Ref)
    return call_as_keras_does(run, ref, replace(arguments, positional=arguments.positional[1:]))


def call_as_keras_does(run: Interpreter, ref: Ref, arguments: Arguments) -> Value:
    """`build` once, then `call`, recorded as a call of the layer."""
    held = run.object_at(ref)
    assert isinstance(held, SubclassObject) and held.instance is not None
    inputs = inputs_of(run, arguments)
    method_ = find_in_class(run, held.instance.cls, "call")
    if not isinstance(method_, Function):
        return _call_derived(run, ref, held, arguments)
    name, class_name = required_parameter(method_), held.layer.class_name
    if (value := refused_without_inputs(run, ref, arguments, name, class_name)) is not None:
        return value
    with entered_layer(run):
        if not held.is_built:
            _build(run, ref, arguments)
        value = run.call(BoundMethod(ref, method_), arguments, run.here.node)
    held = run.object_at(ref)
    assert isinstance(held, SubclassObject)
    if held.is_model and held.inputs is None:
        changed = replace(held, inputs=inputs, outputs=tensor_tree(run, value))
        run.state.replace(ref, changed)
    output, inside = shapes_from(run, value), tensor_tree(run, value)
    held = run.object_at(ref)
    assert isinstance(held, SubclassObject)
    run.state.replace(ref, replace(held, weights=weights_inside(run, held)))
    return record_call(run, ref, inputs, Verdict(output, None), inside=inside)


@method(SubclassObject, "call")
@takes_arguments
def call_of_base_class(run: Interpreter, arguments: Arguments) -> Value:
    """`super().call(x)` of a class that extends a layer of Keras: tensors, and no call recorded."""
    held = run.object_at(arguments.positional[0])
    assert isinstance(held, SubclassObject)
    given = replace(arguments, positional=arguments.positional[1:])
    if not held.layer.specs:
        return run.unknown(WhyUnknown.NOT_MODELLED, "`call` of the base class")
    verdict = judge_call(run, held.layer, given)
    if verdict.weights is not None and not held.own_weights:
        ref = arguments.positional[0]
        assert isinstance(ref, Ref)
        run.state.replace(ref, replace(held, own_weights=verdict.weights))
    tensors = list(tensors_of(inputs_of(run, given)))
    return operation(run, held.layer.class_name, tensors, verdict.output, verdict.conflict)


def _call_derived(run: Interpreter, ref: Ref, held: SubclassObject, arguments: Arguments) -> Value:
    verdict = judge_call(run, held.layer, arguments)
    return record_call(run, ref, inputs_of(run, arguments), verdict)


def _build(run: Interpreter, ref: Ref, arguments: Arguments) -> None:
    """Call the program's `build` with the shape of the first argument."""
    held = run.object_at(ref)
    assert isinstance(held, SubclassObject) and held.instance is not None
    run.state.replace(ref, replace(held, is_built=True))
    build = find_in_class(run, held.instance.cls, "build")
    if isinstance(build, Function) and arguments.positional:
        shape = _shape_argument(run, arguments.positional[0])
        run.call(BoundMethod(ref, build), Arguments((shape,)), run.here.node)


def _shape_argument(run: Interpreter, value: Value) -> Value:
    shapes = shapes_from(run, value)
    if isinstance(shapes, Shape):
        return shape_value(shapes)
    if isinstance(shapes, list):
        parts = [shape_value(part) for part in shapes if isinstance(part, Shape)]
        if len(parts) == len(shapes):
            return run.allocate(ListObject(tuple(parts)))
    return run.unknown(WhyUnknown.ARGUMENT, "the shape of the input")


@method(SubclassObject, "build")
def build_model(run: Interpreter, ref: Ref, input_shape: Value = None) -> Value:
    """`model.build(input_shape)` calls the model on an input of that shape."""
    held = run.object_at(ref)
    assert isinstance(held, SubclassObject)
    if held.is_model and not held.is_built and input_shape is not None:
        inputs = _inputs_of_shapes(run, input_shape)
        if inputs is not None:
            run.call(ref, Arguments((inputs,)), run.here.node)
    return None


def _inputs_of_shapes(run: Interpreter, shapes: Value) -> Value | None:
    """Tensors of these shapes: one shape, a list or a dict of them."""
    known = shape_argument(run, shapes)
    if isinstance(known, Shape):
        return start(run, known)
    held = run.object_at(shapes)
    if isinstance(held, DictObject) and held.is_whole:
        named = {key: _inputs_of_shapes(run, part) for key, part in held.entries.items()}
        return None if None in named.values() else run.allocate(DictObject(named))
    parts = as_tuple(run, shapes)
    if not isinstance(parts, tuple) or not parts:
        return None
    tensors = tuple(_inputs_of_shapes(run, part) for part in parts)
    return None if None in tensors else run.allocate(ListObject(tensors))


@method(SubclassObject, "add_weight", "add_variable")
def add_weight(
    run: Interpreter,
    ref: Ref,
    name: Value = None,
    shape: Value = None,
    dtype: Value = None,
    initializer: Value = None,
    regularizer: Value = None,
    trainable: Value = True,
    constraint: Value = None,
    **_: Value,
) -> Value:
    """A variable of the layer's own; Keras 3 takes the shape first, Keras 2 the name."""
    held = run.object_at(ref)
    assert isinstance(held, SubclassObject)
    if (
        isinstance(shape, str)
        or (shape is None and name is not None)
        or not isinstance(name, str | None)
    ):
        name, shape = shape, name
    known = shape_argument(run, shape if shape is not None else ())
    if isinstance(known, UnknownArgument):
        unknown = run.unknown(WhyUnknown.ARGUMENT, "the shape of a variable")
        return Tensor(unknown)
    weight = Weight(str(name), known.dims, trainable is not False)
    run.state.replace(ref, replace(held, own_weights=(*held.own_weights, weight)))
    return Tensor(known)


@method(SubclassObject, "add_loss", "add_metric", "add_update", "set_weights", "get_config")
def nothing(run: Interpreter, ref: Ref, *_: Value, **__: Value) -> Value:
    """Methods of a layer that change no shape."""
    return None


@attribute(SubclassObject, "built")
def built(run: Interpreter, ref: Ref) -> Value:
    """Whether the layer has its variables."""
    held = run.object_at(ref)
    assert isinstance(held, SubclassObject)
    return held.is_built

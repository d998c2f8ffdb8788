"""What programs ask of layers and models: layers, shapes, outputs, names, parameters."""

from __future__ import annotations

from dataclasses import replace

from flatlint.catalogue.spec import ShapeTree
from flatlint.evaluation.base import Interpreter, attribute, method, models
from flatlint.evaluation.libraries.keras.models.functional import (
    is_whole,
    layers_in_order,
    output_tree,
)
from flatlint.evaluation.libraries.keras.models.summarising import model_graph, params_of
from flatlint.evaluation.libraries.keras.models.untold import refuse_ends, refuse_missing_layer
from flatlint.evaluation.objects import (
    FunctionalObject,
    LayerObject,
    ListObject,
    ModelObject,
    SequentialObject,
    SubclassObject,
)
from flatlint.evaluation.values import Ref, Value, shape_value, size_value
from flatlint.graph import Tensor, TensorTree, Unknown, WhyUnknown, tensors_of
from flatlint.shapes import Expression, Shape


def inputs_and_outputs(run: Interpreter, ref: Ref) -> tuple[TensorTree, TensorTree]:
    """The tensors that go into and come out of a layer or model; `None` where there are none."""
    held = run.object_at(ref)
    match held:
        case SequentialObject(inputs=Tensor() as inputs, outputs=outputs):
            return inputs, outputs[-1] if outputs else inputs
        case FunctionalObject() | SubclassObject():
            return held.inputs, held.outputs
        case LayerObject(calls=(call, *_)):
            made = [
                Tensor(shape, call, index)
                for index, shape in enumerate(_shapes(output_of(call.output)))
            ]
            return call.inputs, made[0] if len(made) == 1 else made
    return None, None


def _layer_at(run: Interpreter, ref: Ref) -> LayerObject:
    held = run.object_at(ref)
    assert isinstance(held, LayerObject)
    return held


def output_of(tree: ShapeTree) -> list[ShapeTree]:
    """The outputs of a call as a list."""
    return list(tree) if isinstance(tree, list | tuple) else [tree]


def _shapes(trees: list[ShapeTree]) -> list[Shape]:
    return [tree for tree in trees if isinstance(tree, Shape)]


def _tensor_value(run: Interpreter, tree: TensorTree, what: str) -> Value:
    match tree:
        case Tensor():
            return tree
        case list() | tuple() if tree:
            return run.allocate(ListObject(tuple(_tensor_value(run, t, what) for t in tree)))
        case _:
            return run.unknown(WhyUnknown.NOT_DEFINED, what)


@attribute(LayerObject, "output")
def output(run: Interpreter, ref: Ref) -> Value:
    """The output tensor of a layer's first call, or of a model."""
    refuse_ends(run, _layer_at(run, ref), "output")
    return _tensor_value(run, inputs_and_outputs(run, ref)[1], "the output of the layer")


@attribute(LayerObject, "input")
def input_(run: Interpreter, ref: Ref) -> Value:
    """The input tensor of a layer's first call, or of a model."""
    refuse_ends(run, _layer_at(run, ref), "input")
    return _tensor_value(run, inputs_and_outputs(run, ref)[0], "the input of the layer")


@attribute(LayerObject, "outputs")
def outputs(run: Interpreter, ref: Ref) -> Value:
    """The output tensors of a model as a list."""
    refuse_ends(run, _layer_at(run, ref), "outputs")
    return _list_of(run, inputs_and_outputs(run, ref)[1])


@attribute(LayerObject, "inputs")
def inputs(run: Interpreter, ref: Ref) -> Value:
    """The input tensors of a model as a list."""
    refuse_ends(run, _layer_at(run, ref), "inputs")
    return _list_of(run, inputs_and_outputs(run, ref)[0])


def _list_of(run: Interpreter, tree: TensorTree) -> Value:
    """The tensors of one end of a model; an unknown value may stand for any number of them."""
    match tree:
        case Tensor(shape=Unknown() as unknown, made_by=None):
            return unknown
    tensors = tuple(tensors_of(tree))
    return run.allocate(ListObject(tensors)) if tensors else run.unknown(WhyUnknown.NOT_DEFINED)


def _shape_answer(run: Interpreter, tree: TensorTree) -> Value:
    shapes = output_of(output_tree(tree))
    values = [shape_value(shape) for shape in shapes if isinstance(shape, Shape)]
    if len(values) != len(shapes) or not values:
        return run.unknown(WhyUnknown.ARGUMENT, "the shape of the layer")
    return values[0] if len(values) == 1 else run.allocate(ListObject(tuple(values)))


@attribute(LayerObject, "output_shape")
def output_shape(run: Interpreter, ref: Ref) -> Value:
    """The output shape with its batch axis."""
    refuse_ends(run, _layer_at(run, ref), "output_shape")
    return _shape_answer(run, inputs_and_outputs(run, ref)[1])


@attribute(LayerObject, "input_shape")
def input_shape(run: Interpreter, ref: Ref) -> Value:
    """The input shape with its batch axis."""
    refuse_ends(run, _layer_at(run, ref), "input_shape")
    return _shape_answer(run, inputs_and_outputs(run, ref)[0])


@method(LayerObject, "get_output_at")
def get_output_at(run: Interpreter, ref: Ref, node_index: Value) -> Value:
    """The output of the call with this index."""
    held = run.object_at(ref)
    assert isinstance(held, LayerObject)
    if isinstance(node_index, int) and 0 <= node_index < len(held.calls):
        call = held.calls[node_index]
        if isinstance(call.output, Shape):
            return Tensor(call.output, call)
    return run.unknown(WhyUnknown.NOT_DEFINED, "the output of the layer")


@attribute(LayerObject, "name")
def name(run: Interpreter, ref: Ref) -> Value:
    """The layer's name."""
    held = run.object_at(ref)
    assert isinstance(held, LayerObject)
    return held.layer.name


@method(LayerObject, "__getattr__")
def argument_of_constructor(run: Interpreter, ref: Ref, name: Value) -> Value:
    """`layer.units`: Keras keeps most arguments under their own names.

    Keras 2 makes a list of an `axis`.
    """
    values = [getattr(spec, str(name), None) for spec in _layer_at(run, ref).layer.specs]
    if (
        values
        and name != "axis"
        and all(value == values[0] and _is_plain(value) for value in values)
    ):
        return values[0]
    return run.unknown(WhyUnknown.NOT_MODELLED, f"the attribute `{name}` of a layer")


def _is_plain(value: object) -> bool:
    """Whether Keras keeps an argument as it is, and makes no object of it."""
    parts = value if isinstance(value, tuple) else (value,)
    return all(isinstance(part, int | float | Expression) for part in parts)


def layers_of(run: Interpreter, ref: Ref) -> tuple[Value, ...] | None:
    """The layers of a model, in Keras's order; `None` where they are not known."""
    held = run.object_at(ref)
    if isinstance(held, SequentialObject):
        return held.items if held.is_whole else None
    if isinstance(held, FunctionalObject):
        found = layers_in_order(held.inputs, held.outputs)
        wanted = [layer for layer, call in found if not call.is_operation]
        return tuple(
            run.state.ref_of(layer) or run.allocate(LayerObject(layer)) for layer in wanted
        )
    if isinstance(held, SubclassObject) and held.instance is not None:
        return tuple(
            value
            for value in held.instance.attributes.values()
            if isinstance(run.object_at(value), LayerObject)
        )
    return None


@attribute(LayerObject, "layers")
def layers(run: Interpreter, ref: Ref) -> Value:
    """`model.layers`."""
    found = layers_of(run, ref)
    if found is None or not _are_all(run, ref):
        return run.unknown(WhyUnknown.BRANCHES_DIFFER, "the layers of the model")
    return run.allocate(ListObject(found))


def _are_all(run: Interpreter, ref: Ref) -> bool:
    """Whether the layers that are known of a model are all that it has."""
    held = run.object_at(ref)
    return not isinstance(held, FunctionalObject) or is_whole(held)


@method(LayerObject, "get_layer")
def get_layer(run: Interpreter, ref: Ref, name: Value = None, index: Value = None) -> Value:
    """`model.get_layer(name)` or `(index=…)`."""
    found = layers_of(run, ref)
    if found is None:
        return run.unknown(WhyUnknown.BRANCHES_DIFFER, "the layers of the model")
    are_all = _are_all(run, ref)
    if are_all and isinstance(index, int) and -len(found) <= index < len(found):
        return found[index]
    layers = []
    for layer in found:
        held = run.object_at(layer)
        if isinstance(held, LayerObject) and held.layer.name == name:
            return layer
        layers.append(held.layer if isinstance(held, LayerObject) else None)
    if are_all:
        refuse_missing_layer(run, _layer_at(run, ref), layers, name, index)
    return run.unknown(WhyUnknown.NOT_DEFINED, f"a layer named {name!r}")


@method(LayerObject, "count_params")
def count_params(run: Interpreter, ref: Ref) -> Value:
    """The number of parameters."""
    held = run.object_at(ref)
    assert isinstance(held, LayerObject)
    if isinstance(held, ModelObject):
        total = model_graph(run, ref).total_params
    else:
        total = params_of(held.weights)[0]
    return run.unknown(WhyUnknown.ARGUMENT) if total is None else size_value(total)


@attribute(LayerObject, "trainable")
def trainable(run: Interpreter, ref: Ref) -> Value:
    """Whether the layer trains."""
    held = run.object_at(ref)
    assert isinstance(held, LayerObject)
    return held.trainable


@method(LayerObject, "trainable=")
def set_trainable(run: Interpreter, ref: Ref, value: Value) -> Value:
    """`layer.trainable = False` holds for every layer inside too."""
    held = run.object_at(ref)
    assert isinstance(held, LayerObject)
    run.state.replace(ref, replace(held, trainable=value))
    inner = layers_of(run, ref) if type(held) is not LayerObject else held.parts
    for layer in inner or ():
        if isinstance(layer, Ref) and layer != ref:
            set_trainable(run, layer, value)
    return None


@method(LayerObject, "summary", "load_weights", "save", "save_weights", "set_weights",
        "reset_states", "reset_metrics", "export")  # fmt: skip
def nothing(run: Interpreter, ref: Ref, *_: Value, **__: Value) -> Value:
    """Methods that return nothing and change no shape."""
    return None


@models("keras.models.clone_model", "keras.clone_model")
def clone_model(
    run: Interpreter, model: Value, input_tensors: Value = None, clone_function: Value = None
) -> Value:
    """A model with the same layers and shapes, its variables its own."""
    return model


@models("keras.backend.int_shape", "keras.backend.get_variable_shape")
def int_shape(run: Interpreter, x: Value) -> Value:
    """The shape of a tensor as a tuple."""
    if isinstance(x, Tensor) and isinstance(x.shape, Shape):
        return shape_value(x.shape)
    return x.shape if isinstance(x, Tensor) else run.unknown(WhyUnknown.ARGUMENT, "a shape")

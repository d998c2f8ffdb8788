"""How a `Sequential` gets its input: from an input layer, or from what its first layer declares."""

from __future__ import annotations

from dataclasses import replace

import libcst as cst

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.eras import Era
from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.libraries.keras.inputs import begin_with, declared_start, start
from flatlint.evaluation.libraries.keras.models.refusing import (
    refuse_model,
)
from flatlint.evaluation.objects import FunctionalObject, LayerObject, SequentialObject
from flatlint.evaluation.values import Either, Ref, Value
from flatlint.graph import Conflict, Site, Tensor
from flatlint.shapes import Shape

_INPUT_KEYWORDS = frozenset({"input_shape", "batch_input_shape", "input_dim"})


def are_layers(run: Interpreter, either: Either) -> bool:
    """Whether every option is a layer, and all declare the same input."""
    held = [run.object_at(option) for option in either.options]
    layers = [layer for layer in held if isinstance(layer, LayerObject)]
    if len(layers) != len(held):
        return False
    declared = [declared_start(run, option) for option in either.options if isinstance(option, Ref)]
    is_known = all(shape is None or isinstance(shape, Shape) for shape in declared)
    return is_known and all(shape == declared[0] for shape in declared[1:])


def add_input_layer(run: Interpreter, ref: Ref, held: SequentialObject, layer: Ref) -> None:
    """`InputLayer(…)` gives the model its input and is none of its items."""
    if held.inputs is None and not held.items:
        output = declared_start(run, layer)
        if output is None:
            output = UnknownArgument("the shape of the input is not known")
        inputs = begin_with(run, layer, output)
        assert isinstance(inputs, Tensor)
        run.state.replace(ref, replace(held, inputs=inputs))


def begin(run: Interpreter, ref: Ref, held: SequentialObject, layer: Value) -> SequentialObject:
    """Give the model its input, if the first layer says what it takes."""
    item = run.object_at(layer)
    inputs: Value = None
    match item:
        case SequentialObject() if run.eras == (Era.KERAS_2,):
            return begin(run, ref, held, _deepest_first(run, item))
        case SequentialObject(inputs=Tensor() as inner):
            inputs = start(run, shape_or_unknown(inner))
        case FunctionalObject(inputs=Tensor() as inner):
            inputs = start(run, shape_or_unknown(inner))
        case LayerObject() if isinstance(layer, Ref):
            declared = declared_start(run, layer)
            if (conflict := _no_shape(run, item)) is not None:
                refuse_model(run, item.layer, conflict)
            elif declared is not None:
                # Keras makes the input layer itself: its place is the argument that says so.
                name = f"{item.layer.name}_input"
                said = _argument_of_input(item.layer.site)
                if said is None or said.source is not run.here.source:
                    inputs = start(run, declared, name)
                else:
                    inputs = run.standing_at(said.node, lambda: start(run, declared, name))
    if not isinstance(inputs, Tensor):
        return held
    begun = replace(held, inputs=inputs)
    run.state.replace(ref, begun)
    return begun


def _no_shape(run: Interpreter, layer: LayerObject) -> Conflict | None:
    """`input_shape=(3)` is a number: Keras 2 refuses the layer, Keras 3 the model that it begins.

    Source: `standardize_shape` in keras/src/backend/common/variables.py.
    """
    spec = layer.layer.spec
    given = None if spec is None else spec.input_shape
    if layer.layer.refusal is not None or not isinstance(given, int) or isinstance(given, bool):
        return None
    return Conflict(
        f"{layer.layer.class_name} declares its input by the number {given} and not by a tuple: "
        f"({given},) would be one",
        f"Cannot convert '{given}' to a shape.",
        run.is_guarded,
    )


def _deepest_first(run: Interpreter, held: SequentialObject) -> Value:
    """The layer whose own arguments tell Keras 2 what a model of models takes.

    Source: `get_input_shape_and_dtype` in tf_keras/src/engine/training_utils.py. A `Sequential`
    does not count its input layer among its layers, a functional model does.
    """
    if not held.items:
        return None
    first = held.items[0]
    inner = run.object_at(first)
    return _deepest_first(run, inner) if isinstance(inner, SequentialObject) else first


def _argument_of_input(site: Site) -> Site | None:
    """`input_shape=…` of a layer's constructor call."""
    for argument in site.node.args if isinstance(site.node, cst.Call) else ():
        if argument.keyword is not None and argument.keyword.value in _INPUT_KEYWORDS:
            return Site(site.source, argument)
    return None


def shape_or_unknown(tensor: Tensor) -> Shape | UnknownArgument:
    """The shape of a tensor as a call gives it."""
    if isinstance(tensor.shape, Shape):
        return tensor.shape
    return UnknownArgument(tensor.shape.reason, tensor.shape)

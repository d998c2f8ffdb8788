"""Where tensors begin: `Input`, `InputLayer`, `placeholder`."""

from __future__ import annotations

from dataclasses import replace

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.layers.input_layer import InputLayer
from flatlint.catalogue.signatures import Section
from flatlint.catalogue.spec import LayerSpec, ShapeTree
from flatlint.evaluation.base import Arguments, Interpreter, models
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.libraries.keras.applying import Verdict, record_call
from flatlint.evaluation.libraries.keras.creating import add_layer, create_layer
from flatlint.evaluation.objects import LayerObject, ListObject
from flatlint.evaluation.values import Many, Ref, Value, value_size
from flatlint.graph import Tensor, Unknown, WhyUnknown
from flatlint.shapes import OPEN, UNFIXED, Expression, Shape


@models("keras.Input", "keras.layers.Input", "keras.engine.Input", "keras.engine.topology.Input",
        "keras.engine.input_layer.Input", "keras.layers.core.Input")  # fmt: skip
@takes_arguments
def input_(run: Interpreter, arguments: Arguments) -> Value:
    """`Input(shape, batch_size)`: a tensor `(batch_size, *shape)`.

    Standalone Keras took `batch_shape` where both were given (`Input` of
    keras/engine/input_layer.py, 2.3.1); its successors refuse that.
    """
    if run.is_legacy_keras and {"shape", "batch_shape"} <= arguments.keywords.keys():
        keywords = {key: item for key, item in arguments.keywords.items() if key != "shape"}
        arguments = replace(arguments, keywords=keywords)
    ref = create_layer(run, "InputLayer", arguments, "Input", Section.LAYER_FUNCTIONS)
    declared = declared_start(run, ref)
    if declared is None:
        declared = UnknownArgument("the shape of the input is not known")
    return begin_with(run, ref, declared)


def begin_with(run: Interpreter, ref: Ref, output: ShapeTree) -> Value:
    """The tensor that an input layer of the program starts with."""
    tensor = record_call(run, ref, None, Verdict(output, ()))
    held = run.object_at(ref)
    assert isinstance(held, LayerObject)
    specs = [spec for spec in held.layer.specs if isinstance(spec, InputLayer)]
    if not isinstance(tensor, Tensor) or not specs:
        return tensor
    return replace(
        tensor,
        dtype=specs[-1].first_dtype,
        is_sparse=all(spec.is_sparse for spec in specs),
        is_given=any(spec.is_given for spec in specs),
    )


def shape_argument(run: Interpreter, value: Value) -> Shape | UnknownArgument:
    """A value of the program as a shape; unknown where it is none."""
    found = run.object_at(value)
    match found:
        case ListObject(items=items, rest=None):
            return shape_argument(run, items)
        case tuple():
            sizes = [value_size(part) for part in found]
            known = [size for size in sizes if size is not None]
            if len(known) == len(sizes):
                return Shape(tuple(known))
            return UnknownArgument("an entry of the shape is no size")
        case int() if not isinstance(found, bool):
            return Shape((found,))
        case Unknown():
            return UnknownArgument(found.reason)
        case Expression():
            return UnknownArgument(f"the rank of `{found}` is not known")
        case Many():
            return UnknownArgument("the rank of the shape is not known")
        case _:
            return UnknownArgument("the shape is not known")


def start(
    run: Interpreter, output: ShapeTree, name: str | None = None, dtype: str | None = None
) -> Value:
    """The input tensor of a model whose input is only implied: by `input_shape=`, `build` or data.

    Its layer stands nowhere in the source and is not recorded as one of the program.
    """
    ref = add_layer(run, "InputLayer", (), name or "input")
    run.recorder.layers.pop()
    tensor = record_call(run, ref, None, Verdict(output, ()))
    return replace(tensor, dtype=dtype) if isinstance(tensor, Tensor) else tensor


@models("keras.backend.placeholder", "tensorflow.compat.v1.placeholder", "tensorflow.placeholder")
def placeholder(
    run: Interpreter,
    shape: Value = None,
    ndim: Value = None,
    dtype: Value = None,
    sparse: Value = None,
    name: Value = None,
    ragged: Value = None,
) -> Value:
    """`K.placeholder(shape)`: a tensor of exactly that shape, batch axis included.

    `tf.placeholder` has its dtype first; a shape is what has sizes in it.
    """
    if shape is None and isinstance(ndim, int):
        return Tensor(Shape((OPEN,) * min(ndim, 32)))
    if not isinstance(run.object_at(shape), ListObject | tuple | int):
        shape = ndim
    known = shape_argument(run, shape)
    if isinstance(known, Shape):
        return Tensor(known)
    return Tensor(run.unknown(WhyUnknown.ARGUMENT, known.reason))


def declared_start(run: Interpreter, ref: Ref) -> ShapeTree | None:
    """The input that a layer's arguments declare for a model that begins with it.

    Where an era of the file declares nothing and waits for the data, what another leaves open is
    not open but not known yet.
    """
    held = run.object_at(ref)
    assert isinstance(held, LayerObject)
    found = [_declared_by(spec) for spec in reversed(held.layer.specs)]
    declared = next((shape for shape in found if shape is not None), None)
    if isinstance(declared, Shape) and None in found:
        sizes = (UNFIXED if size == OPEN else size for size in declared[1:])
        return Shape((declared[0], *sizes))
    return declared


def _declared_by(spec: LayerSpec) -> ShapeTree | None:
    try:
        return spec.declared_input()
    except (ShapeConflict, NotKnown):
        return None

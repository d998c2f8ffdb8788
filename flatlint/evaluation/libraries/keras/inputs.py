"""Where tensors begin: `Input`, `InputLayer`, `placeholder`."""

from __future__ import annotations

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.spec import ShapeTree
from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.libraries.keras.applying import Verdict, record_call
from flatlint.evaluation.libraries.keras.creating import add_layer
from flatlint.evaluation.objects import LayerObject, ListObject
from flatlint.evaluation.values import Many, Ref, Value, value_size
from flatlint.graph import Array, Layer, Tensor, Unknown, WhyUnknown
from flatlint.shapes import OPEN, Expression, Shape


@models("keras.Input", "keras.layers.Input", "keras.engine.Input", "keras.engine.topology.Input",
        "keras.engine.input_layer.Input", "keras.layers.core.Input")  # fmt: skip
def input_(
    run: Interpreter,
    shape: Value = None,
    batch_size: Value = None,
    name: Value = None,
    dtype: Value = None,
    sparse: Value = None,
    tensor: Value = None,
    ragged: Value = None,
    type_spec: Value = None,
    batch_shape: Value = None,
    optional: Value = False,
    batch_input_shape: Value = None,
    input_tensor: Value = None,
    **_: Value,
) -> Value:
    """`Input(shape, batch_size)`: a tensor `(batch_size, *shape)`."""
    whole = batch_shape if batch_shape is not None else batch_input_shape
    given = tensor if tensor is not None else input_tensor
    if given is not None:
        output = _shape_of_tensor(given)
    elif whole is not None:
        output = shape_argument(run, whole)
    else:
        output = shape_argument(run, shape)
        if isinstance(output, Shape):
            output = Shape((value_size(batch_size) or OPEN, *output))
    return start(run, output, name if isinstance(name, str) else None, _dtype(dtype))


def _dtype(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def _shape_of_tensor(value: Value) -> ShapeTree:
    if isinstance(value, Tensor | Array) and isinstance(value.shape, Shape):
        return value.shape
    return UnknownArgument("the tensor that the input is made from is not known")


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
    run: Interpreter,
    output: ShapeTree,
    name: str | None = None,
    dtype: str | None = None,
    is_implied: bool = False,
) -> Value:
    """A new input tensor, made by an input layer of its own.

    One that is implied (by `input_shape=`, `build` or data) stands nowhere in the source and is not
    recorded as a layer of the program.
    """
    ref = add_layer(run, "InputLayer", (), name)
    if is_implied:
        run.recorder.layers.pop()
    tensor = record_call(run, ref, None, Verdict(output, ()))
    if isinstance(tensor, Tensor) and dtype is not None:
        return Tensor(tensor.shape, tensor.made_by, tensor.index, dtype)
    return tensor


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


def declared_start(run: Interpreter, ref: Ref) -> tuple[ShapeTree, Layer] | None:
    """The input that a layer's arguments declare for a model that begins with it."""
    held = run.object_at(ref)
    if not isinstance(held, LayerObject):
        return None
    for spec in reversed(held.layer.specs):
        declared = spec.declared_input()
        if declared is not None:
            return declared, held.layer
    return None

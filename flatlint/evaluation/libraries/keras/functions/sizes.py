"""Functions that tell the sizes of tensors, or make tensors of given sizes."""

from __future__ import annotations

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.iteration import as_tuple
from flatlint.evaluation.libraries.keras.functions.elementwise import lost
from flatlint.evaluation.libraries.keras.inputs import shape_argument
from flatlint.evaluation.values import Value, shape_value
from flatlint.graph import Array, Tensor, Unknown
from flatlint.shapes import OPEN, Shape


@models("tensorflow.shape", "keras.backend.shape")
def shape(run: Interpreter, x: Value = None, input: Value = None, **_: Value) -> Value:
    """The sizes; one that is known only while the model runs is a number all the same."""
    given = x if x is not None else input
    if isinstance(given, Tensor | Array) and isinstance(given.shape, Shape):
        sizes = shape_value(given.shape)
        return tuple(OPEN if size is None else size for size in sizes)
    return given.shape if isinstance(given, Tensor | Array) else lost(run, "shape")


@models("keras.ops.shape")
def shape_for_ops(run: Interpreter, x: Value) -> Value:
    """The sizes; outside of a layer an open one is `None`, as in `x.shape`."""
    if not run.layers_entered and isinstance(x, Tensor) and isinstance(x.shape, Shape):
        return shape_value(x.shape)
    return shape(run, x)


@models("tensorflow.TensorShape", "tensorflow.Dimension", "tensorflow.compat.v1.Dimension")
def tensor_shape(run: Interpreter, dims: Value = None) -> Value:
    """A shape as an object: what it is made of."""
    return as_tuple(run, dims)


@models("tensorflow.rank", "keras.backend.ndim", "keras.ops.ndim")
def ndim(run: Interpreter, x: Value) -> Value:
    """The number of axes."""
    if isinstance(x, Tensor | Array) and isinstance(x.shape, Shape):
        return x.shape.rank
    return lost(run, "ndim")


@models("keras.backend.random_normal", "keras.backend.random_uniform", "keras.random.normal",
        "keras.random.uniform", "keras.ops.zeros", "keras.ops.ones", "keras.ops.full",
        "keras.backend.zeros", "keras.backend.ones", "keras.backend.truncated_normal")  # fmt: skip
def filled(run: Interpreter, shape: Value, *_: Value, **__: Value) -> Value:
    """A tensor of a given shape."""
    known = shape_argument(run, shape)
    if isinstance(known, Shape):
        return Tensor(known)
    unknown = known.origin if isinstance(known.origin, Unknown) else lost(run, "shape")
    return Tensor(unknown)

"""Eager tensors made from values, shapes and chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flatlint.evaluation.base import Arguments, Interpreter, method, models
from flatlint.evaluation.libraries import call_model, model_of
from flatlint.evaluation.libraries.keras.functions.ranges import range_
from flatlint.evaluation.libraries.keras.inputs import shape_argument
from flatlint.evaluation.values import Name, Value
from flatlint.graph import Array, Made, Tensor, WhyUnknown
from flatlint.shapes import Shape

FILLED = ("zeros", "ones", "fill", "random.normal", "random.uniform", "random.truncated_normal",
          "random_normal", "random_uniform", "truncated_normal", "random.stateless_uniform",
          "random.stateless_normal", "random.categorical", "random.gamma")  # fmt: skip
"""Functions whose first argument is the shape."""


def _filled(name: str) -> None:
    @models(f"tensorflow.{name}", f"tensorflow.compat.v1.{name}")
    def make(
        run: Interpreter,
        shape: Value = None,
        *_: Value,
        dtype: Value = None,
        dims: Value = None,
        **__: Value,
    ) -> Value:
        known = shape_argument(run, shape if shape is not None else dims)
        made = Made(name, run.here)
        if not isinstance(known, Shape):
            known_shape = run.unknown(WhyUnknown.ARGUMENT, known.reason)
            return Array(known_shape, _dtype(dtype), made=made, library="tensorflow")
        return Array(known, _dtype(dtype), made=made, library="tensorflow")


def _dtype(value: Value) -> str:
    if isinstance(value, Name):
        return value.path.rpartition(".")[2]
    return value if isinstance(value, str) else "float32"


for _name in FILLED:
    _filled(_name)


def _as_numpy(name: str, function: str) -> Callable[..., Value]:
    @models(f"tensorflow.{name}", f"tensorflow.compat.v1.{name}")
    def make(run: Interpreter, value: Value, *rest: Value, **keywords: Value) -> Value:
        if isinstance(value, Tensor):
            return value
        model = model_of(f"numpy.{function}")
        keywords.pop("name", None)
        shape = keywords.pop("shape", None)
        dtype = keywords.pop("dtype", rest[0] if rest else None)
        if model is None:
            return run.unknown(WhyUnknown.NOT_MODELLED, f"tensorflow.{name}")
        array = call_model(run, model, name, Arguments((value,)))
        if not isinstance(array, Array):
            return array
        if shape is not None and isinstance(known := shape_argument(run, shape), Shape):
            array = replace(array, shape=known, values=None)
        own = _dtype(dtype) if dtype is not None else array.dtype
        return replace(array, dtype=own, library="tensorflow")

    return make


for _name in ("constant", "convert_to_tensor", "Variable"):
    _as_numpy(_name, "array")


models("tensorflow.range")(range_)


@method(Array, "numpy")
def numpy_(run: Interpreter, array: Array) -> Value:
    """`tensor.numpy()`."""
    return replace(array, library="numpy")


@method(Array, "get_shape")
def get_shape(run: Interpreter, array: Array) -> Value:
    """`tensor.get_shape()`."""
    return run.attribute(array, "shape", run.here.node)

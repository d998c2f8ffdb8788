"""Models without a declared input: built by the first data that they get."""

from __future__ import annotations

from dataclasses import replace

from flatlint.catalogue.eras import Era
from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.libraries.keras.feeding import Reception
from flatlint.evaluation.libraries.keras.sequential import build_on
from flatlint.evaluation.objects import SequentialObject, SubclassObject
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import Array, Feed, LayerCall, Tensor
from flatlint.shapes import OPEN, Shape


def build_by_data(run: Interpreter, ref: Ref, data: object) -> Reception | None:
    """Build the model at `ref` if nothing has built it yet.

    Gives the reception of the data if a layer refuses it, which is then a matter of the data and
    no longer one of the layer's.
    """
    held = run.object_at(ref)
    arrays = _arrays(data)
    if not arrays:
        return None
    before = len(run.recorder.calls)
    if isinstance(held, SequentialObject) and held.inputs is None and held.items:
        if len(arrays) != 1:
            return None
        build_on(run, ref, _batch_of(run, arrays[0]))
    elif isinstance(held, SubclassObject) and held.is_model and held.inputs is None:
        tensors: list[Value] = [
            Tensor(_batch_of(run, array), dtype=_dtype_of(array)) for array in arrays
        ]
        given = (
            tuple(tensors) if isinstance(data, list | tuple) and len(tensors) > 1 else tensors[0]
        )
        run.call(ref, Arguments((given,)), run.here.node)
    else:
        return None
    refused = _taken_from_record(run, before)
    if refused is None:
        return None
    held = run.object_at(ref)
    assert isinstance(held, SequentialObject | SubclassObject)
    feeds = [Feed(array, Tensor(_batch_of(run, array))) for array in arrays]
    feeds[0] = replace(feeds[0], conflict=refused.conflict, refused_by=refused)
    return Reception(tuple(feeds))


def _arrays(data: object) -> list[Array]:
    parts = data if isinstance(data, list | tuple) else [data]
    arrays = [
        part
        for part in parts
        if isinstance(part, Array) and isinstance(part.shape, Shape) and part.shape.rank
    ]
    return arrays if len(arrays) == len(parts) else []


def _dtype_of(array: Array) -> str | None:
    """The element type that reaches the layers: floats of any width become those of Keras."""
    return "float32" if array.dtype is not None and "float" in array.dtype else array.dtype


def _batch_of(run: Interpreter, array: Array) -> Shape:
    """The shape that the layers get: until TensorFlow 2.6 Keras gave bare samples an axis."""
    assert isinstance(array.shape, Shape)
    rest = array.shape[1:]
    if not rest and any(era is not Era.KERAS_3 for era in run.eras):
        rest = (1,)
    return Shape((OPEN, *rest))


def _taken_from_record(run: Interpreter, before: int) -> LayerCall | None:
    """The first refusal among the calls since `before`; none of them is the layer's own fault."""
    calls = run.recorder.calls
    refused = next((call for call in calls[before:] if call.conflict is not None), None)
    if refused is not None:
        calls[before:] = [replace(call, conflict=None) for call in calls[before:]]
    return refused

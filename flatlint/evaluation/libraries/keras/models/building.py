"""Models without a declared input: built by the first data that they get."""

from __future__ import annotations

from dataclasses import replace

from flatlint.catalogue.eras import Era
from flatlint.catalogue.listed_inputs import is_list_taken
from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.libraries.keras.models.feeding import Reception
from flatlint.evaluation.libraries.keras.models.sequential import build_on
from flatlint.evaluation.objects import SequentialObject, SubclassObject
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import Array, Conflict, Feed, LayerCall, Tensor
from flatlint.shapes import OPEN, Shape

CONVOLUTIONS = frozenset({"Conv1D", "Conv2D", "Conv3D"})


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
        # Keras 3 declares an input of floats then, which casts whatever comes.
        dtype = _dtype_of(arrays[0]) if run.eras == (Era.KERAS_2,) else None
        build_on(run, ref, _batch_of(run, arrays[0]), dtype)
    elif isinstance(held, SubclassObject) and held.is_model and held.inputs is None:
        tensors: list[Value] = [
            Tensor(_batch_of(run, array), dtype=_dtype_of(array)) for array in arrays
        ]
        given = tuple(tensors) if isinstance(data, list | tuple) else tensors[0]
        run.call(ref, Arguments((given,)), run.here.node)
    else:
        return None
    refused = (
        _taken_from_record(run, before)
        or _list_refused(run, held, data, before)
        or _integers_refused(run, before)
    )
    if refused is None:
        return None
    held = run.object_at(ref)
    assert isinstance(held, SequentialObject | SubclassObject)
    feeds = [Feed(array, Tensor(_batch_of(run, array))) for array in arrays]
    feeds[0] = replace(feeds[0], conflict=refused.conflict, refused_by=refused)
    return Reception(tuple(feeds))


def _list_refused(run: Interpreter, held: object, data: object, before: int) -> LayerCall | None:
    """Without a declared input a `Sequential` hands a list on to its first layer as it is.

    A layer that makes its variables for the size of its input cannot do so for a list; others may
    compute with it, as long as nobody asks for their shape.
    """
    calls = run.recorder.calls[before + 1 :]
    if not isinstance(held, SequentialObject) or not isinstance(data, list | tuple) or not calls:
        return None
    name = calls[0].layer.class_name
    if not calls[0].weights or any(not _builds_on_one(name, era) for era in run.eras):
        return None
    conflict = Conflict(
        f"{calls[0].layer.class_name} gets a list, since the model declares no input of its own: "
        "the array itself is wanted",
        "'tuple' object has no attribute 'shape'",
        run.is_guarded,
    )
    return replace(calls[0], conflict=conflict)


def _builds_on_one(class_name: str, era: Era) -> bool:
    """Whether a layer with variables must be built on one tensor; Keras gives it a tuple here."""
    is_table = class_name == "Embedding" and era is Era.KERAS_2
    return not (is_table or era is Era.KERAS_1 or is_list_taken(class_name, era))


def _integers_refused(run: Interpreter, before: int) -> LayerCall | None:
    """TensorFlow convolves floats alone, and without a declared input nothing casts to them."""
    for call in run.recorder.calls[before:]:
        given = call.inputs
        if call.layer.class_name not in CONVOLUTIONS or Era.KERAS_1 in run.eras:
            continue
        if isinstance(given, Tensor) and (given.dtype or "").startswith(("int", "uint", "bool")):
            conflict = Conflict(
                f"{call.layer.class_name} takes floats, and gets {given.dtype}: "
                'x.astype("float32") makes floats of it',
                f"Value passed to parameter 'input' has DataType {given.dtype} not in list of "
                "allowed values: float16, bfloat16, float32, float64",
                run.is_guarded,
            )
            return replace(call, conflict=conflict)
    return None


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

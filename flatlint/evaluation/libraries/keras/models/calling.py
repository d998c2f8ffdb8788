"""`model(x)`: on symbolic tensors a part of another model, on arrays a meeting with data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flatlint.evaluation.base import Arguments, Interpreter, called
from flatlint.evaluation.libraries.keras.models.called_on_nothing import refused_without_inputs
from flatlint.evaluation.libraries.keras.models.functional import call_functional
from flatlint.evaluation.libraries.keras.models.sequential import call_sequential
from flatlint.evaluation.libraries.keras.models.training import prediction, record_meeting
from flatlint.evaluation.libraries.keras.resolving import resolved
from flatlint.evaluation.objects import FunctionalObject, LayerObject, SequentialObject
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import Array
from flatlint.shapes import Shape


def _calls(kind: type, symbolic: Callable[[Interpreter, Ref, Arguments], Value]) -> None:
    @called(kind)
    def call(run: Interpreter, ref: Ref, arguments: Arguments) -> Value:
        held = run.object_at(ref)
        if isinstance(held, LayerObject) and held.instance is None:
            class_name = held.layer.class_name
            value = refused_without_inputs(run, ref, arguments, "inputs", class_name)
            if value is not None:
                return value
        data = resolved(run, arguments.positional[0]) if arguments.positional else None
        if isinstance(data, int | float):
            data = Array(Shape(()), "float32", library="tensorflow")
        if arguments.is_open or not (_is_data(data) or _are_numbers(data)):
            return symbolic(run, ref, arguments)
        record_meeting(run, ref, "__call__", {"x": data})
        return prediction(run, ref, data, "tensorflow")


def _is_data(value: object) -> bool:
    """Whether this is arrays alone."""
    if isinstance(value, Mapping):
        return bool(value) and all(map(_is_data, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return bool(value) and all(_is_data(part) for part in value)
    return isinstance(value, Array)


def _are_numbers(value: object) -> bool:
    """Whether this is a list of numbers, or of lists of them."""
    while isinstance(value, list) and value:
        value = value[0]
        if isinstance(value, int | float):
            return True
    return False


_calls(SequentialObject, call_sequential)
_calls(FunctionalObject, call_functional)

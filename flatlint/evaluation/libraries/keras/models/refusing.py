"""What Keras refuses of models as they are put together, era by era."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.libraries.keras.naming import snake_case
from flatlint.evaluation.objects import DictObject, LayerObject, ListObject, SetObject
from flatlint.evaluation.values import Function, Name, Ref, UserClass, Value
from flatlint.graph import Array, Conflict, Layer, Tensor

Check: TypeAlias = "Callable[[Era], ShapeConflict | None]"

_RENAMES = re.compile(r"\b_name\b|\.name\s*=(?!=)")
"""What a program says that gives layers other names than the ones they were made with."""


def agreed(run: Interpreter, check: Check) -> Conflict | None:
    """The conflict that a check finds in every era that the file may belong to."""
    found = [check(era) for era in run.eras]
    last = found[-1]
    if last is None or any(conflict is None for conflict in found):
        return None
    return Conflict(last.message, last.keras, run.is_guarded)


def refuse_model(run: Interpreter, model: Layer, conflict: Conflict) -> None:
    """Record that Keras refuses what the program does with a model where it stands."""
    refused = replace(model, number=len(run.recorder.layers), site=run.here, refusal=conflict)
    run.recorder.layers.append(refused)


def is_no_tensor(run: Interpreter, value: Value) -> bool:
    """Whether a value is surely nothing that a layer has given."""
    if value is None or isinstance(value, int | float | str | Array | UserClass | Function):
        return True
    return _is_layer_class(value) or isinstance(run.object_at(value), LayerObject)


def is_no_layer(run: Interpreter, value: Value) -> bool:
    """Whether a value is surely nothing that a `Sequential` can hold."""
    if value is None or isinstance(value, int | float | str | Array | UserClass | Function):
        return True
    if isinstance(value, Tensor):
        # An input stands for its layer; what another layer gave does not.
        return value.made_by is not None and value.made_by.inputs is not None
    held = run.object_at(value)
    return _is_layer_class(value) or isinstance(held, tuple | ListObject | DictObject | SetObject)


def _is_layer_class(value: Value) -> bool:
    is_name = isinstance(value, Name) and value.path.startswith("keras.layers.")
    return is_name and value.path.rpartition(".")[2][:1].isupper()  # type: ignore[attr-defined]


def not_a_layer(value: Value) -> Check:
    """A `Sequential` gets something that is no layer."""

    def check(era: Era) -> ShapeConflict | None:
        shown = f"the class `{value.path}`" if isinstance(value, Name) else _kind(value)
        keras = "The added layer must be an instance of class Layer."
        if era is Era.KERAS_3:
            keras = "Only instances of `keras.Layer` can be added to a Sequential model."
        return ShapeConflict(f"a Sequential takes layers, and gets {shown}", keras)

    return check


def _kind(value: Value) -> str:
    match value:
        case None:
            return "None"
        case Tensor():
            return "a tensor"
        case Function() | UserClass():
            return f"`{value.name}`"
        case Ref() | tuple():
            return "a collection"
    return repr(value)


def same_names(run: Interpreter, layers: Iterable[Layer], is_sequential: bool) -> Check:
    """Two layers of a model bear the same name, which the program gave to both."""
    seen: dict[str, Layer] = {}
    twice = ""
    for layer in layers:
        if _has_given_name(layer) and seen.setdefault(layer.name, layer) is not layer:
            twice = twice or layer.name
    is_renamed = _RENAMES.search(run.frame.source.text) is not None

    def check(era: Era) -> ShapeConflict | None:
        if not twice or is_renamed:
            return None
        keras = f'The name "{twice}" is used 2 times in the model. All layer names should be unique'
        if is_sequential:
            keras = (
                "All layers added to a Sequential model should have unique names. Name "
                f'"{twice}" is already the name of a layer in this model.'
            )
        return ShapeConflict(f"two layers of the model have the name {twice!r}", keras)

    return check


def _has_given_name(layer: Layer) -> bool:
    """Whether a layer has another name than those that Keras numbers."""
    return re.fullmatch(rf"{re.escape(snake_case(layer.class_name))}(_\d+)?", layer.name) is None

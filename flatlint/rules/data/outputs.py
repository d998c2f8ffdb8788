"""The outputs of a model by the names that losses, metrics and weights have for them."""

from __future__ import annotations

from collections.abc import Mapping

from flatlint.graph import ModelGraph, tensors_of


def output_names(model: ModelGraph) -> tuple[list[str], bool]:
    """The names of the outputs, none where not all are known; whether they are the keys of a dict.

    An output of a list has the name of the layer that makes it.
    """
    outputs = model.outputs
    if isinstance(outputs, Mapping):
        return [str(key) for key in outputs], True
    calls = [tensor.made_by for tensor in tensors_of(outputs)]
    if any(made is None or made.is_operation for made in calls):
        return [], False
    return [made.layer.name for made in calls if made is not None], False


def quoted(names: object) -> str:
    """Names in a row: `'price', 'age'`."""
    assert isinstance(names, list | Mapping)
    return ", ".join(map(repr, names))

"""Calling: which keywords a layer takes when it is called, beside its inputs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era

INPUTS = frozenset({"inputs", "input", "x", "query", "sequence", "sequences"})
"""What the first parameter of `call` is named, one layer with another."""

ANY = "**"


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    text = files("flatlint.catalogue.data").joinpath("calls.json").read_text("utf-8")
    table: dict[str, dict[str, list[str]]] = json.loads(text)
    return table


@cache
def call_keywords(class_name: str, era: Era) -> frozenset[str] | None:
    """The keywords that a call takes beside the inputs; `None` where any is taken or not known."""
    taken = _table().get(era.label, {}).get(class_name)
    return None if taken is None or ANY in taken else frozenset(taken) | {"training"}


def require_call_keywords(class_name: str, era: Era, keywords: Iterable[str]) -> None:
    """Refuse a keyword that the layer's `call` has no parameter for.

    Source: the signatures of `call`; keras/src/layers/layer.py and tf_keras/src/engine/
    base_layer.py pass `training` to no layer that does not ask for it.
    """
    taken = call_keywords(class_name, era)
    if taken is None:
        return
    for name in keywords:
        if name not in taken and name not in INPUTS:
            also = ", ".join(f"`{other}`" for other in sorted(taken))
            raise ShapeConflict(
                f"{class_name} does not take `{name}` when it is called, only inputs and {also}",
                f"{class_name}.call() got an unexpected keyword argument {name!r}",
            )

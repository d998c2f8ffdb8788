"""Given weights: `weights=[matrix]` of a layer, held against the variables that it makes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import Weight
from flatlint.shapes import Shape

Given: TypeAlias = "Shape | Sequence[Shape | None]"
"""What stands behind `weights=`: a bare array, or a list of arrays (`None`: of unknown shape)."""


def require_fitting(layer: str, era: Era, weights: Sequence[Weight], given: Given) -> None:
    """Refuse arrays of another number or of other shapes than the variables.

    Source: `set_weights` in tf_keras/src/engine/base_layer.py, called when a layer with
    `weights=` is built; keras/src/layers/core/embedding.py, which wraps a bare array in a list.
    """
    if isinstance(given, Shape):
        if era is Era.KERAS_3:
            given = [given]
        elif not given.rank or not isinstance(given[0], int):
            return
        elif given[0] != len(weights):
            _refuse_number(layer, given[0], len(weights), is_bare=True)
            return
        else:
            return
    if len(given) != len(weights):
        _refuse_number(layer, len(given), len(weights), is_bare=False)
    for shape, weight in zip(given, weights, strict=True):
        if shape is not None and _differ(shape, weight):
            raise ShapeConflict(
                f"{layer} has the variable `{weight.name}` {Shape(weight.dims)}, and `weights` "
                f"gives {shape} for it",
                f"Layer {layer} weight shape {Shape(weight.dims)} is not compatible with provided "
                f"weight shape {shape}.",
            )


def _differ(shape: Shape, weight: Weight) -> bool:
    if shape.rank != len(weight.dims):
        return True
    pairs = zip(shape, weight.dims, strict=True)
    return any(isinstance(a, int) and isinstance(b, int) and a != b for a, b in pairs)


def _refuse_number(layer: str, given: int, wanted: int, *, is_bare: bool) -> None:
    hint = ": a list is wanted, with an array for each variable" if is_bare else ""
    raise ShapeConflict(
        f"{layer} has {wanted} variable{'' if wanted == 1 else 's'}, and `weights` holds "
        f"{given}{hint}",
        f'You called `set_weights(weights)` on layer "{layer}" with a weight list of length '
        f"{given}, but the layer was expecting {wanted} weights.",
    )

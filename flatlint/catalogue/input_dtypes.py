"""Dtypes of inputs: Keras 2 hands integers to TensorFlow as they are, which may refuse them.

Keras 3 looks at dtypes when there is data; there these checks say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era

FLOATS = ("float", "bfloat", "half", "double")
"""How the names of dtypes begin that every layer casts to its own."""

NO_NUMBERS = frozenset({"bool", "string"})


def require_floats(layer: str, era: Era, dtypes: Sequence[str | None]) -> None:
    """Refuse integers, booleans and strings in Keras 2; a dtype that is not known is taken."""
    for dtype in dtypes:
        if era is Era.KERAS_2 and dtype is not None and not dtype.startswith(FLOATS):
            _refuse(layer, "floating-point numbers", dtype)


def require_numbers(layer: str, era: Era, dtypes: Sequence[str | None]) -> None:
    """Refuse booleans and strings in Keras 2."""
    for dtype in dtypes:
        if era is Era.KERAS_2 and dtype in NO_NUMBERS:
            _refuse(layer, "numbers", dtype)


def require_words_or_integers(layer: str, era: Era, dtypes: Sequence[str | None]) -> None:
    """Refuse floating-point numbers in Keras 2, where a layer looks its inputs up."""
    for dtype in dtypes:
        if era is Era.KERAS_2 and dtype is not None and dtype.startswith(FLOATS):
            _refuse(layer, "integers or strings", dtype)


def _refuse(layer: str, wanted: str, dtype: str) -> None:
    raise ShapeConflict(
        f"{layer} takes {wanted}, and its input has the dtype {dtype}",
        f"Value passed to parameter 'x' has DataType {dtype} not in list of allowed values",
    )

"""The types of elements: what a `dtype=` argument says, and flatlint's names for numpy's types."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.values import Name, Value
from flatlint.graph import Array, Tensor

KINDS = {"U": "str", "S": "bytes"}
"""Types of text have one name whatever their width; `numpy.dtype` reads it back."""


OLD_ALIASES = {"float": float, "int": int, "bool": bool, "str": str, "object": object,
               "float_": float, "unicode": str}  # fmt: skip
"""Names that numpy had before 1.24."""
BEYOND_NUMPY = frozenset({"bfloat16", "float8_e4m3fn", "float8_e5m2", "string"})
"""Types of TensorFlow and Keras that numpy has no name for."""


@lru_cache
def name_of(element_type: np.dtype[np.generic]) -> str | None:
    """`float32`, `str`, `object`; `None` for records, which no model takes."""
    if element_type.names is not None or element_type.kind == "V":
        return None
    return KINDS.get(element_type.kind, str(element_type))


@lru_cache
def type_named(name: str | None) -> np.dtype[np.generic] | None:
    """numpy's type of that name, or `None` if numpy has none, as for `bfloat16`."""
    if name is None:
        return None
    try:
        return np.dtype(name)
    except (TypeError, ValueError):
        return None


def kind_of(name: str | None) -> str:
    """numpy's letter for a kind of type: `i`, `u`, `f`, `b`, `U`, …; empty where it is unknown."""
    named = type_named(name)
    return "" if named is None else named.kind


def dtype_of(run: Interpreter, value: Value) -> str | None:
    """What a `dtype=` argument names; `None` where that is not known."""
    found = run.object_at(value)
    if isinstance(found, str):
        named = type_named(found)
        if named is None:
            return found if found in BEYOND_NUMPY else None
        return name_of(named)
    if isinstance(found, Name):
        return _of_path(found.path)
    return found.dtype if isinstance(found, Array | Tensor) else None


def _of_path(path: str) -> str | None:
    library, _, last = path.rpartition(".")
    if library == "builtins":
        return {"int": "int64", "float": "float64", "complex": "complex128"}.get(last, last)
    if library in ("tensorflow", "tensorflow.dtypes"):
        return {"string": "bytes", "double": "float64", "half": "float16"}.get(last, last)
    if library != "numpy":
        return None
    kind = OLD_ALIASES[last] if last in OLD_ALIASES else getattr(np, last, None)
    try:
        return name_of(np.dtype(kind)) if isinstance(kind, type) else None
    except TypeError:  # an abstract type, as `np.floating`
        return None

"""The types of elements: what a `dtype=` argument says, and flatlint's names for numpy's types."""

from __future__ import annotations

import numpy as np

from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.values import Name, Value
from flatlint.graph import Array, Tensor

KINDS = {"U": "str", "S": "bytes"}
"""Types of text have one name whatever their width; `numpy.dtype` reads it back."""


OLD_ALIASES = {"float": float, "int": int, "bool": bool, "str": str, "object": object,
               "float_": float, "unicode": str}  # fmt: skip
"""Names that numpy had before 1.24."""


def name_of(element_type: np.dtype[np.generic]) -> str | None:
    """`float32`, `str`, `object`; `None` for records, which no model takes."""
    if element_type.names is not None or element_type.kind == "V":
        return None
    return KINDS.get(element_type.kind, str(element_type))


def type_named(name: str | None) -> np.dtype[np.generic] | None:
    """numpy's type of that name, or `None` if numpy has none, as for `bfloat16`."""
    if name is None:
        return None
    try:
        return np.dtype(name)
    except TypeError:
        return None


def dtype_of(run: Interpreter, value: Value) -> str | None:
    """What a `dtype=` argument names; `None` where that is not known."""
    found = run.object_at(value)
    if isinstance(found, str):
        named = type_named(found)
        return found if named is None else name_of(named)
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
    kind = getattr(np, last, OLD_ALIASES.get(last))
    return name_of(np.dtype(kind)) if isinstance(kind, type) else None

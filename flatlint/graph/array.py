"""Array: data of the program, known by shape and type and, where small and literal, by value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flatlint.graph.site import Site
from flatlint.graph.tensor import Layer
from flatlint.graph.unknown import Unknown
from flatlint.shapes import Shape


@dataclass(frozen=True, eq=False)
class Made:
    """One step in the making of an array: which call, in a few words, from which arrays."""

    what: str
    site: Site
    sources: tuple[Array, ...] = ()
    model: Layer | None = None
    """The model that predicted the array."""


@dataclass(frozen=True, eq=False)
class Array:
    """An array, series or eager tensor; `values` is a small numpy array where all are known."""

    shape: Shape | Unknown
    dtype: str | None = None
    values: Any = None
    made: Made | None = None
    library: str = "numpy"
    low: float | None = None
    high: float | None = None
    """The least and the greatest element, where the program shows them."""

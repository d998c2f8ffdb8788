"""Recorded applications: what `tests/oracle/dump_applications.py` wrote down of real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from flatlint.catalogue.data import is_recorded, read_table

Row: TypeAlias = tuple[str, int, tuple[int, ...]]
"""A step: its name, the number of its config, the places of its inputs (0 is the input layer)."""


@dataclass(frozen=True)
class Recorded:
    """One application: a body, its possible ends, and what arguments change of them."""

    name: str
    model_name: str
    default_size: int
    min_size: int
    needs_fixed_size: tuple[bool, bool]
    """Whether the input must have a fixed size: with the top, and without it."""
    body: tuple[Row, ...]
    ends: Mapping[str, tuple[Row, ...]]
    configs: Sequence[tuple[str, Mapping[str, Any]]]
    preprocessing: int
    """How many layers behind the input `include_preprocessing=False` takes away."""

    def rows(self, end: str) -> tuple[Row, ...]:
        """All steps behind the input, with one of the ends."""
        return (*self.body, *self.ends[end])


def has_layers(name: str) -> bool:
    """Whether the layers of an application were recorded."""
    return is_recorded(f"applications/{name}")


@cache
def recorded(name: str) -> Recorded:
    """The record of an application."""
    data = read_table(f"applications/{name}")
    return Recorded(
        name=name,
        model_name=data["model_name"],
        default_size=data["default_size"],
        min_size=data["min_size"],
        needs_fixed_size=(data["flattens"][0], data["flattens"][1]),
        body=_rows(data["body"]),
        ends={end: _rows(rows) for end, rows in data["ends"].items()},
        configs=[(entry[0], entry[1]) for entry in data["configs"]],
        preprocessing=data.get("preprocessing", 0),
    )


def _rows(data: list[list[Any]]) -> tuple[Row, ...]:
    return tuple((name, config, tuple(inputs)) for name, config, inputs in data)

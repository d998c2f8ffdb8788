"""Where data meets a model: compile, fit and their like, as the program calls them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flatlint.graph.model import ModelGraph
from flatlint.graph.site import Site


@dataclass(frozen=True, eq=False)
class CompileCall:
    """`model.compile(…)`: the arguments as values of the evaluation."""

    model: ModelGraph
    site: Site
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class DataCall:
    """`fit`, `evaluate`, `predict`, `train_on_batch` or a direct call: a model is given data."""

    method: str
    model: ModelGraph
    site: Site
    arguments: Mapping[str, object] = field(default_factory=dict)
    compiled: CompileCall | None = None
    guarded: bool = False

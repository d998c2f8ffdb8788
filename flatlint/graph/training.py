"""Where data meets a model: compile, fit and their like, as the program calls them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flatlint.catalogue.losses import LossUse
from flatlint.graph.array import Array
from flatlint.graph.dataset import Dataset
from flatlint.graph.model import ModelGraph
from flatlint.graph.site import Site
from flatlint.graph.tensor import Conflict, Layer, LayerCall, Tensor
from flatlint.shapes import Shape


@dataclass(frozen=True, eq=False)
class CompileCall:
    """`model.compile(…)`: the arguments as values of the evaluation."""

    model: ModelGraph
    site: Site
    arguments: Mapping[str, object] = field(default_factory=dict)
    guarded: bool = False


@dataclass(frozen=True, eq=False)
class Feed:
    """One array at one input of a model: what the input declares, and whether the data gets in."""

    data: Array
    declared: Tensor
    conflict: Conflict | None = None
    refused_by: LayerCall | None = None
    """The layer that refuses the data, where the model itself lets it in."""


@dataclass(frozen=True, eq=False)
class DataCall:
    """`fit`, `evaluate`, `predict`, `train_on_batch` or a direct call: a model is given data."""

    method: str
    model: ModelGraph
    site: Site
    arguments: Mapping[str, object] = field(default_factory=dict)
    compiled: CompileCall | None = None
    guarded: bool = False
    feeds: tuple[Feed, ...] = ()
    """The arrays at the inputs; empty where not all are known."""
    outputs: tuple[Shape | None, ...] = ()
    """What comes out of the model for this data, the batch axis open; `None` where not known."""
    part: str = ""
    """The argument that holds the data, if it is not the call's own: `validation_data`."""
    stream: Dataset | None = None
    """What hands the data out piece by piece, where it is not there at once."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """What a model predicts is brought together with other data: by a sign, a loss, a function."""

    model: Layer
    prediction: Array
    other: Array


@dataclass(frozen=True, eq=False)
class LossCall:
    """A loss that the program calls itself, in a training loop of its own."""

    loss: LossUse
    labels: Array
    prediction: Array
    site: Site
    guarded: bool = False

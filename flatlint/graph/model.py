"""ModelGraph: a model of the program, as `model.summary()` would list it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flatlint.catalogue.spec import ShapeTree
from flatlint.graph.site import Site
from flatlint.graph.tensor import Layer, LayerCall, TensorTree
from flatlint.shapes import Dim


class ModelKind(Enum):
    """How a model was written."""

    SEQUENTIAL = "sequential"
    FUNCTIONAL = "functional"
    SUBCLASS = "subclass"


@dataclass(frozen=True, eq=False)
class LayerEntry:
    """A layer's row in a model: its output and its parameters."""

    layer: Layer
    output: ShapeTree | None
    params: Dim | None
    trainable_params: Dim | None
    call: LayerCall | None = None


@dataclass(frozen=True, eq=False)
class ModelGraph:
    """A model with its layers in Keras's order."""

    layer: Layer
    kind: ModelKind
    variable: str | None
    site: Site
    entries: tuple[LayerEntry, ...]
    inputs: TensorTree = None
    outputs: TensorTree = None
    input_shape: ShapeTree | None = None
    output_shape: ShapeTree | None = None
    total_params: Dim | None = None
    trainable_params: Dim | None = None

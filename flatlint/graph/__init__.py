"""What evaluation found out: tensors, layers, calls, models, data calls."""

from flatlint.graph.array import Array, Made
from flatlint.graph.facts import ProgramFacts, ShapeFact
from flatlint.graph.model import LayerEntry, ModelGraph, ModelKind
from flatlint.graph.site import Site
from flatlint.graph.tensor import (
    Conflict,
    Layer,
    LayerCall,
    Spread,
    Tensor,
    TensorTree,
    shapes_of,
    tensors_of,
)
from flatlint.graph.training import Comparison, CompileCall, DataCall, Feed, LossCall
from flatlint.graph.unknown import Unknown, WhyUnknown

__all__ = [
    "Array",
    "Comparison",
    "CompileCall",
    "Conflict",
    "DataCall",
    "Feed",
    "Layer",
    "LayerCall",
    "LayerEntry",
    "LossCall",
    "Made",
    "ModelGraph",
    "ModelKind",
    "ProgramFacts",
    "ShapeFact",
    "Site",
    "Spread",
    "Tensor",
    "TensorTree",
    "Unknown",
    "WhyUnknown",
    "shapes_of",
    "tensors_of",
]

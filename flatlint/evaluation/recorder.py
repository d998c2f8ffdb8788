"""Recorder: the facts of a run, in the order in which they come."""

from __future__ import annotations

from dataclasses import dataclass, field

from flatlint.graph import (
    Comparison,
    CompileCall,
    DataCall,
    Layer,
    LayerCall,
    LossCall,
    ShapeFact,
    Tensor,
    Unknown,
)


@dataclass
class Recorder:
    """Collects facts; a fact once recorded stays, whichever branch it came from."""

    layers: list[Layer] = field(default_factory=list)
    calls: list[LayerCall] = field(default_factory=list)
    compiles: list[CompileCall] = field(default_factory=list)
    data_calls: list[DataCall] = field(default_factory=list)
    shapes: list[ShapeFact] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    loss_calls: list[LossCall] = field(default_factory=list)
    escaped: list[Tensor] = field(default_factory=list)
    budget_ended: Unknown | None = None
    wrapped: set[int] = field(default_factory=set)
    """The numbers of layers that were passed to another layer."""

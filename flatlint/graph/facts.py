"""ProgramFacts: everything that evaluation found out about a program; rules judge it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flatlint.catalogue.eras import Era
from flatlint.graph.array import Array
from flatlint.graph.model import ModelGraph
from flatlint.graph.site import Site
from flatlint.graph.tensor import Layer, LayerCall, Tensor, tensors_of
from flatlint.graph.training import CompileCall, DataCall
from flatlint.graph.unknown import Unknown
from flatlint.parsing.parsed_source import ParsedSource


@dataclass(frozen=True, eq=False)
class ShapeFact:
    """A name or expression of the source that holds a tensor or an array at that point."""

    site: Site
    value: Tensor | Array


@dataclass(frozen=True, eq=False)
class ProgramFacts:
    """What one source builds and does, in the order in which it would happen."""

    source: ParsedSource
    eras: tuple[Era, ...]
    layers: Sequence[Layer] = ()
    calls: Sequence[LayerCall] = ()
    models: Sequence[ModelGraph] = ()
    compiles: Sequence[CompileCall] = ()
    data_calls: Sequence[DataCall] = ()
    shapes: Sequence[ShapeFact] = ()
    budget_ended: Unknown | None = None

    @cached_property
    def _consumers(self) -> dict[int, list[LayerCall]]:
        table: dict[int, list[LayerCall]] = defaultdict(list)
        for call in self.calls:
            for tensor in tensors_of(call.inputs):
                if tensor.made_by is not None:
                    table[id(tensor.made_by)].append(call)
        return table

    def consumers(self, call: LayerCall) -> Sequence[LayerCall]:
        """The calls that an output of `call` goes into."""
        return self._consumers.get(id(call), ())

    @cached_property
    def _model_calls(self) -> dict[int, list[LayerCall]]:
        called: dict[int, list[LayerCall]] = defaultdict(list)
        for call in self.calls:
            called[id(call.layer)].append(call)
        ends: dict[int, list[LayerCall]] = defaultdict(list)
        for model in self.models:
            for tensor in (*tensors_of(model.inputs), *tensors_of(model.outputs)):
                if tensor.made_by is not None:
                    ends[id(tensor.made_by)] += called.get(id(model.layer), ())
        return ends

    def calls_of_model_at(self, call: LayerCall) -> Sequence[LayerCall]:
        """The calls of the models that begin or end with `call`, where models serve as layers."""
        return self._model_calls.get(id(call), ())

    @cached_property
    def _owners(self) -> dict[int, list[ModelGraph]]:
        table: dict[int, list[ModelGraph]] = defaultdict(list)
        for model in self.models:
            for entry in model.entries:
                table[id(entry.layer)].append(model)
        return table

    def models_with(self, layer: Layer) -> Sequence[ModelGraph]:
        """The models that `layer` belongs to."""
        return self._owners.get(id(layer), ())

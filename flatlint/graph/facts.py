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
from flatlint.graph.training import Comparison, CompileCall, DataCall, LossCall
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
    comparisons: Sequence[Comparison] = ()
    loss_calls: Sequence[LossCall] = ()
    escaped: Sequence[Tensor] = ()
    """Tensors that were passed to something of which flatlint knows nothing."""
    budget_ended: Unknown | None = None
    wrapped: frozenset[int] = frozenset()
    """The numbers of layers that stand inside others: what a wrapper wraps, the cells of an RNN."""
    is_legacy_keras: bool = False
    """Whether the program may run on standalone Keras 2.0 to 2.3.1."""

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
    def _calls_by_input(self) -> dict[int, list[LayerCall]]:
        called: dict[int, list[LayerCall]] = defaultdict(list)
        for call in self.calls:
            called[id(call.layer)].append(call)
        begun: dict[int, list[LayerCall]] = defaultdict(list)
        for model in self.models:
            for tensor in tensors_of(model.inputs):
                if tensor.made_by is not None:
                    begun[id(tensor.made_by)] += called.get(id(model.layer), ())
        return begun

    def calls_begun_at(self, call: LayerCall) -> Sequence[LayerCall]:
        """The calls, as layers, of the models whose input `call` is."""
        return self._calls_by_input.get(id(call), ())

    @cached_property
    def _calls_by_end(self) -> dict[int, list[LayerCall]]:
        ended: dict[int, list[LayerCall]] = defaultdict(list)
        for call in self.calls:
            for tensor in tensors_of(call.inside):
                if tensor.made_by is not None:
                    ended[id(tensor.made_by)].append(call)
        return ended

    def calls_ended_at(self, call: LayerCall) -> Sequence[LayerCall]:
        """The calls of models and own layers out of which the output of `call` comes."""
        return self._calls_by_end.get(id(call), ())

    @cached_property
    def _numbers(self) -> frozenset[int]:
        return frozenset(map(id, self.calls))

    def is_written(self, call: LayerCall) -> bool:
        """Whether the program makes this call itself; a ready-made model makes its own."""
        return id(call) in self._numbers

    @cached_property
    def _escaped_from(self) -> frozenset[int]:
        return frozenset(id(tensor.made_by) for tensor in self.escaped)

    def is_used_unseen(self, call: LayerCall) -> bool:
        """Whether something of which nothing is known gets an output of `call`."""
        return id(call) in self._escaped_from

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

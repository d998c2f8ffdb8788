"""From models as evaluation found them to the summary that users and scripts read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import ShapeTree
from flatlint.graph import Layer, LayerEntry, ModelGraph, ModelKind, ProgramFacts, tensors_of
from flatlint.parsing.spans import Span
from flatlint.reporting.summary import FileSummary, JsonDim, JsonShape, LayerSummary, ModelSummary
from flatlint.shapes import Dim, Open, Shape
from flatlint.sources.source_file import SourceFile


def summary_of(source: SourceFile, facts: ProgramFacts | None) -> FileSummary:
    """The models that a source makes, and the layers that it calls outside of these."""
    if facts is None:
        return FileSummary(path=source.name, era=None)
    rows = Rows(facts)
    models = {id(model.layer) for model in facts.models}
    own = [model for model in facts.models if model.site.source is facts.source]
    inside = {id(layer) for model in own for layer in _layers_in(model)}
    outside: dict[int, LayerEntry] = {}
    recorded = {id(layer) for layer in facts.layers}
    for call in facts.calls:
        key = id(call.layer)
        is_here = call.layer.site.source is facts.source
        if is_here and key in recorded and key not in inside and key not in models:
            total = _total(call.weights)
            outside.setdefault(key, LayerEntry(call.layer, call.output, total, total, call))
    return FileSummary(
        path=source.name,
        era=era_label(facts.eras),
        models=tuple(map(rows.model, own)),
        layers=tuple(map(rows.layer, outside.values())),
    )


def _layers_in(model: ModelGraph) -> Iterator[Layer]:
    """The layers of a model; a sequential one does not list its input, and has it all the same."""
    yield from (entry.layer for entry in model.entries)
    if model.kind is ModelKind.SEQUENTIAL:
        makers = (tensor.made_by for tensor in tensors_of(model.inputs))
        yield from (maker.layer for maker in makers if maker is not None)


def _total(weights: Iterable[object] | None) -> Dim | None:
    if weights is None:
        return None
    total: Dim = 0
    for weight in weights:
        total = total + weight.size  # type: ignore[attr-defined]
    return total


def era_label(eras: Sequence[Era]) -> Literal["keras1", "keras2", "keras3"] | None:
    """The era of a file; `None` where it may be of Keras 2 or 3."""
    if len(eras) > 1 and eras[0] is not Era.KERAS_1:
        return None
    label: Literal["keras1", "keras2", "keras3"] = eras[0].label  # type: ignore[assignment]
    return label


class Rows:
    """Rows of a summary; knows where each layer stands."""

    def __init__(self, facts: ProgramFacts) -> None:
        self._source = facts.source
        layers = [*facts.layers, *(call.layer for call in facts.calls)]
        self._spans = {
            id(source): source.spans_of(
                {layer.site.node for layer in layers if layer.site.source is source}
            )
            for source in {id(layer.site.source): layer.site.source for layer in layers}.values()
        }

    def model(self, model: ModelGraph) -> ModelSummary:
        """One model with its layers."""
        line, _, _ = self._where(model.layer)
        return ModelSummary(
            name=model.variable or model.layer.name,
            line=line,
            kind=model.kind.value,
            input_shape=json_shape(model.input_shape),
            output_shape=json_shape(model.output_shape),
            total_params=_number(model.total_params),
            trainable_params=_number(model.trainable_params),
            # The layers inside a ready-made model stand nowhere in the source.
            layers=tuple(self.layer(e) for e in model.entries if e.layer.number >= 0),
        )

    def layer(self, entry: LayerEntry) -> LayerSummary:
        """One layer."""
        line, column, cell = self._where(entry.layer)
        return LayerSummary(
            class_name=entry.layer.class_name,
            name=entry.layer.name,
            line=line,
            column=column,
            cell=cell,
            output_shape=json_shape(entry.output),
            params=_number(entry.params),
        )

    def _where(self, layer: Layer) -> tuple[int, int, int | None]:
        source = layer.site.source
        span = self._spans[id(source)].get(layer.site.node, Span(0, 0))
        position = source.source.position_of(span.start)
        return position.row, position.column, position.cell


def _number(size: Dim | None) -> int | None:
    return size if isinstance(size, int) else None


def json_shape(tree: ShapeTree | None) -> JsonShape:
    """A shape as the contract writes it; several as a list of them."""
    if isinstance(tree, Shape):
        return [_json_dim(size) for size in tree]
    if isinstance(tree, dict):
        tree = list(tree.values())
    if isinstance(tree, list | tuple):
        parts = [json_shape(part) for part in tree]
        return parts if any(part is not None for part in parts) else None
    return None


def _json_dim(size: Dim) -> JsonDim:
    if isinstance(size, Open):
        return None
    return size if isinstance(size, int) else str(size)

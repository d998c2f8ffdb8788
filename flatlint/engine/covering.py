"""How far the layers of a file are known, and where the trail was lost of those that are not."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.engine.placing import place_in
from flatlint.graph import Layer, LayerCall, ProgramFacts, Site, Unknown, shapes_of, tensors_of
from flatlint.parsing.spans import Span
from flatlint.reporting.coverage import FileCoverage, Loss
from flatlint.shapes import Shape, Unfixed
from flatlint.sources.source_file import SourceFile

NEVER_CALLED = "it is never called on a tensor"
OPEN_SIZE = "a size that the source does not fix"


def coverage_in(source: SourceFile, facts: ProgramFacts | None) -> FileCoverage:
    """The layers that the file itself creates, counted by how much is known of their outputs."""
    return FileCoverage(path=source.name) if facts is None else _Covering(facts).coverage()


class _Covering:
    """Knows the calls of each layer and the places of everything that may have to be named."""

    def __init__(self, facts: ProgramFacts) -> None:
        self._facts = facts
        self._models = {model.layer.number for model in facts.models}
        self._calls: dict[int, LayerCall] = {}
        for call in facts.calls:
            self._calls.setdefault(call.layer.number, call)
        sites = list(self._sites())
        self._spans = {
            key: source.spans_of({site.node for site in sites if site.source is source})
            for key, source in {id(site.source): site.source for site in sites}.items()
        }
        self._first_partials: dict[int, LayerCall] = {}

    def coverage(self) -> FileCoverage:
        """One entry for each layer of the file."""
        known = 0
        partly: list[Loss] = []
        unknown: list[Loss] = []
        for layer in self._layers():
            call = self._calls.get(layer.number)
            if call is None:
                unknown.append(self._loss(layer, NEVER_CALLED, None))
            elif (lost := _lost_in(call)) is not None:
                unknown.append(self._loss(layer, lost.reason, _site_of(lost)))
            elif _is_partial(call):
                first = self._first_partial(call)
                partly.append(self._loss(layer, OPEN_SIZE, first.layer.site))
            else:
                known += 1
        return FileCoverage(
            path=self._facts.source.source.name,
            known=known,
            partly=tuple(partly),
            unknown=tuple(unknown),
        )

    def _first_partial(self, call: LayerCall) -> LayerCall:
        """The call in which a size was lost first, on the way to this one.

        It is the same for all that is passed on the way, and told once.
        """
        passed = []
        while id(call) not in self._first_partials:
            passed.append(call)
            before = _partial_before(call)
            if before is None:
                break
            call = before
        first = self._first_partials.get(id(call), call)
        self._first_partials.update((id(one), first) for one in passed)
        return first

    def _layers(self) -> Iterator[Layer]:
        """The layers with a place in this file, without models and what wrappers wrap."""
        for layer in self._facts.layers:
            is_here = layer.site.source is self._facts.source
            is_alone = layer.number not in self._models and layer.number not in self._facts.wrapped
            if is_here and is_alone:
                yield layer

    def _loss(self, layer: Layer, reason: str, lost_at: Site | None) -> Loss:
        place = place_in(self._facts.source.source, self._span(layer.site))
        where = None
        if lost_at is not None and lost_at.node is not layer.site.node:
            lost = place_in(lost_at.source.source, self._span(lost_at))
            cell = "" if lost.start.cell is None else f"cell {lost.start.cell}, "
            file = "" if lost.filename == place.filename else f"{lost.filename}, "
            where = f"{file}{cell}line {lost.start.row}"
        return Loss(
            path=place.filename,
            line=place.start.row,
            cell=place.start.cell,
            reason=reason,
            lost_at=where,
        )

    def _span(self, site: Site) -> Span:
        return self._spans[id(site.source)].get(site.node, Span(0, 0))

    def _sites(self) -> Iterator[Site]:
        for layer in self._facts.layers:
            yield layer.site
        for call in self._facts.calls:
            yield call.layer.site
            lost = _lost_in(call)
            if lost is not None and (site := _site_of(lost)) is not None:
                yield site


def _lost_in(call: LayerCall) -> UnknownArgument | None:
    """What is not known of an output, the first of several."""
    unknown = (tree for tree in shapes_of(call.output) if isinstance(tree, UnknownArgument))
    return next(unknown, None)


def _site_of(lost: UnknownArgument) -> Site | None:
    return lost.origin.site if isinstance(lost.origin, Unknown) else None


def _is_partial(call: LayerCall) -> bool:
    shapes = (tree for tree in shapes_of(call.output) if isinstance(tree, Shape))
    return any(isinstance(size, Unfixed) for shape in shapes for size in shape)


def _partial_before(call: LayerCall) -> LayerCall | None:
    """The first call before this one that had lost a size already."""
    parents = (t.made_by for t in tensors_of(call.inputs) if t.made_by is not None)
    return next((parent for parent in parents if _is_partial(parent)), None)

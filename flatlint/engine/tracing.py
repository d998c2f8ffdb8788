"""How each shape of a file came about: what `why`, hovers and inlay hints show."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.diagnostics import Place, ShapeTrace, TrailStep
from flatlint.engine.placing import code_of, place_in, shape_text, trail_of
from flatlint.graph import Array, LayerCall, Made, ProgramFacts, Site, Tensor, Unknown
from flatlint.parsing.spans import Span
from flatlint.shapes import Shape


def traces_of(facts: ProgramFacts) -> tuple[ShapeTrace, ...]:
    """The shapes of layers, then of names and expressions, in the order of evaluation."""
    tracer = Tracer(facts)
    found = dict.fromkeys([*tracer.layers(), *tracer.uncalled(), *tracer.names()])
    return tuple(sorted(found, key=lambda trace: trace.place.start_offset))


class Tracer:
    """Knows where everything stands that a trace may speak of."""

    def __init__(self, facts: ProgramFacts) -> None:
        self._facts = facts
        sites = list(_sites_in(facts))
        sources = {id(site.source): site.source for site in sites}
        self._spans = {
            key: source.spans_of({site.node for site in sites if site.source is source})
            for key, source in sources.items()
        }
        # A layer stands in the trail of every layer behind it.
        self._steps_at: dict[int, TrailStep] = {}

    def layers(self) -> Iterator[ShapeTrace]:
        """The outputs of layers, at their constructor calls in this file."""
        for call in self._facts.calls:
            if not call.is_operation and self._is_here(call.layer.site):
                yield self._of_layer(call)

    def uncalled(self) -> Iterator[ShapeTrace]:
        """Layers that are made in this file and that nothing in the program calls."""
        facts = self._facts
        known = {id(call.layer) for call in facts.calls} | {id(m.layer) for m in facts.models}
        for layer in facts.layers:
            if id(layer) in known or layer.number in facts.wrapped or layer.refusal is not None:
                continue
            if self._is_here(layer.site):
                place, text = self.place(layer.site), code_of(layer.site.node)
                yield ShapeTrace(
                    place, text, None, reason="nothing in the program calls this layer"
                )

    def names(self) -> Iterator[ShapeTrace]:
        """The tensors and arrays that names and expressions hold."""
        for fact in self._facts.shapes:
            if not self._is_here(fact.site):
                continue
            reason, lost = self._lost(fact.value.shape)
            yield ShapeTrace(
                self.place(fact.site),
                code_of(fact.site.node),
                str(fact.value.shape) if isinstance(fact.value.shape, Shape) else None,
                self._steps(fact.value),
                reason=reason,
                lost_at=lost,
            )

    def place(self, site: Site) -> Place:
        """Where a site stands."""
        span = self._spans[id(site.source)].get(site.node, Span(0, 0))
        return place_in(site.source.source, span)

    def _is_here(self, site: Site) -> bool:
        return site.source is self._facts.source

    def _of_layer(self, call: LayerCall) -> ShapeTrace:
        output = call.output
        unknown = output.origin if isinstance(output, UnknownArgument) else None
        reason, lost = self._lost(unknown if isinstance(unknown, Unknown) else None)
        if isinstance(output, UnknownArgument):
            reason = reason or output.reason
        total = sum((weight.size for weight in call.weights), 0) if call.weights else None
        text = shape_text(call)
        return ShapeTrace(
            self.place(call.layer.site),
            code_of(call.layer.site.node),
            None if text == "?" else text,
            self._trail(call),
            None if total is None else str(total),
            reason,
            lost,
        )

    def _lost(self, shape: object) -> tuple[str | None, Place | None]:
        if not isinstance(shape, Unknown):
            return None, None
        site = shape.site
        is_placed = site is not None and id(site.source) in self._spans
        return shape.reason, self.place(site) if site is not None and is_placed else None

    def _steps(self, value: Tensor | Array) -> tuple[TrailStep, ...]:
        if isinstance(value, Tensor):
            return self._trail(value.made_by) if value.made_by is not None else ()
        return tuple(self._makings(value))

    def _trail(self, call: LayerCall) -> tuple[TrailStep, ...]:
        calls = trail_of(Tensor(Shape(()), call))
        return tuple(map(self._step, calls))

    def _step(self, call: LayerCall) -> TrailStep:
        if (step := self._steps_at.get(id(call))) is None:
            site = call.layer.site
            step = TrailStep(self.place(site), code_of(site.node), shape_text(call))
            self._steps_at[id(call)] = step
        return step

    def _makings(self, array: Array) -> Iterator[TrailStep]:
        made: Made | None = array.made
        if made is None:
            return
        for source in made.sources[:1]:
            yield from self._makings(source)
        shape = str(array.shape) if isinstance(array.shape, Shape) else "?"
        yield TrailStep(self.place(made.site), code_of(made.site.node), shape)


def _sites_in(facts: ProgramFacts) -> Iterator[Site]:
    for layer in facts.layers:
        yield layer.site
    for call in facts.calls:
        yield call.layer.site
        if isinstance(call.output, UnknownArgument):
            yield from _site_of_unknown(call.output.origin)
    for fact in facts.shapes:
        yield fact.site
        yield from _site_of_unknown(fact.value.shape)
        if isinstance(fact.value, Array):
            yield from _sites_of_making(fact.value)
        elif fact.value.made_by is not None:
            yield fact.value.made_by.layer.site


def _site_of_unknown(shape: object) -> Iterator[Site]:
    if isinstance(shape, Unknown) and shape.site is not None:
        yield shape.site


def _sites_of_making(array: Array) -> Iterator[Site]:
    waiting, seen = [array], {id(array)}
    while waiting:
        made = waiting.pop().made
        if made is not None:
            yield made.site
            waiting += (source for source in made.sources if id(source) not in seen)
            seen.update(map(id, made.sources))

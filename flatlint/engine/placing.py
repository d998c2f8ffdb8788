"""From syntax nodes to places in the text: the only room where the two meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import libcst as cst

from flatlint.diagnostics import Diagnostic, Edit, Fix, Note, Place, TrailStep
from flatlint.graph import LayerCall, ProgramFacts, Site, Tensor, tensors_of
from flatlint.parsing.parsed_source import ParsedSource
from flatlint.parsing.spans import Span
from flatlint.rules.base import Finding, Rule
from flatlint.rules.edits import NodeEdit, NodeFix, Where
from flatlint.shapes import Shape
from flatlint.sources.source_file import SourceFile

MAX_TRAIL = 30
"""Steps of a trail that are shown; of a longer one, the last."""


def placed(found: Sequence[tuple[type[Rule], Finding]], facts: ProgramFacts) -> list[Diagnostic]:
    """Each finding with the place where it stands, in the file of the layer that it is about."""
    places = Places(facts.source, [finding for _, finding in found])
    return [_diagnostic(rule, finding, places) for rule, finding in found]


class Places:
    """The places of all sites that a number of findings speak of; one pass for each source."""

    def __init__(self, source: ParsedSource, findings: Iterable[Finding]) -> None:
        self._source = source
        nodes: dict[int, list[cst.CSTNode]] = defaultdict(list)
        sources: dict[int, ParsedSource] = {}
        for finding in findings:
            for site in _sites_in(finding):
                sources[id(site.source)] = site.source
                nodes[id(site.source)].append(site.node)
        self._spans = {key: sources[key].spans_of(set(nodes[key])) for key in nodes}

    def of(self, where: Site | Span) -> Place:
        """The place of a site, or of a stretch of the checked source itself."""
        if isinstance(where, Span):
            return place_in(self._source.source, where)
        return place_in(where.source.source, self.span(where))

    def span(self, site: Site) -> Span:
        """The offsets of a site in its source."""
        return self._spans[id(site.source)].get(site.node, Span(0, 0))


def place_in(source: SourceFile, span: Span) -> Place:
    """A stretch of a source as a place."""
    start, end = source.position_of(span.start), source.position_of(span.end)
    return Place(source.name, start, end, span.start, span.end)


def trail_of(tensor: Tensor | None) -> list[LayerCall]:
    """The calls that made a tensor, in order; of several inputs the first is followed."""
    steps: list[LayerCall] = []
    while tensor is not None and tensor.made_by is not None:
        steps.append(tensor.made_by)
        tensor = next(tensors_of(tensor.made_by.inputs), None)
    return steps[MAX_TRAIL - 1 :: -1]


def _sites_in(finding: Finding) -> Iterable[Site]:
    if isinstance(finding.site, Site):
        yield finding.site
        yield from finding.site.calls
    for _, site in finding.related:
        yield site
    for call in trail_of(finding.trail):
        yield call.layer.site
    for edit in finding.fix.edits if finding.fix is not None else ():
        yield edit.site


def _diagnostic(rule: type[Rule], finding: Finding, places: Places) -> Diagnostic:
    calls = finding.site.calls if isinstance(finding.site, Site) else ()
    related = [Note("reached by this call", places.of(call)) for call in calls]
    related += [Note(message, places.of(site)) for message, site in finding.related]
    steps = [
        TrailStep(places.of(c.layer.site), code_of(c.layer.site.node), shape_text(c))
        for c in trail_of(finding.trail)
    ]
    return Diagnostic(
        rule.code,
        rule.name(),
        finding.severity or rule.severity,
        finding.message,
        places.of(finding.site),
        tuple(related),
        tuple(steps),
        finding.help,
        _fix(finding.fix, places) if finding.fix is not None else None,
        rule.url(),
    )


def code_of(node: cst.CSTNode) -> str:
    """The node as it is written, on one line."""
    if isinstance(node, cst.Arg):
        node = node.with_changes(comma=cst.MaybeSentinel.DEFAULT)
    text = " ".join(cst.Module([]).code_for_node(node).split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def shape_text(call: LayerCall) -> str:
    """The output of a call as Keras writes shapes."""
    if isinstance(call.output, Shape):
        return str(call.output)
    if isinstance(call.output, list | tuple):
        return ", ".join(str(part) if isinstance(part, Shape) else "?" for part in call.output)
    return "?"


def _fix(fix: NodeFix, places: Places) -> Fix:
    edits = [_edit(edit, places) for edit in fix.edits]
    return Fix(fix.applicability, fix.message, tuple(sorted(edits, key=lambda e: e.start_offset)))


def _edit(edit: NodeEdit, places: Places) -> Edit:
    source = edit.site.source.source
    span = places.span(edit.site)
    text = source.text
    line_start = source.line_starts[source.row_of(span.start) - 1]
    indent = text[line_start : span.start]
    newline = "\r\n" if "\r\n" in text else "\n"
    match edit.where:
        case Where.INSTEAD:
            start, end, content = span.start, span.end, edit.text
        case Where.AFTER:
            start, end, content = span.end, span.end, edit.text
        case Where.LINE_BEFORE if indent.strip():
            start, end, content = span.start, span.start, f"{edit.text}; "
        case Where.LINE_BEFORE:
            own = indent[: len(indent) - len(indent.lstrip())]
            start, end, content = line_start, line_start, f"{own}{edit.text}{newline}"
        case Where.ELEMENT_BEFORE if not indent.strip():
            start, end, content = span.start, span.start, f"{edit.text},{newline}{indent}"
        case Where.ELEMENT_BEFORE:
            start, end, content = span.start, span.start, f"{edit.text}, "
        case _:
            start, end, content = span.start, span.start, edit.text
    return Edit(content, source.position_of(start), source.position_of(end), start, end)

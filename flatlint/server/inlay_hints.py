"""textDocument/inlayHint: the output shape after each call of a layer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import libcst as cst
from lsprotocol import types

from flatlint.graph import LayerCall, ProgramFacts
from flatlint.parsing.spans import Span
from flatlint.server.analysis import Analysis
from flatlint.server.language_server import FlatlintServer
from flatlint.shapes import Shape

MOST_SHAPES = 3
"""Shapes that are shown after a call that is made more than once, in a loop or a function."""


@dataclass(frozen=True)
class Hint:
    """What is shown behind a place in the text."""

    offset: int
    label: str


async def inlay_hints(
    server: FlatlintServer, params: types.InlayHintParams
) -> list[types.InlayHint]:
    """The hints that stand within the range that the client shows."""
    analysis = await server.analyses.of(params.text_document.uri)
    if analysis is None or analysis.report.facts is None:
        return []
    hints = await server.analyses.ask(lambda: hints_of(analysis))
    positions = analysis.document.positions
    start, end = positions.offset(params.range.start), positions.offset(params.range.end)
    return [
        types.InlayHint(
            positions.position(hint.offset),
            hint.label,
            kind=types.InlayHintKind.Type,
            padding_left=True,
        )
        for hint in hints
        if start <= hint.offset <= end
    ]


def hints_of(analysis: Analysis) -> list[Hint]:
    """All hints of a document, in the order of its text."""
    facts = analysis.report.facts
    if facts is None:
        return []
    calls = [call for call in facts.calls if _is_written(call, facts)]
    nodes = {node for call in calls for node in (call.layer.site.node, call.site.node)}
    spans = facts.source.spans_of(nodes)
    behind: dict[int, list[LayerCall]] = defaultdict(list)
    for call in calls:
        if (offset := _end_of(call, spans)) is not None:
            behind[offset].append(call)
    hints = [Hint(offset, _label(behind[offset])) for offset in sorted(behind)]
    return [hint for hint in hints if hint.label]


def _is_written(call: LayerCall, facts: ProgramFacts) -> bool:
    """Whether the program calls the layer here itself.

    A first layer with `input_shape=` makes an input layer that stands nowhere: it has the place
    of the call that adds the first layer.
    """
    if call.is_operation or call.site.source is not facts.source:
        return False
    is_implied = call.layer.class_name == "InputLayer" and not _is_input(call.layer.site.node)
    return not is_implied


def _is_input(node: cst.CSTNode) -> bool:
    match node:
        case cst.Call(func=cst.Name(name) | cst.Attribute(attr=cst.Name(name))):
            return name not in {"add", "Sequential", "build"}
        case _:
            return False


def _end_of(call: LayerCall, spans: dict[cst.CSTNode, Span]) -> int | None:
    """Behind the layer within `model.add(...)`, else behind the call: `Dense(4)(x)`."""
    outer, layer = spans.get(call.site.node), spans.get(call.layer.site.node)
    if outer is None:
        return None
    is_within = layer is not None and outer.start < layer.start and layer.end <= outer.end
    return layer.end if is_within and layer is not None else outer.end


def _label(calls: list[LayerCall]) -> str:
    """The shapes that come out here; of a whole model that is called, those of its last layer."""
    last = [call for call in calls if call.layer.site.node is calls[-1].layer.site.node]
    shapes = list(dict.fromkeys(filter(None, map(_shape, last))))
    more = ["…"] if len(shapes) > MOST_SHAPES else []
    return " | ".join([*shapes[:MOST_SHAPES], *more])


def _shape(call: LayerCall) -> str | None:
    if isinstance(call.output, Shape):
        return str(call.output)
    if isinstance(call.output, list | tuple):
        return ", ".join(str(part) if isinstance(part, Shape) else "?" for part in call.output)
    return None

"""textDocument/hover: the shape and parameters of what stands under the cursor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lsprotocol import types
from pygls.capabilities import get_capability

from flatlint.diagnostics import ShapeTrace, TrailStep
from flatlint.server.analysis import Analysis
from flatlint.server.language_server import FlatlintServer

MOST_STEPS = 6
"""Steps of a trail that a hover shows; of a longer one, the last."""
MOST_SHAPES = 3
"""Shapes that are shown of a layer which is called more than once."""
NAME = re.compile(r"\w+(?:\.\w+)*")


async def hover(server: FlatlintServer, params: types.HoverParams) -> types.Hover | None:
    """What is known of the layer or name under the cursor, and how it came about."""
    analysis = await server.analyses.of(params.text_document.uri)
    if analysis is None:
        return None
    traces = await server.analyses.ask(lambda: analysis.report.traces)
    offset = analysis.document.positions.offset(params.position)
    found = traces_at(traces, offset) or assigned_above(analysis, traces, offset)
    if not found:
        return None
    formats = get_capability(server.client_capabilities, "text_document.hover.content_format")
    is_plain = list(formats or ())[:1] == [types.MarkupKind.PlainText]
    kind = types.MarkupKind.PlainText if is_plain else types.MarkupKind.Markdown
    shown = "\n\n".join(description(trace, is_plain) for trace in found[:MOST_SHAPES])
    first = found[0].place
    return types.Hover(
        types.MarkupContent(kind, shown),
        analysis.document.positions.range(first.start_offset, first.end_offset)
        if first.start_offset <= offset <= first.end_offset
        else None,
    )


def traces_at(traces: Sequence[ShapeTrace], offset: int) -> list[ShapeTrace]:
    """The traces of the smallest piece of code around the offset."""
    around = [t for t in traces if t.place.start_offset <= offset <= t.place.end_offset]
    smallest = min((_length(trace) for trace in around), default=0)
    same = [trace for trace in around if _length(trace) == smallest]
    # Of two pieces that touch, the one that begins at the cursor.
    start = max((trace.place.start_offset for trace in same), default=0)
    return _distinct(trace for trace in same if trace.place.start_offset == start)


def assigned_above(
    analysis: Analysis, traces: Sequence[ShapeTrace], offset: int
) -> list[ShapeTrace]:
    """What the name under the cursor was given where it was last assigned above."""
    text = analysis.document.source.text
    start = analysis.document.source.line_starts[analysis.document.source.row_of(offset) - 1]
    line = text[start:].partition("\n")[0]
    word = next((m for m in NAME.finditer(line) if m.start() <= offset - start <= m.end()), None)
    if word is None:
        return []
    named = [t for t in traces if t.text == word.group() and t.place.end_offset <= offset]
    last = max((trace.place.start_offset for trace in named), default=0)
    return _distinct(trace for trace in named if trace.place.start_offset == last)


def description(trace: ShapeTrace, is_plain: bool) -> str:
    """A few lines on one trace, in Markdown unless `is_plain`."""
    code = _plain if is_plain else _code
    lines = [f"{code(trace.text)} has {_shape(trace.shape, is_plain)}"]
    if trace.params is not None:
        lines.append(f"{trace.params} parameters")
    if trace.reason is not None:
        where = "" if trace.lost_at is None else f" (line {trace.lost_at.start.row})"
        lines.append(f"not known: {trace.reason}{where}")
    lines += _trail(trace.steps, is_plain)
    # Two blanks end a line in Markdown.
    return ("\n" if is_plain else "  \n").join(lines)


def _trail(steps: Sequence[TrailStep], is_plain: bool) -> Iterator[str]:
    if len(steps) < 2:
        return
    code = _plain if is_plain else _code
    if len(steps) > MOST_STEPS:
        yield "…"
    for step in steps[-MOST_STEPS:]:
        yield f"line {step.place.start.row}: {code(step.text)} → {code(step.shape)}"


def _shape(shape: str | None, is_plain: bool) -> str:
    if shape is None:
        return "an unknown shape"
    return f"shape {shape}" if is_plain else f"shape **`{shape}`**"


def _plain(text: str) -> str:
    return text


def _code(text: str) -> str:
    """Code in Markdown; a backtick within it needs a longer fence."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _length(trace: ShapeTrace) -> int:
    return trace.place.end_offset - trace.place.start_offset


def _distinct(traces: Iterator[ShapeTrace]) -> list[ShapeTrace]:
    return list({(trace.shape, trace.params): trace for trace in traces}.values())

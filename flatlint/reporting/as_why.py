"""How a shape came about, step by step, in plain words and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flatlint.diagnostics import ShapeTrace
from flatlint.reporting.paint import Paint
from flatlint.reporting.report import Report, shown_line, shown_place
from flatlint.reporting.widths import columns_of, padded, shortened


def as_why(traces: Sequence[ShapeTrace], report: Report, paint: Paint) -> str:
    """A block a shape: what has it, the steps that led there, what is not known and why."""
    return "\n".join("\n".join(_block(trace, report, paint)) + "\n" for trace in traces)


def at_row(traces: Sequence[ShapeTrace], row: int, cell: int | None) -> list[ShapeTrace]:
    """The shapes that a reader means by a row: those that begin there, else those around it."""
    around = [trace for trace in traces if trace.is_at(row, cell)]
    return [trace for trace in around if trace.place.start.row == row] or around


def _block(trace: ShapeTrace, report: Report, paint: Paint) -> Iterator[str]:
    text = paint.bold(shortened(trace.text))
    shape = "an unknown shape" if trace.shape is None else paint.bold(trace.shape)
    yield f"{shown_place(trace.place, report)}: {text} has {shape}"
    yield from _steps(trace, report, paint)
    if trace.params is not None:
        yield f"  parameters: {trace.params}"
    if trace.reason is not None:
        yield f"  not known: {trace.reason}{_lost_at(trace, report)}"


def _steps(trace: ShapeTrace, report: Report, paint: Paint) -> Iterator[str]:
    wheres = [shown_line(step.place, report, trace.place.filename) for step in trace.steps]
    texts = [shortened(step.text) for step in trace.steps]
    where_width = max(map(columns_of, wheres), default=0)
    text_width = max(map(columns_of, texts), default=0)
    for number, (where, text, step) in enumerate(
        zip(wheres, texts, trace.steps, strict=True), start=1
    ):
        place = paint.dim(padded(where, where_width))
        yield f"  {number:>2}. {place}  {padded(text, text_width)}  {step.shape}"


def _lost_at(trace: ShapeTrace, report: Report) -> str:
    if trace.lost_at is None:
        return ""
    return f" ({shown_line(trace.lost_at, report, trace.place.filename)})"

"""How many layers flatlint knows the shapes of, and why it does not know the others."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Literal

from pydantic import Field

from flatlint.reporting.summary import SummaryModel

PLACES = 3
"""Layers that are named for each reason."""


class Loss(SummaryModel):
    """A layer of which something is not known: where it stands, and where the trail was lost."""

    path: str
    line: int
    cell: int | None
    reason: str
    lost_at: str | None = None
    """The place where the trail was lost, where that is another one: `data.py, line 7`."""


class FileCoverage(SummaryModel):
    """The layers of one file: those known to the last size, and the others one by one."""

    path: str
    known: int = 0
    partly: tuple[Loss, ...] = ()
    unknown: tuple[Loss, ...] = ()


class Reason(SummaryModel):
    """A reason with the number of layers that it keeps unknown, and the first of them."""

    reason: str
    layers: int
    first: tuple[Loss, ...]


class Coverage(SummaryModel):
    """What `summary --coverage` tells of all files together."""

    version: Literal[1] = 1
    layers: int
    known: int
    partly: int
    unknown: int
    reasons: tuple[Reason, ...] = Field(description="The most frequent first.")


def coverage_of(files: Iterable[FileCoverage]) -> Coverage:
    """All files added up, the reasons ranked."""
    files = tuple(files)
    known = sum(file.known for file in files)
    partly = [loss for file in files for loss in file.partly]
    unknown = [loss for file in files for loss in file.unknown]
    return Coverage(
        layers=known + len(partly) + len(unknown),
        known=known,
        partly=len(partly),
        unknown=len(unknown),
        reasons=_ranked([*partly, *unknown]),
    )


def _ranked(losses: list[Loss]) -> tuple[Reason, ...]:
    by_reason = sorted(losses, key=lambda loss: loss.reason)
    groups = [(reason, list(group)) for reason, group in groupby(by_reason, lambda x: x.reason)]
    groups.sort(key=lambda group: -len(group[1]))
    return tuple(
        Reason(reason=reason, layers=len(group), first=tuple(group[:PLACES]))
        for reason, group in groups
    )


def as_coverage_json(coverage: Coverage) -> str:
    """The counts and reasons as one JSON object, indented."""
    return coverage.model_dump_json(indent=2) + "\n"


def as_coverage(coverage: Coverage) -> str:
    """The counts, then the reasons, each with the first layers that it concerns."""
    lines = [f"{coverage.layers} layers"]
    for count, words in (
        (coverage.known, "with their full shape known"),
        (coverage.partly, "known in part"),
        (coverage.unknown, "not known"),
    ):
        share = 100 * count / coverage.layers if coverage.layers else 0.0
        lines.append(f"  {count:>6}  {share:5.1f} %  {words}")
    if coverage.reasons:
        lines += ["", "why the others are not known, the most frequent reason first"]
    for reason in coverage.reasons:
        lines.append(f"  {reason.layers:>6}  {reason.reason}")
        lines += [f"          {_placed(loss)}" for loss in reason.first]
    return "\n".join(lines) + "\n"


def _placed(loss: Loss) -> str:
    cell = "" if loss.cell is None else f"cell {loss.cell}:"
    lost = "" if loss.lost_at is None else f" (lost at {loss.lost_at})"
    return f"{loss.path}:{cell}{loss.line}{lost}"

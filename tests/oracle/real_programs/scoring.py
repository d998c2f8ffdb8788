"""The summary that an analyser gives of a program against what Keras made of it, in counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.oracle.real_programs.comparing import Match, best_match, class_of
from tests.oracle.real_programs.facts import REBUILT, LayerFact, ModelFact, ProgramFacts, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Report = dict[str, Any]
"""A layer, model or file as `flatlint summary --output-format json` writes it."""
Site = tuple[int | None, int, int, str | None]
"""Cell, line, column, class."""


@dataclass(frozen=True)
class Miss:
    """Something true that the analyser did not say, or did not say rightly."""

    match: Match
    cell: int | None
    line: int
    column: int
    class_name: str
    truth: Shape
    reported: Any
    function: str


@dataclass
class Score:
    """Counts of one file, or of many added up; `misses` of one file only."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)


class ReportedLayers:
    """The layers of a file's summary, found by the place of their call."""

    def __init__(self, summary: Report) -> None:
        self._at_column: dict[Site, list[Report]] = defaultdict(list)
        self._on_line: dict[Site, list[Report]] = defaultdict(list)
        for row in _rows(summary):
            cell, line, name = row.get("cell"), row["line"], class_of(row.get("class"))
            self._at_column[cell, line, row.get("column") or 0, name].append(row)
            self._on_line[cell, line, 0, name].append(row)

    def at(self, site: Site, *, alone: bool) -> list[Report]:
        """Layers at a site; where it is `alone` on its line, the column need not agree."""
        found = self._at_column.get(site, [])
        return found or (self._on_line.get((site[0], site[1], 0, site[3]), []) if alone else [])


def _rows(summary: Report) -> Iterator[Report]:
    for model in summary.get("models", []):
        yield from (row for row in model.get("layers") or [] if isinstance(row.get("line"), int))
    yield from (row for row in summary.get("layers") or [] if isinstance(row.get("line"), int))


def score_program(truth: ProgramFacts, summary: Report) -> Score:
    """Compare one program's facts with its summary; an empty summary says nothing."""
    score, reported = Score(), ReportedLayers(summary)
    sites: dict[Site, list[LayerFact]] = defaultdict(list)
    for layer in truth.layers:
        if layer.scored:
            sites[layer.cell, layer.line, layer.column, class_of(layer.class_name)].append(layer)
    on_line = Counter((cell, line, name) for cell, line, _, name in sites)
    for site, layers in sites.items():
        cell, line, _, name = site
        rows = reported.at(site, alone=on_line[cell, line, name] == 1)
        _score_facts(score, layers, rows)
        _score_instances(score, layers, rows)
        _score_claims(score, truth, layers[0], rows)
    for model in truth.models:
        _score_model(score, truth, model, summary)
    return score


def _score_facts(score: Score, layers: Sequence[LayerFact], rows: Sequence[Report]) -> None:
    """A fact is one distinct outcome at a site: a helper called twice alike tells it once."""
    for layer in {repr((a.shapes, a.params)): a for a in layers}.values():
        matches = [(best_match(row.get("output_shape"), layer.shapes), row) for row in rows]
        match = max((m for m, _ in matches), default=Match.MISSING)
        score.counts["facts"] += 1
        score.counts[f"facts {match.name.lower()}"] += 1
        if layer.params is not None:
            told = [row.get("params") for m, row in matches if m is match]
            score.counts["params"] += 1
            score.counts["params exact"] += layer.params in told
            if layer.params not in told and any(isinstance(p, int) for p in told):
                score.counts["params wrong"] += 1
        if match is not Match.EXACT:
            shape = rows[0].get("output_shape") if rows else None
            score.misses.append(
                Miss(
                    match,
                    layer.cell,
                    layer.line,
                    layer.column,
                    layer.class_name,
                    layer.shapes[0],
                    shape,
                    layer.function,
                )
            )


def _score_instances(score: Score, layers: Sequence[LayerFact], rows: Sequence[Report]) -> None:
    """Every layer object, each reported row used once."""
    left = list(rows)
    for layer in layers:
        score.counts["instances"] += 1
        fits = [best_match(row.get("output_shape"), layer.shapes) for row in left]
        if fits:
            best = fits.index(max(fits))
            score.counts["instances exact"] += fits[best] is Match.EXACT
            del left[best]


def _score_claims(
    score: Score, truth: ProgramFacts, site: LayerFact, rows: Sequence[Report]
) -> None:
    """What is said at a place that Keras was seen at: right, or wrong."""
    shapes = [
        shape
        for a in truth.layers
        if not a.tainted
        and (a.cell, a.line, class_of(a.class_name))
        == (site.cell, site.line, class_of(site.class_name))
        for shape in a.shapes
    ]
    for row in rows:
        if row.get("output_shape"):
            score.counts["claims"] += 1
            score.counts["claims wrong"] += best_match(row["output_shape"], shapes) is Match.WRONG


def _score_model(score: Score, truth: ProgramFacts, model: ModelFact, summary: Report) -> None:
    """A model matches if a reported one has the same layers; a Sequential's in the same order."""
    made = truth.layers[model.layer]
    rows = _askable_rows(truth, model)
    if made.via in REBUILT or made.file is not None or model.tainted or not rows:
        return
    reported = summary.get("models", [])
    alike = [r for r in reported if _same_layers(rows, r, ordered=model.kind == "sequential")]
    here = [r for r in reported if (r.get("cell"), r.get("line")) == (made.cell, made.line)]
    score.counts["models"] += 1
    score.counts["models matched"] += bool(alike)
    if model.total_params is not None:
        score.counts["totals"] += 1
        told = [r.get("total_params") for r in [*alike, *here]]
        score.counts["totals exact"] += model.total_params in told


def _askable_rows(
    truth: ProgramFacts, model: ModelFact
) -> list[tuple[str | None, list[Shape]]] | None:
    """Class and shapes of a model's layers, or None if some cannot be seen in the program."""
    rows: list[tuple[str | None, list[Shape]]] = []
    for entry in model.layers:
        if not isinstance(entry, int):
            if entry.class_name != "InputLayer":
                rows.append((class_of(entry.class_name), []))
            continue
        layer = truth.layers[entry]
        if layer.tainted or layer.file is not None:
            return None
        if layer.class_name != "InputLayer" and not layer.operation:
            rows.append((class_of(layer.class_name), layer.shapes))
    return rows


def _same_layers(
    rows: Sequence[tuple[str | None, list[Shape]]], model: Report, *, ordered: bool
) -> bool:
    left = [r for r in model.get("layers") or [] if r.get("class") != "InputLayer"]
    if len(left) != len(rows):
        return False
    for row in rows:
        candidates = left[:1] if ordered else left
        hit = next((r for r in candidates if _fits(row, r)), None)
        if hit is None:
            return False
        left.remove(hit)
    return True


def _fits(row: tuple[str | None, list[Shape]], reported: Report) -> bool:
    name, shapes = row
    if name != class_of(reported.get("class")):
        return False
    return not shapes or best_match(reported.get("output_shape"), shapes) is Match.EXACT

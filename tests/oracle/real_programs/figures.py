"""What the counts of a score come to: coverage, correctness, and where it is lost."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.oracle.real_programs.comparing import Match
from tests.oracle.real_programs.scoring import Miss, Score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.real_programs.facts import ProgramFacts

COLUMNS = (
    "programs",
    "facts",
    "known%",
    "right%",
    "exact%",
    "partial%",
    "wrong%",
    "missing%",
    "params%",
    "models",
    "models%",
)


@dataclass
class Tally:
    """The scores of many programs: in all, by part, and every miss with its file."""

    total: Counter[str] = field(default_factory=Counter)
    parts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    misses: list[tuple[str, Miss]] = field(default_factory=list)

    def add(self, truth: ProgramFacts, name: str, score: Score) -> None:
        """Count one program in; `name` is what its misses are listed under."""
        counts = score.counts + Counter(programs=1)
        self.total.update(counts)
        for part in (f"era {truth.era}", *(f"style {style}" for style in truth.styles)):
            self.parts[part].update(counts)
        self.misses += [(name, miss) for miss in score.misses]


def figures(counts: Counter[str]) -> dict[str, str]:
    """The figures of `COLUMNS`.

    `known%`: facts of which every size that Keras knows is told, rightly or not. `right%`: how many
    of those are right. `exact + partial + wrong + missing` make up all facts.
    """
    facts, exact, wrong = counts["facts"], counts["facts exact"], counts["facts wrong"]
    lost = counts["facts missing"] + counts["facts unknown"]
    values = (
        str(counts["programs"]),
        str(facts),
        percent(exact + wrong, facts),
        percent(exact, exact + wrong),
        percent(exact, facts),
        percent(counts["facts partial"], facts),
        percent(wrong, facts),
        percent(lost, facts),
        percent(counts["params exact"], counts["params"]),
        str(counts["models"]),
        percent(counts["models matched"], counts["models"]),
    )
    return dict(zip(COLUMNS, values, strict=True))


def percent(part: int, whole: int) -> str:
    """One decimal, `-` of nothing."""
    return f"{100 * part / whole:.1f}" if whole else "-"


def table(tally: Tally) -> Iterator[str]:
    """The figures in all, by era and by style, as lines of text."""
    yield f"{'':<28}" + "".join(f"{name:>10}" for name in COLUMNS)
    for part, counts in [("all", tally.total), *sorted(tally.parts.items())]:
        values = figures(counts)
        yield f"{part:<28}" + "".join(f"{values[name]:>10}" for name in COLUMNS)
    counts = tally.total
    objects = percent(counts["instances exact"], counts["instances"])
    yield (
        f"\n{counts['instances']} layer objects, {objects} % exact;"
        f" {counts['claims']} shapes told, {counts['claims wrong']} wrong;"
        f" {counts['params wrong']} parameter counts wrong;"
        f" totals of models {percent(counts['totals exact'], counts['totals'])} %"
    )


def listed(tally: Tally, *, limit: int = 400) -> Iterator[str]:
    """The misses, wrong ones first, each with file and line; then which classes they are."""
    order = (Match.WRONG, Match.PARTIAL, Match.UNKNOWN, Match.MISSING)
    for match in order:
        of_kind = [(name, miss) for name, miss in tally.misses if miss.match is match]
        classes = Counter(miss.class_name for _, miss in of_kind).most_common(8)
        words = ", ".join(f"{name} {number}" for name, number in classes)
        yield f"\n{match.name.lower()}: {len(of_kind)} ({words})"
        for name, miss in of_kind[:limit]:
            cell = f"cell {miss.cell} line " if miss.cell is not None else ""
            yield (
                f"  {name}:{cell}{miss.line}:{miss.column} {miss.class_name} in {miss.function}:"
                f" Keras {miss.truth}, reported {miss.reported}"
            )

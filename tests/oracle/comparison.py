"""Comparison of Keras's verdicts with flatlint's answers, and the tables that sum it up."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from tests.oracle.answers import Answer, AnsweredLayer, ask_flatlint
from tests.oracle.data_meetings import SUBJECTS as BY_OUTCOME
from tests.oracle.programs import BuiltLayer, BuiltModel, Judgement, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


class Agreement(Enum):
    """How flatlint's answer stands to Keras's verdict on one program."""

    EXACT = "exact"
    """Built, and every shape and count is right."""
    UNKNOWN = "unknown"
    """Built, nothing said is wrong, and something is not said."""
    WRONG = "wrong"
    """Built, and a shape, a count or a layer is wrong."""
    FALSE_ERROR = "false error"
    """Built, and flatlint claims that Keras raises."""
    FOUND = "found"
    """Refused, and flatlint says so."""
    MISSED = "missed"
    """Refused, and flatlint says nothing."""
    CRASHED = "crashed"
    """flatlint itself broke."""


class Match(Enum):
    """How one value that flatlint gives stands to Keras's."""

    SAME = "same"
    UNKNOWN = "unknown"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Comparison:
    """One program, Keras's verdict, flatlint's answer, and how they agree."""

    judgement: Judgement
    answer: Answer
    agreement: Agreement
    differences: tuple[str, ...] = ()

    @property
    def points_at_the_layer(self) -> bool:
        """Whether a found refusal is claimed at the line where Keras raised, or of its layer."""
        lines = {self.judgement.verdict.line, self.judgement.verdict.culprit}
        return any(error.line in lines for error in self.answer.errors)


def compare(judgement: Judgement, ask: Callable[..., Answer] = ask_flatlint) -> Comparison:
    """Ask flatlint about a judged program and compare. A lost verdict must not come here."""
    answer = ask(judgement.program)
    verdict = judgement.verdict
    if answer.crash:
        return Comparison(judgement, answer, Agreement.CRASHED, (answer.crash,))
    if verdict.outcome is Outcome.REFUSED:
        agreement = Agreement.FOUND if answer.errors else Agreement.MISSED
        return Comparison(judgement, answer, agreement)
    if answer.errors:
        claims = tuple(f"claims {e.code} in line {e.line}: {e.message}" for e in answer.errors)
        return Comparison(judgement, answer, Agreement.FALSE_ERROR, claims)
    if judgement.program.subject in BY_OUTCOME:
        return Comparison(judgement, answer, Agreement.EXACT)
    found = [
        *compare_layers(verdict.layers, answer.layers, uncounted=verdict.uncounted),
        *compare_layers(verdict.models, answer.models, classes_matter=False),
    ]
    matches = {match for match, _ in found}
    agreement = Agreement.EXACT
    if Match.DIFFERENT in matches:
        agreement = Agreement.WRONG
    elif Match.UNKNOWN in matches:
        agreement = Agreement.UNKNOWN
    return Comparison(judgement, answer, agreement, tuple(text for _, text in found))


def compare_layers(
    built: Sequence[BuiltLayer | BuiltModel],
    answered: Sequence[AnsweredLayer],
    *,
    classes_matter: bool = True,
    uncounted: Sequence[int] = (),
) -> Iterator[tuple[Match, str]]:
    """Pair layers by line and order, and tell what is missing, too much or different."""
    by_line: dict[int, list[AnsweredLayer]] = defaultdict(list)
    for layer in answered:
        by_line[layer.line].append(layer)
    for layer in built:
        at_line = by_line[layer.line]
        same_class = [a for a in at_line if a.class_name == layer.class_name or not classes_matter]
        if not same_class:
            yield Match.UNKNOWN, f"line {layer.line}: no {layer.class_name} listed"
            continue
        partner = same_class[0]
        at_line.remove(partner)
        yield from compare_layer(layer, partner)
    if not classes_matter:
        return
    for layer in (layer for rest in by_line.values() for layer in rest):
        if layer.line not in uncounted:
            what = f"line {layer.line}: {layer.class_name} is no layer of Keras's"
            yield Match.DIFFERENT, what


def compare_layer(
    built: BuiltLayer | BuiltModel, answered: AnsweredLayer
) -> Iterator[tuple[Match, str]]:
    """Shape and count of one layer or model, where they are not the same.

    What was never called says nothing: Keras counts 0 where there are no weights yet, or nothing.
    """
    if built.shape is None:
        return
    where = f"line {built.line}, {built.class_name}"
    shape = match_shape(built.shape, answered.shape)
    if shape is not Match.SAME:
        yield shape, f"{where}: shape {built.shape}, flatlint {answered.shape}"
    count = match_count(built.params, answered.params)
    if count is not Match.SAME:
        yield count, f"{where}: params {built.params}, flatlint {answered.params}"
    if isinstance(built, BuiltModel):
        trainable = match_count(built.trainable_params, answered.trainable_params)
        if trainable is not Match.SAME:
            said = f"{built.trainable_params}, flatlint {answered.trainable_params}"
            yield trainable, f"{where}: trainable params {said}"


def match_shape(real: Any, said: Any) -> Match:
    """Compare a shape, or a list of them; a size that is a string is unknown."""
    if real is None:
        return Match.SAME
    if said is None:
        return Match.UNKNOWN
    if has_many(real) and len(real) == 1 and not has_many(said):
        return match_shape(real[0], said)
    if has_many(said) and len(said) == 1 and not has_many(real):
        return match_shape(real, said[0])
    if has_many(real) != has_many(said) or len(real) != len(said):
        return Match.DIFFERENT
    parts = [
        match_shape(*pair) if has_many(real) else match_size(*pair)
        for pair in zip(real, said, strict=True)
    ]
    if Match.DIFFERENT in parts:
        return Match.DIFFERENT
    return Match.UNKNOWN if Match.UNKNOWN in parts else Match.SAME


def has_many(shape: Any) -> bool:
    """Whether this is a list of shapes rather than one shape."""
    return any(isinstance(part, list) for part in shape)


def match_size(real: int | None, said: int | str | None) -> Match:
    if isinstance(said, str):
        return Match.UNKNOWN
    return Match.SAME if real == said else Match.DIFFERENT


def match_count(real: int | None, said: int | None) -> Match:
    if real is None or real == said:
        return Match.SAME
    return Match.UNKNOWN if said is None else Match.DIFFERENT


def compare_all(judgements: Iterable[Judgement]) -> Iterator[Comparison]:
    """Compare every judgement that Keras came to."""
    for judgement in judgements:
        if judgement.verdict.outcome is not Outcome.LOST:
            yield compare(judgement)


@dataclass(frozen=True)
class Tally:
    """How many programs of each agreement there are."""

    counts: Counter[Agreement]
    at_the_layer: int = 0

    @classmethod
    def of(cls, comparisons: Iterable[Comparison]) -> Tally:
        """Count comparisons."""
        seen = list(comparisons)
        found = [c for c in seen if c.agreement is Agreement.FOUND]
        return cls(
            Counter(comparison.agreement for comparison in seen),
            sum(comparison.points_at_the_layer for comparison in found),
        )

    @property
    def refused(self) -> int:
        """Programs that Keras refuses and on which flatlint did not break."""
        return self.counts[Agreement.FOUND] + self.counts[Agreement.MISSED]

    @property
    def share_found(self) -> float:
        """The share of refused programs that flatlint refuses; 1 if there are none."""
        return self.counts[Agreement.FOUND] / self.refused if self.refused else 1.0


HEAD = (
    f"{'':34}{'programs':>9}{'exact':>7}{'unknown':>8}{'wrong':>6}{'false':>6}{'crash':>6}"
    f"{'found / refused':>18}{'at layer':>10}"
)


def table(comparisons: Iterable[Comparison]) -> str:
    """One row a layer and era, with a total for each era."""
    groups: dict[tuple[str, str], list[Comparison]] = defaultdict(list)
    for comparison in comparisons:
        program = comparison.judgement.program
        groups[program.era.value, program.subject].append(comparison)
    eras = sorted({era for era, _ in groups})
    lines = [HEAD]
    for era in eras:
        of_era = {subject: group for (e, subject), group in groups.items() if e == era}
        lines += [row(f"{era} {name}", Tally.of(group)) for name, group in sorted(of_era.items())]
        everything = [comparison for group in of_era.values() for comparison in group]
        lines.append(row(f"{era} in all", Tally.of(everything)))
    return "\n".join(lines)


def row(title: str, tally: Tally) -> str:
    """One line of the table."""
    counts = tally.counts
    found = f"{counts[Agreement.FOUND]} / {tally.refused} {tally.share_found:7.1%}"
    return (
        f"{title:<34}{sum(counts.values()):>9}{counts[Agreement.EXACT]:>7}"
        f"{counts[Agreement.UNKNOWN]:>8}{counts[Agreement.WRONG]:>6}"
        f"{counts[Agreement.FALSE_ERROR]:>6}{counts[Agreement.CRASHED]:>6}{found:>18}"
        f"{tally.at_the_layer:>10}"
    )


def describe(comparison: Comparison) -> str:
    """A miss as a developer wants to read it: the program, Keras's verdict, flatlint's."""
    program, verdict = comparison.judgement.program, comparison.judgement.verdict
    text = "\n".join(f"    {line}" for line in program.text.strip().splitlines())
    if verdict.outcome is Outcome.REFUSED:
        keras = f"{verdict.error} in line {verdict.line}: {verdict.message}"
    else:
        keras = "; ".join(
            f"{layer.class_name} {layer.shape} {layer.params}"
            for layer in (*verdict.layers, *verdict.models)
        )
    said = "".join(f"  flatlint: {difference}\n" for difference in comparison.differences)
    if not said:
        said = "  flatlint: no error\n"
    title = f"{comparison.agreement.value}: {program.era.value} {program.subject}"
    return f"{title}\n{text}\n  Keras: {keras}\n{said}"

"""All programs of an era by subject, the parts of them that are taken, and where records lie."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from tests.oracle.configurations import all_layers, family_of
from tests.oracle.data_meetings import SUBJECTS as DATA
from tests.oracle.data_meetings import meetings_of_data, outcome_alone
from tests.oracle.generation import generate_all, sample
from tests.oracle.model_use import SUBJECT as MODEL_USE
from tests.oracle.model_use import uses_of_models
from tests.oracle.models import SUBJECT as MODELS
from tests.oracle.models import random_models
from tests.oracle.records import read_record, write_record

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from tests.oracle.programs import Era, Judgement, Program

RECORD = Path(__file__).resolve().parents[2] / "fixtures" / "oracle"
NAMES = RECORD / "public_layers.json"
MESSAGE_IN_RECORD = 80


def _meetings(subject: str) -> Callable[[Era, int], list[Program]]:
    return lambda era, seed: meetings_of_data(era, subject, seed=seed)


OTHER_SUBJECTS: dict[str, Callable[[Era, int], list[Program]]] = {
    MODELS: lambda era, seed: random_models(era, seed=seed),
    MODEL_USE: lambda era, seed: uses_of_models(era, seed=seed),
    **{subject: _meetings(subject) for subject in DATA},
}
"""What is tried beside layers: subject -> its programs, from an era and a seed."""

RECORDED_AN_ALIAS = 8
RECORDED_OTHERS = 150
RECORDED_DATA = 200


def programs_of(era: Era, seed: int = 0) -> dict[str, list[Program]]:
    """Subject -> programs, each subject's list in a fixed order for a seed."""
    others = {subject: make(era, seed) for subject, make in OTHER_SUBJECTS.items()}
    return {**generate_all(all_layers(), era, seed), **others}


def to_record(subject: str, programs: Sequence[Program], share: float | None) -> list[Program]:
    """The part of a subject's programs that is recorded: a share, or the usual number."""
    if share is not None:
        return tenth(programs, share)
    if subject in DATA:
        return sample(programs, RECORDED_DATA)
    if subject in OTHER_SUBJECTS:
        return sample(programs, RECORDED_OTHERS)
    options = next((o for o in all_layers() if o.name == subject), None)
    return sample(programs, options.recorded if options else RECORDED_AN_ALIAS)


def tenth(programs: Sequence[Program], share: float = 0.1) -> list[Program]:
    """A share of the programs, the same ones every time."""
    return sample(programs, math.ceil(share * len(programs)))


def recorded(
    directory: Path, era: Era, subjects: Container[str] | None = None
) -> Iterator[Judgement]:
    """Judgements from the files DIRECTORY/ERA/*.jsonl, of the given subjects or of all."""
    for path in sorted((directory / era.value).glob("*.jsonl")):
        for judgement in read_record(path):
            if not subjects or judgement.program.subject in subjects:
                yield judgement


def replace_in_record(era: Era, subject: str, judgements: Sequence[Judgement]) -> None:
    """Write a subject's judgements into its family's file, in place of the old ones.

    A file a family, not a subject: `Add` and `add` are one file on some systems.
    """
    path = RECORD / era.value / f"{family_of(subject)}.jsonl"
    others = read_record(path) if path.exists() else []
    if subject in DATA:
        judgements = [outcome_alone(judgement) for judgement in judgements]
    rows = [j for j in others if j.program.subject != subject] + list(judgements)
    rows.sort(key=lambda judgement: judgement.program.subject)
    write_record(path, rows, message=MESSAGE_IN_RECORD)

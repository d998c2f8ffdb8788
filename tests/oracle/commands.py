"""What the oracle's command line does."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.oracle.comparison import Agreement, compare_all, describe, table
from tests.oracle.corpus import (
    NAMES,
    RECORD,
    programs_of,
    recorded,
    replace_in_record,
    tenth,
    to_record,
)
from tests.oracle.disagreements import read_disagreements, without_disagreements
from tests.oracle.judge import Judge, public_names
from tests.oracle.programs import Era, Judgement, Outcome, Program
from tests.oracle.records import write_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ERAS = {"2": [Era.KERAS_2], "3": [Era.KERAS_3], "both": [Era.KERAS_3, Era.KERAS_2]}
AGREED = {Agreement.EXACT, Agreement.FOUND}


def main(arguments: Sequence[str] | None = None) -> None:
    """Parse the command line and run one command."""
    options = parser().parse_args(arguments)
    options.run(options)


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    commands = top.add_subparsers(required=True)
    record = commands.add_parser("record", help="refresh fixtures/oracle with real Keras")
    record.add_argument("--share", type=float, help="share of a layer's programs to record")
    record.set_defaults(run=refresh_record)
    full = commands.add_parser("full", help="judge every program; one record file a layer")
    full.add_argument("directory", type=Path)
    full.add_argument("--missing", action="store_true", help="skip files that exist")
    full.set_defaults(run=write_full)
    check = commands.add_parser("compare", help="compare recorded verdicts with flatlint")
    check.add_argument("directory", type=Path, nargs="?", default=RECORD)
    check.add_argument("--show-misses", type=int, default=0, metavar="N", help="N a layer")
    check.add_argument("--only", choices=[a.value for a in Agreement], action="append")
    check.set_defaults(run=compare_records)
    live = commands.add_parser("live", help="judge a share now, and compare it at once")
    live.add_argument("--share", type=float, default=0.1)
    live.add_argument("--show-misses", type=int, default=0, metavar="N", help="N a layer")
    live.set_defaults(run=compare_live, only=None)
    for command in (record, full, check, live):
        command.add_argument("--seed", type=int, default=0)
        command.add_argument("--era", choices=ERAS, default="both")
        command.add_argument("--layer", action="append", help="only these; may be repeated")
    return top


def chosen(options: argparse.Namespace, era: Era) -> dict[str, list[Program]]:
    """The programs of an era that the options ask for, by subject."""
    return {
        subject: programs
        for subject, programs in programs_of(era, options.seed).items()
        if not options.layer or subject in options.layer
    }


def judged(judge: Judge, programs: Iterable[Program], title: str) -> list[Judgement]:
    """Judge programs and tell on standard error what came of it."""
    started = time.monotonic()
    judgements = list(judge.judge_all(programs))
    counts = ", ".join(
        f"{sum(j.verdict.outcome is outcome for j in judgements)} {outcome.value}"
        for outcome in Outcome
    )
    print(f"{title}: {counts} in {time.monotonic() - started:.0f} s", file=sys.stderr)
    return judgements


def write_full(options: argparse.Namespace) -> None:
    """Judge every program of the chosen layers; write DIRECTORY/ERA/LAYER.jsonl."""
    for era in ERAS[options.era]:
        with Judge(era) as judge:
            for subject, programs in chosen(options, era).items():
                path = options.directory / era.value / f"{subject}.jsonl"
                if not (options.missing and path.exists()):
                    write_record(path, judged(judge, programs, f"{era.value} {subject}"))


def refresh_record(options: argparse.Namespace) -> None:
    """Judge the recorded part of every layer anew; write it and the lists of public names."""
    for era in ERAS[options.era]:
        with Judge(era) as judge:
            for subject, programs in chosen(options, era).items():
                picked = to_record(subject, programs, options.share)
                judgements = judged(judge, picked, f"{era.value} {subject}")
                known = [j for j in judgements if j.verdict.outcome is not Outcome.LOST]
                replace_in_record(era, subject, known)
    names = {era.value: public_names(era) for era in Era}
    NAMES.write_text(json.dumps(names, indent=1) + "\n", encoding="utf-8")


def compare_records(options: argparse.Namespace) -> None:
    """Compare the verdicts in a directory with flatlint's answers and print the table."""
    judgements = (
        judgement
        for era in ERAS[options.era]
        for judgement in recorded(options.directory, era, options.layer)
    )
    report(judgements, options)


def compare_live(options: argparse.Namespace) -> None:
    """Judge a seeded share of the programs with real Keras and compare."""
    judgements: list[Judgement] = []
    for era in ERAS[options.era]:
        with Judge(era) as judge:
            for subject, programs in chosen(options, era).items():
                picked = tenth(programs, options.share)
                judgements += judged(judge, picked, f"{era.value} {subject}")
    report(judgements, options)


def report(judgements: Iterable[Judgement], options: argparse.Namespace) -> None:
    """Print misses, as many a layer as were asked for, then the table."""
    everything = list(compare_all(judgements))
    comparisons = without_disagreements(everything, read_disagreements())
    shown: dict[tuple[str, str], int] = {}
    for comparison in comparisons:
        if options.only and comparison.agreement.value not in options.only:
            continue
        if comparison.agreement in AGREED and not options.only:
            continue
        program = comparison.judgement.program
        key = (program.era.value, program.subject)
        shown[key] = shown.get(key, 0) + 1
        if shown[key] <= options.show_misses:
            print(describe(comparison))
    print(table(comparisons))
    if explained := len(everything) - len(comparisons):
        print(f"and {explained} programs that disagreements.toml explains")

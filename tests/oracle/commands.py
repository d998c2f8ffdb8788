"""What the oracle's command line does."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.oracle.corpus import programs_of
from tests.oracle.judge import Judge
from tests.oracle.programs import Era, Outcome
from tests.oracle.records import write_record

if TYPE_CHECKING:
    from collections.abc import Sequence

ERAS = {"2": [Era.KERAS_2], "3": [Era.KERAS_3], "both": [Era.KERAS_3, Era.KERAS_2]}


def main(arguments: Sequence[str] | None = None) -> None:
    """Parse the command line and run one command."""
    options = parser().parse_args(arguments)
    options.run(options)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    commands = top.add_subparsers(required=True)
    full = commands.add_parser("full", help="judge every program; one record file a layer")
    full.add_argument("directory", type=Path)
    full.set_defaults(run=write_full)
    for command in (full,):
        command.add_argument("--seed", type=int, default=0)
        command.add_argument("--era", choices=ERAS, default="both")
        command.add_argument("--layer", action="append", help="only these; may be repeated")
        command.add_argument("--missing", action="store_true", help="skip files that exist")
    return top


def write_full(options: argparse.Namespace) -> None:
    """Judge every program of the chosen layers; write DIRECTORY/ERA/LAYER.jsonl."""
    for era in ERAS[options.era]:
        with Judge(era) as judge:
            for subject, programs in programs_of(era, options.seed).items():
                path = options.directory / era.value / f"{subject}.jsonl"
                if options.layer and subject not in options.layer:
                    continue
                if options.missing and path.exists():
                    continue
                started = time.monotonic()
                judgements = list(judge.judge_all(programs))
                write_record(path, judgements)
                counts = {
                    outcome.value: sum(j.verdict.outcome is outcome for j in judgements)
                    for outcome in Outcome
                }
                seconds = time.monotonic() - started
                print(f"{era.value} {subject}: {counts} in {seconds:.0f} s", file=sys.stderr)

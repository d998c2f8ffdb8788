"""From a file to its facts: the eras tried, the two runs compared, the better era kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.oracle.real_programs.corpus import sha256_of
from tests.oracle.real_programs.facts import ProgramFacts, read_facts, write_facts
from tests.oracle.real_programs.process import ERAS, Job, environment, write_jobs
from tests.oracle.real_programs.reading import read_source
from tests.oracle.real_programs.stand_ins import Variant
from tests.oracle.real_programs.stubs.keras1 import is_keras1
from tests.oracle.real_programs.styles import styles_of
from tests.oracle.real_programs.suspecting import without_suspects
from tests.oracle.real_programs.tainting import compared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.oracle.real_programs.corpus import Candidate

PROGRAMS_AT_ONCE = 80
_ATTEMPTS = 2
_REPOSITORY = Path(__file__).resolve().parents[3]
_SAME_IN_BOTH_RUNS = (
    "import matplotlib",
    "import mpl_toolkits",
    "import seaborn",
    "import IPython",
    "module matplotlib",
    "module seaborn",
    "module IPython",
    "moved ",
    "compile failed",
    "keras1 ",
)
_NOT_OF_KERAS = (
    "StopTrainingError",
    "OutOfTimeError",
    "SyntaxError",
    "NameError",
    "KeyError",
    "IndexError",
    "FileNotFoundError",
    "AssertionError",
    "AxisError",
    "ZeroDivisionError",
)
"""Failures that another Keras would not mend: they come of data that is not here, or of others."""


class Runs:
    """The runs of some programs, era by era, in a folder that holds what each showed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, era: str, variant: Variant, programs: Sequence[Program]) -> None:
        """Run the programs under an era in one process; those that have been run, not again."""
        out = self.folder / era
        out.mkdir(parents=True, exist_ok=True)
        jobs = [program.job(variant) for program in programs]
        for _ in range(_ATTEMPTS):
            left = [job for job in jobs if not job.end(out).exists()]
            if left:
                _run_jobs(era, left, out)

    def facts(self, era: str, variant: Variant, program: Program) -> ProgramFacts:
        """What a run showed; nothing, if there was none."""
        out, job = self.folder / era, program.job(variant)
        target, end = job.target(out), job.end(out)
        facts = read_facts(target) if target.exists() else ProgramFacts()
        why = json.loads(end.read_text(encoding="utf-8"))["why"] if end.exists() else None
        return facts.model_copy(update={"era": era, "ended": why})


def _run_jobs(era: str, jobs: list[Job], out: Path) -> None:
    """Run jobs in one process, which may die of one of them; then the others are left over."""
    listed = out / "jobs.jsonl"
    write_jobs(jobs, listed)
    module = "tests.oracle.real_programs.process"
    subprocess.run(
        [sys.executable, "-m", module, era, str(listed), str(out)],
        env={**os.environ, **environment(era)},
        cwd=_REPOSITORY,
        stderr=None if os.environ.get("TRACE_LOUDLY") else subprocess.DEVNULL,
        check=False,
    )


class Program:
    """A file to trace, and the folder whose files count as its own code."""

    def __init__(self, name: str, file: Path, root: Path) -> None:
        self.name, self.file, self.root = name, file, root

    def job(self, variant: Variant) -> Job:
        """One run of it."""
        return Job(self.name, str(self.file), str(self.root), variant.name)

    def eras(self) -> tuple[str, ...]:
        """The eras to try, the likelier first."""
        text = self.file.read_text(encoding="utf-8", errors="replace")
        return ("keras1", "keras2") if is_keras1(text) else ("keras3", "keras2")


def trace_file(file: Path, root: Path, *, eras: Sequence[str] | None = None) -> ProgramFacts:
    """The facts of one program.

    Raises OSError, ValueError: the file cannot be read.
    """
    program = Program("program", file, root)
    with tempfile.TemporaryDirectory() as folder:
        return _traced([program], Runs(Path(folder)), eras)["program"]


def trace_corpus(
    candidates: Iterable[Candidate], truth: Path, *, again: bool = False
) -> Iterator[str]:
    """Trace candidates into a folder, a file of facts each; yields how it goes.

    A program that shows no layer has a file too, so that it is not tried again.
    """
    truth.mkdir(parents=True, exist_ok=True)
    todo = [c for c in candidates if again or not (truth / f"{c.identity}.json").exists()]
    for start in range(0, len(todo), PROGRAMS_AT_ONCE):
        part, began = todo[start : start + PROGRAMS_AT_ONCE], time.monotonic()
        programs = [
            Program(c.identity, c.file.resolve(), c.checkout.folder.resolve()) for c in part
        ]
        with tempfile.TemporaryDirectory() as folder:
            facts = _traced(programs, Runs(Path(folder)), None)
        for candidate in part:
            found = facts[candidate.identity].model_copy(
                update={
                    "repo": candidate.checkout.repo,
                    "commit": candidate.checkout.commit,
                    "path": candidate.path,
                }
            )
            write_facts(found, truth / f"{candidate.identity}.json")
        shown = sum(f.traced > 0 for f in facts.values())
        seconds = time.monotonic() - began
        yield f"{start + len(part)}/{len(todo)}: {shown} of {len(part)} traced, {seconds:.0f} s"


def _traced(
    programs: Sequence[Program], runs: Runs, eras: Sequence[str] | None
) -> dict[str, ProgramFacts]:
    """Each program's facts: the likelier era first, the other unless that one left no wish."""
    choice = {program.name: tuple(eras or program.eras()) for program in programs}
    for turn in (0, 1, 2):
        for era in ERAS:
            runs.run(
                era, Variant.FIRST, [p for p in programs if _is_next(p, turn, era, choice, runs)]
            )
    best = {program.name: _best_era(program, choice, runs) for program in programs}
    for era in ERAS:
        again = [p for p in programs if best[p.name] == era and _needs_second(p, era, runs)]
        runs.run(era, Variant.SECOND, again)
    return {p.name: _facts_of(p, best[p.name], choice, runs) for p in programs}


def _is_next(
    program: Program, turn: int, era: str, choice: dict[str, tuple[str, ...]], runs: Runs
) -> bool:
    eras = choice[program.name]
    if turn >= len(eras) or eras[turn] != era:
        return False
    return not any(_is_clean(runs.facts(e, Variant.FIRST, program)) for e in eras[:turn])


def _is_clean(facts: ProgramFacts) -> bool:
    """Whether another era could show nothing more."""
    fine = all(failure.text.startswith(_NOT_OF_KERAS) for failure in facts.failures)
    return facts.traced > 0 and facts.ended is None and fine


def _best_era(program: Program, choice: dict[str, tuple[str, ...]], runs: Runs) -> str:
    def rank(era: str) -> tuple[int, int]:
        facts = runs.facts(era, Variant.FIRST, program)
        return facts.traced, -len(facts.failures)

    return max(choice[program.name], key=rank)


def _needs_second(program: Program, era: str, runs: Runs) -> bool:
    """Whether a second run could differ: something in the first depended on the world."""
    facts = runs.facts(era, Variant.FIRST, program)
    depends = any(not what.startswith(_SAME_IN_BOTH_RUNS) for what in facts.stand_ins)
    return facts.traced > 0 and (depends or any(layer.uncalled for layer in facts.layers))


def _facts_of(
    program: Program, era: str, choice: dict[str, tuple[str, ...]], runs: Runs
) -> ProgramFacts:
    facts = runs.facts(era, Variant.FIRST, program)
    if _needs_second(program, era, runs):
        facts = compared(facts, runs.facts(era, Variant.SECOND, program))
    source = read_source(program.file)
    facts = without_suspects(facts, source)
    tried = {e: runs.facts(e, Variant.FIRST, program).traced for e in choice[program.name]}
    return facts.model_copy(
        update={
            "path": program.file.name,
            "sha256": sha256_of(program.file),
            "styles": styles_of(source, facts.layers, facts.models),
            "tried": tried,
        }
    )

"""The judge: asks real Keras, in a child process per era, what it makes of programs."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.oracle.programs import Era, Judgement, Outcome, Program, Verdict
from tests.oracle.records import verdict_from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

PROGRAMS_A_PROCESS = 4000
ROOT = Path(__file__).resolve().parents[2]


def public_names(era: Era) -> list[str]:
    """The public names of the era's `keras.layers`, from the installed package."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.oracle.judge_process", era.value, "--names"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        check=True,
    )
    names: list[str] = json.loads(answer.stdout)
    return names


class Judge:
    """Real Keras of one era, kept running; a process that dies is replaced.

    Use as a context manager. A program on which the process dies is `Outcome.LOST`.
    """

    def __init__(self, era: Era) -> None:
        self.era = era
        self._process: subprocess.Popen[str] | None = None
        self._judged = 0

    def __enter__(self) -> Judge:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def judge_all(self, programs: Iterable[Program]) -> Iterator[Judgement]:
        """Judge programs one after another; lazily, so that a caller can write as they come."""
        for program in programs:
            yield Judgement(program, self.verdict_on(program.text))

    def verdict_on(self, text: str) -> Verdict:
        """Run one program text under this era's Keras."""
        if self._judged >= PROGRAMS_A_PROCESS:
            self._stop()
        process = self._process or self._start()
        assert process.stdin
        assert process.stdout
        self._judged += 1
        try:
            process.stdin.write(json.dumps(text) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            self._stop()
            return Verdict(Outcome.LOST, error="ProcessDied")
        return verdict_from_json(json.loads(answer))

    def _start(self) -> subprocess.Popen[str]:
        self._judged = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.oracle.judge_process", self.era.value],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

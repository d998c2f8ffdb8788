"""The process of one era: it imports that Keras once and forks a child for every program.

    python -m tests.oracle.real_programs.process keras2 JOBS OUT

`JOBS` is a file of JSON lines, each a `Job`; the facts of a job go to `OUT/name.variant.json`.
Importing takes ten seconds, forking nothing.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import os
import resource
import select
import signal
import sys
import tempfile
import time
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

SECONDS = 40
"""Processor time of a child; on the clock it may take three times as long."""
MEMORY = 5 << 30
LARGEST_FILE = 1 << 28
ERAS = ("keras3", "keras2", "keras1")


@dataclass(frozen=True)
class Job:
    """One run of one program."""

    name: str
    file: str
    root: str
    variant: str

    def target(self, out: Path) -> Path:
        """Where its facts go."""
        return out / f"{self.name}.{self.variant}.json"

    def end(self, out: Path) -> Path:
        """Where it is written how it ended; there when the job is done."""
        return out / f"{self.name}.{self.variant}.end"


def write_jobs(jobs: list[Job], path: Path) -> None:
    """As JSON lines."""
    path.write_text("".join(json.dumps(asdict(job)) + "\n" for job in jobs), encoding="utf-8")


def environment(era: str) -> dict[str, str]:
    """What has to be set before this era's Keras is imported."""
    settings = {
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "KERAS_BACKEND": "tensorflow",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "OMP_NUM_THREADS": "1",
        "TF_NUM_INTRAOP_THREADS": "1",
        "TF_NUM_INTEROP_THREADS": "1",
        "MPLBACKEND": "Agg",
    }
    return settings if era == "keras3" else {**settings, "TF_USE_LEGACY_KERAS": "1"}


class Nursery:
    """Runs the jobs of one era in children, one after another."""

    def __init__(self, era: str, out: Path) -> None:
        self.era, self.out = era, out
        self.keras, self.tf = _imported(era)
        self.begin_statement = self._stubbed()

    def _stubbed(self) -> Any:
        from tests.oracle.real_programs.recording import LiveRecorder, watch
        from tests.oracle.real_programs.stubs import (
            arrays,
            keras1,
            keras_files,
            old_names,
            system,
            training,
        )

        def layers_made() -> int:
            return LiveRecorder.current.seen if LiveRecorder.current is not None else 0

        source = f"{self.keras.__name__.split('.')[0]}.src"
        importlib.import_module(source)
        watch(self.keras)
        system.install()
        arrays.install()
        arrays.install_tensorflow()
        calls = training.TrainingCalls(layers_made)
        training.Training(self.keras, self.tf, self.era, calls).install()
        old_names.install(self.era, self.keras, self.tf, source)
        keras_files.install(self.era, self.tf, source)
        if self.era == "keras1":
            keras1.install(self.keras)
        self._install_finders()
        return calls.begin_statement

    def _install_finders(self) -> None:
        from tests.oracle.real_programs.stubs.imports import AbsentFinder, KerasPathFinder

        if self.era != "keras3":  # the name `keras` is the newer one's until here
            for name in [n for n in sys.modules if n == "keras" or n.startswith("keras.")]:
                del sys.modules[name]
            sys.meta_path.insert(0, KerasPathFinder("keras", self.keras, for_everyone=True))
        with contextlib.suppress(ImportError):  # no scikit-learn, no estimators
            importlib.import_module("tests.oracle.real_programs.stubs.wrappers").install()
        for prefix in ("keras", "tensorflow.keras"):
            sys.meta_path.append(KerasPathFinder(prefix, self.keras, for_everyone=False))
        sys.meta_path.append(AbsentFinder())

    def run(self, job: Job) -> None:
        """Run a job to its end, which may be a violent one."""
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            self._be_child(job)
        why = _wait(child)
        record = {"why": why, "seconds": round(time.monotonic() - started, 1)}
        job.end(self.out).write_text(json.dumps(record), encoding="utf-8")

    def _be_child(self, job: Job) -> None:
        """Never returns."""
        code = 3
        try:
            os.setsid()
            os.chdir(tempfile.mkdtemp(prefix="program_"))
            _hush()
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
            self._trace(job)
            code = 0
        except BaseException:
            if os.environ.get("TRACE_LOUDLY"):
                import traceback

                traceback.print_exc()
        finally:
            os._exit(code)

    def _trace(self, job: Job) -> None:
        from tests.oracle.real_programs.facts import write_facts
        from tests.oracle.real_programs.reading import read_source
        from tests.oracle.real_programs.recording import LiveRecorder, Recorder
        from tests.oracle.real_programs.running import run_program
        from tests.oracle.real_programs.stand_ins import Variant, World
        from tests.oracle.real_programs.stubs.callers import ProgramRoot

        World.begin(Variant[job.variant])
        ProgramRoot.folder = job.root
        file = Path(job.file)
        source = read_source(file)
        recorder = LiveRecorder.current = Recorder(self.keras, self.tf, source, job.root)
        sys.path[:0] = dict.fromkeys([str(file.parent), job.root])
        target = job.target(self.out)

        def save(facts: Any) -> None:
            part = target.with_suffix(".part")
            write_facts(facts, part)
            part.replace(target)

        run_program(source, recorder, self.begin_statement, save)


def _imported(era: str) -> tuple[Any, Any]:
    """Keras and TensorFlow of an era, and what takes long to import and programs use."""
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    for name in ("pandas", "scipy", "sklearn.metrics", "sklearn.linear_model", "matplotlib.pyplot"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    tf = importlib.import_module("tensorflow")
    if era == "keras3":
        keras = importlib.import_module("keras")
    else:
        keras = importlib.import_module("tf_keras")
        for room in ("layers", "models", "utils", "backend", "datasets", "applications"):
            importlib.import_module(f"tf_keras.{room}")
        importlib.import_module("tf_keras.preprocessing")
    assert tf.keras.layers.Dense is keras.layers.Dense
    return keras, tf


def _hush() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    loud = bool(os.environ.get("TRACE_LOUDLY"))
    for descriptor in (0, 1) if loud else (0, 1, 2):
        os.dup2(null, descriptor)


def _wait(child: int) -> str | None:
    """Wait for a child and end it when it has had its share; why it ended, if not by itself."""
    started = time.monotonic()
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else None
        seconds, memory = _used(child)
        why = "memory" if memory > MEMORY else None
        if seconds > SECONDS or time.monotonic() - started > 3 * SECONDS:
            why = "time"
        if why is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return why
        select.select([], [], [], 0.05)  # time.sleep is a stub here


def _used(child: int) -> tuple[float, int]:
    """Processor seconds and bytes of memory of a child."""
    from tests.oracle.real_programs.stubs.system import real_open

    try:
        with real_open(f"/proc/{child}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
    except OSError:
        return 0.0, 0
    ticks = int(fields[11]) + int(fields[12])
    pages = int(fields[21])
    return ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Run the jobs of the command line."""
    era, jobs, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    os.environ.update(environment(era))
    rows = jobs.read_text(encoding="utf-8").splitlines()
    nursery = Nursery(era, out)
    for row in rows:
        nursery.run(Job(**json.loads(row)))


if __name__ == "__main__":
    main()

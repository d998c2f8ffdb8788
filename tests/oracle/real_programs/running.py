"""One run of a program in this process: statement by statement, each caught and limited in time."""

from __future__ import annotations

import ast
import contextlib
import linecache
import signal
import sys
import traceback
import types
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.oracle.real_programs.assembling import layer_facts, model_facts
from tests.oracle.real_programs.calls import names_stored
from tests.oracle.real_programs.facts import Failure, ProgramFacts
from tests.oracle.real_programs.stand_ins import StandIn, World
from tests.oracle.real_programs.uncalled import (
    NotKnownError,
    arguments_for,
    uncalled_functions,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.oracle.real_programs.reading import Source
    from tests.oracle.real_programs.recording import Recorder

IDLE_SECONDS = 2
"""Processor time that a statement may spend without making a layer or a shape."""
TOTAL_SECONDS = 18
"""Processor time of the whole run."""
MOST_FAILURES = 60


class OutOfTimeError(BaseException):
    """The statement has shown nothing new for long; not an `Exception`, so nobody catches it."""


@dataclass
class Clock:
    """Stops a statement that idles, and every statement once the run has had its time."""

    recorder: Recorder
    idle: int = 0
    stops: int = 0
    progress: int = -1
    spent: int = 0

    def start(self) -> None:
        """A statement begins; from now on there is a tick every second of processor time."""
        self.idle, self.progress = 0, self.recorder.progress
        signal.signal(signal.SIGPROF, self._tick)
        signal.setitimer(signal.ITIMER_PROF, 1, 1)

    def stop(self) -> None:
        """The statement has ended."""
        signal.setitimer(signal.ITIMER_PROF, 0)

    @property
    def is_over(self) -> bool:
        """Whether the run has had its time."""
        return self.spent >= TOTAL_SECONDS

    def _tick(self, *_: object) -> None:
        self.spent += 1
        self.idle = self.idle + 1 if self.progress == self.recorder.progress else 0
        self.progress = self.recorder.progress
        allowed = 1 if self.stops >= 3 else IDLE_SECONDS
        if self.idle >= allowed or self.is_over:
            self.stops += 1
            raise OutOfTimeError(f"nothing new for {self.idle} s")


@dataclass
class Run:
    """A program being run."""

    source: Source
    recorder: Recorder
    begin_statement: Callable[[], None]
    namespace: dict[str, Any]
    clock: Clock
    failures: list[Failure] = field(default_factory=list)
    total: int = 0
    done: int = 0

    def facts(self) -> ProgramFacts:
        """What it has shown so far."""
        return ProgramFacts(
            layers=layer_facts(self.recorder),
            models=model_facts(self.recorder),
            failures=self.failures[:MOST_FAILURES],
            stand_ins=dict(sorted(World.answers.items())),
            statements=self.total,
            done=self.done,
        )


def run_program(
    source: Source,
    recorder: Recorder,
    begin_statement: Callable[[], None],
    save: Callable[[ProgramFacts], None],
) -> None:
    """Run a program, saving its facts on the way: whoever kills the run keeps what it showed."""
    run = Run(source, recorder, begin_statement, _new_main(source), Clock(recorder))
    run.failures += [Failure(line=line, text=text) for line, text in source.unparsed]
    statements = [s for s in source.top_level() if not _is_future(s)]
    run.total, saved = len(statements), 0
    for statement in statements:
        if run.clock.is_over:
            break
        _run_statement(run, statement)
        run.done += 1
        if recorder.changes - saved > 20:
            saved = recorder.changes
            save(run.facts())
    save(run.facts())
    recorder.in_uncalled = True
    for function, definition in uncalled_functions(source, run.namespace):
        if not run.clock.is_over:
            _call(run, function, definition)
    save(run.facts())


def _new_main(source: Source) -> dict[str, Any]:
    """The namespace of a `__main__` module, as a program and as a notebook expect it."""
    linecache.cache[str(source.path)] = (
        len(source.text),
        None,
        source.text.splitlines(keepends=True),
        str(source.path),
    )
    module = types.ModuleType("__main__")
    module.__file__ = str(source.path)
    sys.modules["__main__"] = module
    sys.argv = [str(source.path)]
    namespace = module.__dict__
    namespace["__package__"] = package = package_of(source.path)
    depth = package.count(".") + 1 if package else 0
    sys.path.insert(1, str(source.path.resolve().parents[depth]))
    namespace.update({"xrange": range, "raw_input": input, "unicode": str, "unichr": chr})
    namespace["get_ipython"] = StandIn
    namespace["display"] = namespace["exit"] = namespace["quit"] = lambda *_, **__: None
    return namespace


def package_of(file: Path) -> str:
    """The package that a file is a module of, so that its relative imports work; else nothing."""
    names: list[str] = []
    folder = file.resolve().parent
    while (folder / "__init__.py").is_file() and folder.name.isidentifier():
        names.insert(0, folder.name)
        folder = folder.parent
    return ".".join(names)


def _run_statement(run: Run, statement: ast.stmt) -> None:
    before = run.recorder.seen
    run.recorder.statement = statement.lineno
    run.begin_statement()
    failure = _execute(run, statement)
    if failure is None:
        return
    _note(run, failure, statement)
    if isinstance(statement, ast.ImportFrom) and isinstance(failure, ImportError | AttributeError):
        _import_one_by_one(run, statement)
    elif run.recorder.seen == before:
        for name in _assigned(statement):
            if name not in run.namespace:
                run.namespace[name] = StandIn()
                World.note("failed statement")


def _execute(run: Run, statement: ast.stmt) -> BaseException | None:
    """Run it; what it raised, if something."""
    return _timed(run, lambda: _exec(run, statement))


def _exec(run: Run, statement: ast.stmt) -> None:
    code = compile(ast.Module([statement], []), str(run.source.path), "exec", dont_inherit=True)
    exec(code, run.namespace)


def _timed(run: Run, action: Callable[[], object]) -> BaseException | None:
    run.clock.start()
    try:
        action()
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:
        return error
    finally:
        with contextlib.suppress(OutOfTimeError):
            run.clock.stop()
    return None


def _note(run: Run, error: BaseException, statement: ast.stmt) -> None:
    line = statement.lineno
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == str(run.source.path) and frame.lineno:
            line = frame.lineno
    first = (str(error).strip().splitlines() or [""])[0]
    text = f"{type(error).__name__}: {first}"[:200]
    run.failures.append(Failure(line=line, text=text, statement=statement.lineno))


def _import_one_by_one(run: Run, statement: ast.ImportFrom) -> None:
    """Of `from x import a, b` what there is; the rest, unless it is Keras', as stand-ins."""
    for alias in statement.names:
        one = ast.copy_location(
            ast.ImportFrom(statement.module, [alias], statement.level), statement
        )
        if _execute(run, ast.fix_missing_locations(one)) is None or alias.name == "*":
            continue
        if not (statement.module or "").startswith(("keras", "tensorflow.keras")):
            run.namespace[alias.asname or alias.name] = StandIn()
            World.note(f"name {statement.module}.{alias.name}")


def _assigned(statement: ast.stmt) -> set[str]:
    simple = (ast.Assign, ast.AnnAssign, ast.AugAssign)
    blocks = (ast.With, ast.For, ast.If, ast.Try, ast.While)
    return names_stored(statement) if isinstance(statement, simple + blocks) else set()


def _call(run: Run, function: types.FunctionType, definition: ast.FunctionDef) -> None:
    """Call a function that the program does not; what it raises is nobody's mistake."""
    try:
        arguments = arguments_for(function)
    except (NotKnownError, ValueError, TypeError):
        return
    run.recorder.statement = definition.lineno
    run.begin_statement()
    _timed(run, lambda: function(**arguments))


def _is_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"

"""Modules: imports that lead to another file of the project, each evaluated once a run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeAlias

from flatlint.evaluation.base import Flow, FrameKind, Interpreter
from flatlint.evaluation.bounds import MAX_MODULES
from flatlint.evaluation.libraries import FAMILIES
from flatlint.evaluation.values import Module, Value
from flatlint.parsing.parsed_source import ParsedSource
from flatlint.sources.project import module_file, package_of

ReadModule: TypeAlias = Callable[[Path], "ParsedSource | None"]
"""Gives the parsed source of a file, or `None` if it cannot be read."""


class ModuleLoader(Protocol):
    """Finds modules of the project."""

    def load(self, run: Interpreter, name: str) -> Value | None:
        """The module by its absolute name, or `None` if it is not part of the project."""
        ...


class NoProject:
    """The loader of a text that stands alone."""

    def load(self, run: Interpreter, name: str) -> Value | None:
        """There are no other files."""
        return None


class ProjectLoader:
    """Loads the modules of the project that a file belongs to."""

    def __init__(self, path: Path, read: ReadModule) -> None:
        self._path = path
        self._read = read
        self._modules: dict[str, Module | None] = {}

    def load(self, run: Interpreter, name: str) -> Value | None:
        """The module, evaluated at its first import; one that is being imported as it stands."""
        if name.partition(".")[0] in FAMILIES:
            return None
        if name not in self._modules:
            self._modules[name] = None
            if len(self._modules) <= MAX_MODULES:
                self._load(run, name)
        return self._modules[name]

    def _load(self, run: Interpreter, name: str) -> None:
        file = module_file(self._path, name)
        source = self._read(file) if file is not None else None
        if file is None or source is None:
            return
        frame = run.new_frame(FrameKind.MODULE, source, None)
        frame.package = package_of(file)
        self._modules[name] = Module(name, frame.number)
        run.set_variables(frame, {"__name__": name})

        def body() -> Flow:
            run.execute(source.module.body)
            return Flow.NEXT

        run.in_frame(frame, body)
        run.state.share(since=frame.number)

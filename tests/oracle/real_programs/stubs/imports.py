"""Imports that would fail: packages that are not here, and Keras modules that have moved."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
import types
from typing import TYPE_CHECKING, Any

from tests.oracle.real_programs.stand_ins import StandInModule, World
from tests.oracle.real_programs.stubs.callers import called_by_program

if TYPE_CHECKING:
    from collections.abc import Sequence

KERAS_PACKAGES = ("keras", "tf_keras")
_NEVER_ABSENT = ("tensorflow.keras", "tensorflow.python", "_")


class AbsentFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The last finder: what the program imports and nobody has is a stand-in."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.split(".")[0] in KERAS_PACKAGES or fullname.startswith(_NEVER_ABSENT):
            return None
        parent = sys.modules.get(fullname.rpartition(".")[0])
        if not isinstance(parent, StandInModule) and not called_by_program():
            return None
        World.note(f"import {fullname}")
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return StandInModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass


class MovedModule(types.ModuleType):
    """An old module path, answered from where its names live today."""

    def __init__(self, name: str, homes: Sequence[types.ModuleType]) -> None:
        super().__init__(name)
        self.__dict__["_homes"] = homes
        self.__path__: list[str] = []
        self.__all__ = [n for home in homes for n in dir(home) if not n.startswith("_")]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__version__":
            raise AttributeError(name)
        for home in self.__dict__["_homes"]:
            if hasattr(home, name):
                return getattr(home, name)
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")


class KerasPathFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """`prefix.x.y` as the Keras of this era has it, or had it."""

    def __init__(self, prefix: str, keras: types.ModuleType, *, for_everyone: bool) -> None:
        self.prefix, self.keras, self.for_everyone = prefix, keras, for_everyone
        self._under_way: set[str] = set()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        ours = fullname == self.prefix or fullname.startswith(f"{self.prefix}.")
        if not ours or fullname.startswith(f"{self.prefix}.src") or fullname in self._under_way:
            return None
        last = fullname.rpartition(".")[2]
        is_name_not_module = last != last.lower() or last.startswith("_")
        if is_name_not_module or (last in ("merge", "add") and fullname.count(".") < 2):
            return None
        if not self.for_everyone and not called_by_program():
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        self._under_way.add(spec.name)
        try:
            return self._answer(spec.name)
        finally:
            self._under_way.discard(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass

    def _answer(self, name: str) -> types.ModuleType:
        rest = name[len(self.prefix) :].strip(".")
        found = self._present(rest)
        if found is not None:
            return found if found.__name__ == name else MovedModule(name, [found])
        World.note(f"moved {name}")
        return MovedModule(name, self._homes(rest))

    def _present(self, rest: str) -> types.ModuleType | None:
        module: Any = self.keras
        for number, part in enumerate(rest.split(".") if rest else []):
            path = ".".join(rest.split(".")[: number + 1])
            module = getattr(module, part, None) or imported(f"{self.keras.__name__}.{path}")
            if not isinstance(module, types.ModuleType):
                return None
        return module  # type: ignore[no-any-return]

    def _homes(self, rest: str) -> list[types.ModuleType]:
        """Where the names of a path that is gone may be: inside, then in the public rooms."""
        keras, source = self.keras, f"{self.keras.__name__.split('.')[0]}.src"
        first = rest.split(".")[0]
        inside = (f"{source}.{first}", f"{source}.{rest}", f"{source}.layers.merging.base_merge")
        homes = [module for path in inside if (module := imported(path)) is not None]
        if isinstance(getattr(keras, first, None), types.ModuleType):
            homes.append(getattr(keras, first))
        return [*homes, keras.layers, keras.models, keras.utils, keras.backend, keras]


def imported(name: str) -> types.ModuleType | None:
    """A module, or None if it cannot be had."""
    try:
        return importlib.import_module(name)
    except Exception:
        return None

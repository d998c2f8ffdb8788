"""The patterns that leave files out, spelled and understood as ruff does."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable
from pathlib import Path


class Exclusion:
    """A set of glob patterns: without `/` for a name anywhere, with it for a path from the root."""

    def __init__(self, patterns: Iterable[str], root: Path) -> None:
        patterns = tuple(patterns)
        self._root = root.absolute()
        self._names = _any_of(pattern.rstrip("/") for pattern in patterns if _is_name(pattern))
        self._paths = _any_of(
            pattern.strip("/").removeprefix("./") for pattern in patterns if not _is_name(pattern)
        )

    def matches(self, path: Path) -> bool:
        """Whether the path itself is left out; its folders have been asked before."""
        if self._names is not None and self._names.match(path.name):
            return True
        return self._paths is not None and bool(self._paths.match(self._relative(path)))

    def covers(self, path: Path) -> bool:
        """Whether the path, or a folder that it stands in, is left out."""
        within = path.absolute()
        if within.is_relative_to(self._root):
            inner = [within, *within.parents]
            return any(self.matches(part) for part in inner[: inner.index(self._root)])
        return any(self.matches(part) for part in (within, *within.parents))

    def _relative(self, path: Path) -> str:
        absolute = path.absolute()
        if absolute.is_relative_to(self._root):
            return absolute.relative_to(self._root).as_posix()
        return absolute.as_posix().lstrip("/")


def _is_name(pattern: str) -> bool:
    return "/" not in pattern.rstrip("/")


def _any_of(patterns: Iterable[str]) -> re.Pattern[str] | None:
    translated = [fnmatch.translate(pattern) for pattern in patterns if pattern]
    return re.compile("|".join(translated)) if translated else None

"""The other files of a project: read and parsed when a checked file imports them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flatlint.sources.reading import read_file
from flatlint.sources.unreadable import UnreadableSource

if TYPE_CHECKING:
    from flatlint.evaluation.modules import ModuleLoader
    from flatlint.parsing.parsed_source import ParsedSource

MAX_BYTES = 1_000_000
"""A larger module is taken for data."""


class Project:
    """Parsed modules by path, kept for as long as their files do not change."""

    def __init__(self) -> None:
        self._parsed: dict[Path, tuple[int, ParsedSource | None]] = {}

    def loader_for(self, path: Path) -> ModuleLoader:
        """What finds the modules that the file at `path` imports."""
        from flatlint.evaluation.modules import ProjectLoader

        return ProjectLoader(path, self.read)

    def read(self, path: Path) -> ParsedSource | None:
        """The parsed source of a file, or `None` if there is none that could be read."""
        try:
            status = path.stat()
        except OSError:
            return None
        known = self._parsed.get(path)
        if known is None or known[0] != status.st_mtime_ns:
            parsed = _parse(path) if status.st_size <= MAX_BYTES else None
            known = self._parsed[path] = (status.st_mtime_ns, parsed)
        return known[1]


def _parse(path: Path) -> ParsedSource | None:
    from flatlint.parsing.parse import parse

    try:
        return parse(read_file(path))
    except UnreadableSource:
        return None

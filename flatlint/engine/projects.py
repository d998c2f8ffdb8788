"""The files of a project: each read and parsed once, whether it is checked, imported or both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from flatlint.sources.reading import read_file
from flatlint.sources.unreadable import UnreadableSource

if TYPE_CHECKING:
    from flatlint.evaluation.modules import ModuleLoader
    from flatlint.parsing.parsed_source import ParsedSource
    from flatlint.sources.source_file import SourceFile

Kept = TypeVar("Kept")

MAX_BYTES = 1_000_000
"""A larger module is taken for data."""

MAX_KEPT = 12_000_000
"""Characters of parsed files that are kept: a tree takes some fifty times the memory of its text.
"""


class Table(Generic[Kept]):
    """Things by the path of a file: those last asked for that there is room for, by their texts."""

    def __init__(self, room: int = MAX_KEPT) -> None:
        self._held: dict[Path, tuple[Kept, int]] = {}
        self._room = room

    def get(self, path: Path) -> Kept | None:
        """What is kept for the file."""
        held = self._held.pop(path, None)
        if held is None:
            return None
        self._held[path] = held  # It is the newest now.
        return held[0]

    def keep(self, path: Path, thing: Kept, characters: int) -> None:
        """Keep something made of so many characters; what was asked for longest ago gives way."""
        self.drop(path)
        self._held[path] = thing, characters
        self._room -= characters
        while self._room < 0 and len(self._held) > 1:
            self.drop(next(iter(self._held)))

    def drop(self, path: Path) -> None:
        """Forget what is kept for the file, if anything is."""
        _, characters = self._held.pop(path, (None, 0))
        self._room += characters


class Project:
    """Parsed files by path, kept for as long as they do not change, the last of them."""

    def __init__(self) -> None:
        self._parsed: Table[ParsedSource] = Table()
        self._modules: Table[tuple[int, ParsedSource | None]] = Table()

    def loader_for(self, path: Path) -> ModuleLoader:
        """What finds the modules that the file at `path` imports."""
        from flatlint.evaluation.modules import ProjectLoader

        def read(module: Path) -> ParsedSource | None:
            # A program that its own modules import is evaluated a second time, as a module: with
            # the same nodes its functions would count as called in both once they are in one.
            return _parse_alone(module) if module == path.absolute() else self.read(module)

        return ProjectLoader(path, read)

    def parse(self, source: SourceFile) -> ParsedSource:
        """A source with its tree, which is the one of the module if the same text was imported."""
        from flatlint.parsing.parse import parse

        if source.path is None:
            return parse(source)
        path = source.path.absolute()
        known = self._parsed.get(path)
        if known is None or known.source.text != source.text:
            known = parse(source)
            self._parsed.keep(path, known, len(source.text))
        return replace(known, source=source)

    def read(self, path: Path) -> ParsedSource | None:
        """The parsed source of a module, or `None` if there is none that could be read."""
        try:
            status = path.stat()
        except OSError:
            return None
        known = self._modules.get(path)
        if known is None or known[0] != status.st_mtime_ns:
            parsed = self._parse_file(path) if status.st_size <= MAX_BYTES else None
            known = (status.st_mtime_ns, parsed)
            self._modules.keep(path, known, 0 if parsed is None else len(parsed.text))
        return known[1]

    def _parse_file(self, path: Path) -> ParsedSource | None:
        try:
            return self.parse(read_file(path))
        except UnreadableSource:
            return None


def _parse_alone(path: Path) -> ParsedSource | None:
    return Project().read(path)

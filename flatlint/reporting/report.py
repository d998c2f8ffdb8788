"""What a reporter is given: findings, the sources they stand in, and how paths are shown."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from flatlint.diagnostics import Diagnostic, Place, Severity
from flatlint.sources.source_file import SourceFile


@dataclass(frozen=True)
class Report:
    """The findings of a run, in order, with what is needed to show them."""

    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, SourceFile] = field(default_factory=lambda: MappingProxyType({}))
    """By filename, as diagnostics have it. Code frames need them, nothing else."""
    cwd: Path = Path("/")
    """The folder that shown paths are relative to."""
    version: str = "0"
    """Of flatlint itself, for formats that name the tool."""
    unsafe_fixes: bool = False
    """Whether `--fix` would apply unsafe fixes too."""

    def absolute(self, filename: str) -> str:
        """The absolute path of a file; stdin without a name stays as it is."""
        if filename == "<stdin>":
            return filename
        return os.path.normpath(self.cwd / filename)

    def shown(self, filename: str) -> str:
        """The path as a reader in `cwd` would write it."""
        if filename == "<stdin>":
            return filename
        path = Path(self.absolute(filename))
        return str(path.relative_to(self.cwd)) if path.is_relative_to(self.cwd) else str(path)

    def is_mendable(self, diagnostic: Diagnostic) -> bool:
        """Whether `--fix`, with the other options of this run, would mend the finding."""
        fix = diagnostic.fix
        return fix is not None and fix.applicability.is_allowed(unsafe=self.unsafe_fixes)

    def count(self, severity: Severity) -> int:
        """How many findings have that severity."""
        return sum(diagnostic.severity is severity for diagnostic in self.diagnostics)


def shown_place(place: Place, report: Report) -> str:
    """`file:row:column`, in a notebook `file:cell 3:row:column`."""
    start = place.start
    cell = "" if start.cell is None else f"cell {start.cell}:"
    return f"{report.shown(place.filename)}:{cell}{start.row}:{start.column}"


def shown_line(place: Place, report: Report, filename: str) -> str:
    """`line 3`, said of a place within `filename`; a place elsewhere says where."""
    start = place.start
    row = f"line {start.row}" if start.cell is None else f"cell {start.cell}, line {start.row}"
    is_elsewhere = place.filename != filename
    return f"{report.shown(place.filename)}, {row}" if is_elsewhere else row

"""Site: where in the program something happens, and which calls led there."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from flatlint.parsing.parsed_source import ParsedSource


@dataclass(frozen=True, eq=False, repr=False)
class Site:
    """A syntax node of a source, reached through `calls`, the outermost first."""

    source: ParsedSource
    node: cst.CSTNode
    calls: tuple[Site, ...] = ()

    @property
    def key(self) -> tuple[int, int]:
        """Tells two places in the text apart, whichever calls led there."""
        return (id(self.source), id(self.node))

"""A source with the tree that was parsed from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import libcst as cst

from flatlint.parsing.gap import Gap
from flatlint.parsing.skipped import Skipped
from flatlint.parsing.spans import Span, spans_of
from flatlint.parsing.suppressions import Suppressions
from flatlint.sources.source_file import SourceFile


@dataclass(frozen=True)
class ParsedSource:
    """The tree of a source: of `text`, which is the source's where nothing had to be repaired.

    Offsets into `text` are offsets into the source's own text.
    """

    source: SourceFile
    text: str
    module: cst.Module
    skipped: tuple[Skipped, ...]
    suppressions: Suppressions

    def spans_of(self, nodes: Collection[cst.CSTNode]) -> dict[cst.CSTNode, Span]:
        """Where the nodes stand in the source's text."""
        return spans_of(self.module, nodes, self.text)

    @cached_property
    def gaps(self) -> Mapping[int, Sequence[Gap]]:
        """What was left out before a statement (by its `id`), or stood in its place."""
        if not self.skipped:
            return {}
        # Imported only now: most programs are whole.
        from flatlint.parsing.gaps import gaps_of

        return gaps_of(self.module, self.source.text, self.text, self.skipped)

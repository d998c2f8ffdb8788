"""A source into a tree: repaired as far as needed, so that there always is one."""

from __future__ import annotations

import libcst as cst

from flatlint.parsing.accepting import safely_parsed
from flatlint.parsing.parsed_source import ParsedSource
from flatlint.parsing.repairs import unwritable_characters
from flatlint.parsing.skipped import Skipped
from flatlint.parsing.suppressions import suppressions_of
from flatlint.sources.source_file import SourceFile

# Within this limit libcst's visitors and its code generation walk whatever `parse` returns: no
# node has more than 1000 ancestors (90 blocks, 100 `elif`, 64 brackets, 250 links of a chain).
RECURSION_LIMIT = 5000


def parse(source: SourceFile) -> ParsedSource:
    """The tree of a source. Never raises: what cannot be parsed is masked and recorded."""
    text, module, skipped = _tree(source)
    return ParsedSource(source, text, module, skipped, suppressions_of(source))


def _tree(source: SourceFile) -> tuple[str, cst.Module, tuple[Skipped, ...]]:
    """The text as it was parsed, its tree, and what was left out."""
    text = unwritable_characters.repair(source.text)
    if (module := safely_parsed(text)) is not None:
        return text, module, ()
    # Imported only now: most programs are whole, and for Python 3.
    from flatlint.parsing.repairing import repaired

    return repaired(text, tuple(cell.start for cell in source.cells))

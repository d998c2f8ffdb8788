"""A source into a tree: repaired as far as needed, so that there always is one."""

from __future__ import annotations

import libcst as cst

from flatlint.parsing.accepting import parsed
from flatlint.parsing.masks import blank
from flatlint.parsing.nesting import is_too_deep
from flatlint.parsing.parsed_source import ParsedSource
from flatlint.parsing.repairs import (
    backticks,
    broken_statements,
    except_comma,
    exec_statement,
    mixed_indentation,
    old_numbers,
    print_statement,
    raise_comma,
    raw_unicode_strings,
    tuple_parameters,
    typographic_signs,
    unclosed_quotes,
    unequal_sign,
    unwritable_characters,
)
from flatlint.parsing.skipped import Skipped, SkipReason
from flatlint.parsing.suppressions import suppressions_of
from flatlint.sources.source_file import SourceFile

# None of them touches what Python 3 understands.
_HARMLESS = (
    typographic_signs,
    mixed_indentation,
    print_statement,
    exec_statement,
    except_comma,
    raise_comma,
    backticks,
    unequal_sign,
    old_numbers,
    raw_unicode_strings,
    tuple_parameters,
)


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
    if (module := _safely_parsed(text)) is not None:
        return text, module, ()
    for one in _HARMLESS:
        text = one.repair(text)
    if (module := _safely_parsed(text)) is not None:
        return text, module, ()
    text, unclosed = unclosed_quotes.repair(text)
    text, broken = broken_statements.repair(text, tuple(cell.start for cell in source.cells))
    skipped = tuple(sorted(unclosed + broken))
    if (module := _safely_parsed(text)) is not None:
        return text, module, skipped
    text = blank(text)
    everything = Skipped(0, len(text), SkipReason.UNPARSABLE)
    return text, parsed(text) or cst.Module(()), (everything,)


def _safely_parsed(text: str) -> cst.Module | None:
    return None if is_too_deep(text) else parsed(text)

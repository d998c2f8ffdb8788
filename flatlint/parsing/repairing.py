"""The repairs in their order: what is tried on a text that libcst refuses as it stands."""

from __future__ import annotations

import libcst as cst

from flatlint.parsing.accepting import parsed, safely_parsed
from flatlint.parsing.masks import blank
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
)
from flatlint.parsing.skipped import Skipped, SkipReason

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


def repaired(text: str, boundaries: tuple[int, ...]) -> tuple[str, cst.Module, tuple[Skipped, ...]]:
    """The text as it was parsed in the end, its tree, and what was left out.

    `boundaries` are the offsets at which the cells of a notebook begin.
    """
    for one in _HARMLESS:
        text = one.repair(text)
    if (module := safely_parsed(text)) is not None:
        return text, module, ()
    text, unclosed = unclosed_quotes.repair(text)
    text, broken = broken_statements.repair(text, boundaries)
    skipped = tuple(sorted(unclosed + broken))
    if (module := safely_parsed(text)) is not None:
        return text, module, skipped
    text = blank(text)
    everything = Skipped(0, len(text), SkipReason.UNPARSABLE)
    return text, parsed(text) or cst.Module(()), (everything,)

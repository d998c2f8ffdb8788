"""The gaps of a source, each with the statement before which it is to be felt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import libcst as cst

from flatlint.parsing.gap import Gap
from flatlint.parsing.lost_words import gap_of_header, gap_of_statement
from flatlint.parsing.nodes import nodes_within
from flatlint.parsing.skipped import Skipped, SkipReason
from flatlint.parsing.spans import spans_of


def gaps_of(
    module: cst.Module, text: str, parsed_text: str, skipped: Sequence[Skipped]
) -> Mapping[int, Sequence[Gap]]:
    """The gaps by the `id` of a statement: the one in their place, or else the next.

    `text` is the source's, `parsed_text` what the module was parsed from.
    """
    spans = spans_of(module, list(_statements(module)), parsed_text)
    places = sorted((span.start, id(node), node) for node, span in spans.items())
    starts = [start for start, _, _ in places]
    found: dict[int, list[Gap]] = {}
    for one in skipped:
        at = bisect_left(starts, one.start)
        kept = places[at][2] if at < len(places) and starts[at] == one.start else None
        # A handler in the place of a statement is another way than the one that is gone on.
        is_handler = one.reason is SkipReason.NO_HANDLER
        is_header = isinstance(kept, cst.BaseCompoundStatement) and not is_handler
        if is_header or is_handler:
            at = bisect_left(starts, one.end)
        if at < len(places):
            row_start = 1 + max(text.rfind("\n", 0, one.start), text.rfind("\r", 0, one.start))
            gap = (
                gap_of_header(text[one.start : one.end])
                if is_header
                else gap_of_statement(text[row_start : one.end])
            )
            found.setdefault(places[at][1], []).append(gap)
    return found


def _statements(module: cst.Module) -> Iterator[cst.CSTNode]:
    """Everything that is executed as a statement."""
    for node in nodes_within(module):
        if isinstance(node, cst.BaseStatement):
            yield node
        elif isinstance(node, cst.SimpleStatementSuite):
            yield from node.body

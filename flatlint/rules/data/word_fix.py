"""The fix of a word that `compile` gets: of a loss, of a metric, of an output's name."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

import libcst as cst

from flatlint.diagnostics import Applicability
from flatlint.graph import CompileCall
from flatlint.parsing.nodes import nodes_within
from flatlint.rules.data.call_arguments import compile_argument, site_of
from flatlint.rules.edits import NodeEdit, NodeFix, Where


def other_word(compiled: CompileCall, argument: str, word: str, instead: str) -> NodeFix | None:
    """`instead` where an argument of `compile` has the string `word`, if that is one place."""
    written = compile_argument(compiled, argument)
    if written is None:
        return None
    places = [
        node
        for node in nodes_within(written)
        if isinstance(node, cst.SimpleString) and node.evaluated_value == word
    ]
    if len(places) != 1:
        return None
    quote = places[0].quote
    edit = NodeEdit(site_of(compiled, places[0]), Where.INSTEAD, f"{quote}{instead}{quote}")
    return NodeFix(Applicability.UNSAFE, f"Use {instead!r}", (edit,))


def name_of_output(
    compiled: CompileCall, argument: str, given: Collection[object], names: Collection[str]
) -> NodeFix | None:
    """The name of an output for the one name in a dict that no output has.

    It is the name of the only output that nothing is given for, or of one that is spelled alike.
    """
    extra = [key for key in given if key not in names]
    missing = [name for name in names if name not in given]
    if len(extra) != 1 or not isinstance(extra[0], str):
        return None
    meant = missing if len(missing) == 1 else get_close_matches(extra[0], missing, n=2)
    return other_word(compiled, argument, extra[0], meant[0]) if len(meant) == 1 else None

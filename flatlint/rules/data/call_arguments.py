"""The arguments of a data call as they are written, and edits to them."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from flatlint.catalogue.training import COMPILE, PARAMETERS
from flatlint.diagnostics import Applicability
from flatlint.graph import Array, CompileCall, DataCall, Feed, Site
from flatlint.parsing.parsed_source import ParsedSource
from flatlint.rules.edits import NodeEdit, NodeFix, Where

_EMPTY = cst.Module([])


def written_argument(call: DataCall, name: str) -> cst.BaseExpression | None:
    """The expression that a call passes as `name`; `None` where it is not written there."""
    if call.part:
        return None
    return argument_in(call.site.node, PARAMETERS.get(call.method, ("x",)), name)


def compile_argument(call: CompileCall, name: str) -> cst.BaseExpression | None:
    """The expression that `compile` gets as `name`; `None` where it is not written there."""
    return argument_in(call.site.node, COMPILE, name)


def argument_in(node: cst.CSTNode, names: Sequence[str], name: str) -> cst.BaseExpression | None:
    """The expression that a call gets as `name`, by keyword or by its place among `names`."""
    if not isinstance(node, cst.Call) or any(arg.star for arg in node.args):
        return None
    for position, argument in enumerate(node.args):
        keyword = argument.keyword.value if argument.keyword is not None else None
        if keyword is None and position < len(names):
            keyword = names[position]
        if keyword == name:
            return argument.value
    return None


def expanded(feed: Feed, call: DataCall, axis: int) -> NodeFix | None:
    """The fix that passes `np.expand_dims(x, axis)` to the one input of the model."""
    return with_axis(call, "x", feed.data, axis) if len(call.feeds) == 1 else None


def with_axis(call: DataCall, name: str, array: Array, axis: int) -> NodeFix | None:
    """The fix that gives an argument one axis more; none where numpy has no name in the source."""
    written = written_argument(call, name)
    alias = numpy_alias(call.site.source)
    if written is None or alias is None or array.library != "numpy":
        return None
    text = f"{alias}.expand_dims({code_of(written)}, {axis})"
    edit = NodeEdit(site_of(call, written), Where.INSTEAD, text)
    return NodeFix(Applicability.UNSAFE, f"Pass {text}", (edit,))


def code_of(node: cst.CSTNode) -> str:
    """The node as it is written."""
    return _EMPTY.code_for_node(node)


def site_of(call: DataCall | CompileCall, node: cst.CSTNode) -> Site:
    """A part of the call as a site."""
    return Site(call.site.source, node, call.site.calls)


def numpy_alias(source: ParsedSource) -> str | None:
    """The name under which a source imports numpy: `np`."""
    for line in source.module.body:
        for small in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if not isinstance(small, cst.Import):
                continue
            for alias in small.names:
                if alias.evaluated_name == "numpy":
                    return alias.evaluated_alias or "numpy"
    return None

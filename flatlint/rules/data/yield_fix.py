"""The fix of a generator's `yield` for Keras 3: tuples in the place of lists."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from flatlint.diagnostics import Applicability
from flatlint.graph import DataCall, Site
from flatlint.parsing.nodes import nodes_within
from flatlint.rules.data.call_arguments import code_of, written_argument
from flatlint.rules.edits import NodeEdit, NodeFix, Where


def tuples_yielded(call: DataCall) -> NodeFix | None:
    """A tuple wherever the generator that a call is given yields a list, or the inputs alone."""
    generator = _generator(call)
    if generator is None:
        return None
    edits: list[NodeEdit] = []
    for value in _yielded(generator):
        told = list(_edits(call, value))
        if not told:
            return None
        edits += told
    if not edits:
        return None
    return NodeFix(Applicability.UNSAFE, "Yield tuples", tuple(edits))


def _generator(call: DataCall) -> cst.FunctionDef | None:
    """The one function that makes what the call is given: `batches` of `fit(batches(8))`."""
    match written_argument(call, "x") or written_argument(call, "generator"):
        case cst.Call(func=cst.Name(value=name)):
            statements = nodes_within(call.site.source.module)
            found = [
                node
                for node in statements
                if isinstance(node, cst.FunctionDef) and node.name.value == name
            ]
            return found[0] if len(found) == 1 else None
    return None


def _yielded(generator: cst.FunctionDef) -> Iterator[cst.BaseExpression | None]:
    for node in nodes_within(generator):
        if isinstance(node, cst.Yield):
            yield node.value if isinstance(node.value, cst.BaseExpression) else None


def _edits(call: DataCall, value: cst.BaseExpression | None) -> Iterator[NodeEdit]:
    """What makes of the value of a `yield` what Keras 3 takes; nothing where that is not clear."""
    asks = call.method.startswith("predict")
    match value:
        case None:
            return
        case cst.List() if not asks:
            yield _edit(call, value, _as_tuple(value))
        case cst.Tuple(elements=elements):
            for element in elements:
                if isinstance(element.value, cst.List):
                    yield _edit(call, element.value, _as_tuple(element.value))
        case cst.Name() | cst.Subscript() | cst.Call() if asks:
            yield _edit(call, value, f"({code_of(value)},)")


def _as_tuple(written: cst.List) -> str:
    text = code_of(written)[1:-1]
    return f"({text},)" if len(written.elements) == 1 else f"({text})"


def _edit(call: DataCall, node: cst.CSTNode, text: str) -> NodeEdit:
    return NodeEdit(Site(call.site.source, node), Where.INSTEAD, text)

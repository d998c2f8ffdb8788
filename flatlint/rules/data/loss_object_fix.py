"""The fix of a loss that a training loop calls: another class where the object is made."""

from __future__ import annotations

import libcst as cst

from flatlint.diagnostics import Applicability
from flatlint.graph import LossCall, ProgramFacts, Site
from flatlint.parsing.nodes import dotted_name, nodes_within
from flatlint.rules.edits import NodeEdit, NodeFix, Where

_COUNTERPARTS = {
    "CategoricalCrossentropy": "SparseCategoricalCrossentropy",
    "SparseCategoricalCrossentropy": "CategoricalCrossentropy",
}


def counterpart(call: LossCall, facts: ProgramFacts) -> NodeFix | None:
    """The class for labels of the other kind, where the object is called here alone."""
    calls = [other for other in facts.loss_calls if _called(other) == _called(call)]
    made = _made(call)
    if made is None or any(other.site.node is not call.site.node for other in calls):
        return None
    name = made.func.attr if isinstance(made.func, cst.Attribute) else made.func
    instead = _COUNTERPARTS.get(name.value) if isinstance(name, cst.Name) else None
    if instead is None or not isinstance(made.func, cst.Attribute):
        # A name by itself may not be imported.
        return None
    edit = NodeEdit(Site(call.site.source, name), Where.INSTEAD, instead)
    return NodeFix(Applicability.UNSAFE, f"Use {instead}", (edit,))


def _called(call: LossCall) -> str:
    return dotted_name(call.site.node.func) if isinstance(call.site.node, cst.Call) else ""


def _made(call: LossCall) -> cst.Call | None:
    """Where the one object is made that the name of this call is ever given."""
    name = _called(call)
    if not name:
        return None
    values = [
        node.value
        for node in nodes_within(call.site.source.module)
        if isinstance(node, cst.Assign)
        and any(dotted_name(target.target) == name for target in node.targets)
    ]
    return values[0] if len(values) == 1 and isinstance(values[0], cst.Call) else None

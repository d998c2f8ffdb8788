"""The fix that puts another loss where the program compiles its model."""

from __future__ import annotations

import libcst as cst

from flatlint.catalogue.training import COMPILE
from flatlint.diagnostics import Applicability
from flatlint.graph import Site
from flatlint.rules.data.label_meetings import Meeting
from flatlint.rules.edits import NodeEdit, NodeFix, Where

_EMPTY = cst.Module([])


def other_loss(meeting: Meeting, function: str, cls: str) -> NodeFix | None:
    """The loss named `function` or `cls` instead, spelled as the program spells its own."""
    compiled = meeting.call.compiled
    if compiled is None or not isinstance(compiled.site.node, cst.Call):
        return None
    for position, argument in enumerate(compiled.site.node.args):
        keyword = argument.keyword.value if argument.keyword is not None else None
        name = keyword or (COMPILE[position] if position < len(COMPILE) else "")
        if name == "loss" and not argument.star:
            return _instead(compiled.site, argument.value, function, cls)
    return None


def _instead(site: Site, written: cst.BaseExpression, function: str, cls: str) -> NodeFix | None:
    match written:
        case cst.SimpleString(quote=quote):
            node: cst.CSTNode = written
            text = f"{quote}{function}{quote}"
        case cst.Attribute(attr=cst.Name() as name):
            node, text = name, function
        case cst.Call(func=cst.Attribute(attr=cst.Name() as name)):
            node, text = name, cls
        case _:
            return None
    edit = NodeEdit(Site(site.source, node, site.calls), Where.INSTEAD, text)
    return NodeFix(Applicability.UNSAFE, f"Use {text.strip(chr(34) + chr(39))}", (edit,))

"""The fix that puts another loss where the program compiles its model."""

from __future__ import annotations

import libcst as cst

from flatlint.diagnostics import Applicability
from flatlint.graph import CompileCall
from flatlint.rules.data.call_arguments import compile_argument, site_of
from flatlint.rules.data.label_meetings import Meeting
from flatlint.rules.edits import NodeEdit, NodeFix, Where


def other_loss(meeting: Meeting, function: str, cls: str) -> NodeFix | None:
    """The loss named `function` or `cls` instead, spelled as the program spells its own."""
    compiled = meeting.call.compiled
    return None if compiled is None else loss_instead(compiled, function, cls)


def loss_instead(compiled: CompileCall, function: str, cls: str) -> NodeFix | None:
    """The loss named `function` or `cls` in the place of the one that `compile` gets."""
    written = compile_argument(compiled, "loss")
    return None if written is None else _instead(compiled, written, function, cls)


def _instead(
    compiled: CompileCall, written: cst.BaseExpression, function: str, cls: str
) -> NodeFix | None:
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
    edit = NodeEdit(site_of(compiled, node), Where.INSTEAD, text)
    return NodeFix(Applicability.UNSAFE, f"Use {text.strip(chr(34) + chr(39))}", (edit,))

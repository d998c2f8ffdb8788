"""How a layer is written into a program: added, listed, called at once, kept in a variable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from flatlint.parsing.nodes import nodes_within

_EMPTY = cst.Module([])


def code(node: cst.CSTNode) -> str:
    """The text of a node."""
    return _EMPTY.code_for_node(node)


def is_add(node: cst.CSTNode) -> bool:
    """Whether this is `model.add(…)`."""
    return isinstance(node, cst.Call) and bool(_method(node, "add"))


def _method(call: cst.Call, name: str) -> bool:
    return isinstance(call.func, cst.Attribute) and call.func.attr.value == name


def lists(call: cst.CSTNode, made: cst.Call) -> bool:
    """Whether the layer is an element of a list that is passed to the call."""
    for argument in call.args if isinstance(call, cst.Call) else ():
        if isinstance(argument.value, cst.List | cst.Tuple):
            return any(element.value is made for element in argument.value.elements)
    return False


def only_argument(call: cst.CSTNode) -> cst.BaseExpression | None:
    """What a call is given, if that is one thing."""
    match call:
        case cst.Call(args=[cst.Arg(keyword=None, star="", value=given)]):
            return given
        case _:
            return None


def attribute_of(path: Sequence[cst.CSTNode]) -> tuple[cst.Assign, cst.Attribute] | None:
    """`self.name = …`, where the innermost node of the path is that statement."""
    match path[-1] if path else None:
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Attribute() as target)]) as statement:
            return statement, target
        case _:
            return None


def attributes_set_in(path: Sequence[cst.CSTNode]) -> Iterator[tuple[str, str]]:
    """The attributes that the innermost class on a path sets on itself, and the text of each."""
    classes = [node for node in path if isinstance(node, cst.ClassDef)]
    if not classes:
        return
    for node in nodes_within(classes[-1]):
        if isinstance(node, cst.Assign):
            for each in node.targets:
                if isinstance(each.target, cst.Attribute):
                    yield each.target.attr.value, code(node.value)

"""What is asked of syntax nodes everywhere: the dotted name that they spell, the nodes within them.

`libcst.helpers` answers the first and `libcst.matchers` the second, but importing either takes as
long as importing all the rest of libcst; and its visitors make every node anew that they visit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache

import libcst as cst


def dotted_name(node: cst.CSTNode) -> str:
    """`a.b.c` where a node is just that, else nothing."""
    match node:
        case cst.Name(value=name):
            return name
        case cst.Attribute(value=owner, attr=cst.Name(value=name)):
            before = dotted_name(owner)
            return before and f"{before}.{name}"
        case _:
            return ""


def nodes_within(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The node and everything in it; statements in their order."""
    rest = [node]
    while rest:
        each = rest.pop()
        yield each
        rest += reversed(_parts(each))


def path_to(node: cst.CSTNode, tree: cst.CSTNode) -> Sequence[cst.CSTNode]:
    """The nodes that a node of the tree stands in, the outermost first."""
    parents = {id(part): each for each in nodes_within(tree) for part in _parts(each)}
    path: list[cst.CSTNode] = []
    while (parent := parents.get(id(node))) is not None:
        path.append(node := parent)
    return path[::-1]


def _parts(node: cst.CSTNode) -> list[cst.CSTNode]:
    found: list[cst.CSTNode] = []
    for name in _field_names(type(node)):
        part = getattr(node, name)
        if isinstance(part, cst.CSTNode):
            found.append(part)
        elif isinstance(part, tuple | list):
            found += part
    return found


@cache
def _field_names(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))

"""What is asked of syntax nodes everywhere: the dotted name that they spell, the nodes within them.

`libcst.helpers` answers the first and `libcst.matchers` the second, but importing either takes as
long as importing all the rest of libcst.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    """The node and everything in it, in no particular order."""
    rest = [node]
    while rest:
        each = rest.pop()
        yield each
        for name in _field_names(type(each)):
            part = getattr(each, name)
            if isinstance(part, cst.CSTNode):
                rest.append(part)
            elif isinstance(part, tuple | list):
                rest += part


@cache
def _field_names(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))

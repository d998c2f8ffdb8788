"""Attributes that methods change which nobody is seen to call.

A method that is looked at alone finds its object as `__init__` leaves it. Whoever calls it may have
called others before: what those set, or put things into, is not known then.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

import libcst as cst

from flatlint.evaluation.classes import order_of_resolution
from flatlint.evaluation.interpreter import Run
from flatlint.evaluation.objects import Instance, SubclassObject
from flatlint.evaluation.values import Function, Ref, UserClass, Value
from flatlint.graph import Unknown, WhyUnknown
from flatlint.parsing.nodes import nodes_within

_GROWING = frozenset({"add", "append", "extend", "insert", "setdefault", "update"})


def changes_of_uncalled(
    run: Run, cls: UserClass, called: Container[int]
) -> dict[int, frozenset[str]]:
    """What the methods of a class and of its bases change that are not among the called.

    The methods by the `id` of their syntax nodes, each with the names of attributes.
    """
    frames = [base.frame for base in order_of_resolution(cls)]
    return {
        id(value.node): frozenset(_changed_by(value))
        for (frame, name), value in run.state.variables.items()
        if frame in frames
        and isinstance(value, Function)
        and name != "__init__"
        and id(value.node) not in called
    }


def forget(run: Run, receiver: Value, changed: Container[str]) -> None:
    """Leave open what other methods may have made of attributes of an object."""
    held = run.object_at(receiver)
    instance = held.instance if isinstance(held, SubclassObject) else held
    if not isinstance(receiver, Ref) or not isinstance(instance, Instance):
        return
    attributes = {
        name: Unknown(WhyUnknown.PARAMETER, f"`self.{name}`") if name in changed else value
        for name, value in instance.attributes.items()
    }
    opened = replace(instance, attributes=attributes)
    whole = replace(held, instance=opened) if isinstance(held, SubclassObject) else opened
    run.state.replace(receiver, whole)


def _changed_by(method: Function) -> Iterator[str]:
    """The attributes of its object that a method sets, or calls to put something into them."""
    node = method.node
    if not isinstance(node, cst.FunctionDef) or not node.params.params:
        return
    this = node.params.params[0].name.value
    for each in nodes_within(node.body):
        match each:
            case cst.AssignTarget() | cst.AugAssign() | cst.AnnAssign():
                yield from _attributes_in(each.target, this)
            case cst.Call(func=cst.Attribute(value=grown, attr=cst.Name(value=name))) if (
                name in _GROWING
            ):
                yield from _attributes_in(grown, this)


def _attributes_in(node: cst.CSTNode, this: str) -> Iterator[str]:
    for each in nodes_within(node):
        match each:
            case cst.Attribute(value=cst.Name(value=owner), attr=cst.Name(value=name)) if (
                owner == this
            ):
                yield name

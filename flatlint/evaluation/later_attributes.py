"""Attributes that methods change which nobody is seen to call.

A method that is looked at alone finds its object as `__init__` leaves it. Whoever calls it may have
called others before: what those set, or put things into, is not known then.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

import libcst as cst

from flatlint.evaluation.classes import order_of_resolution
from flatlint.evaluation.interpreter import Run
from flatlint.evaluation.objects import Instance, SubclassObject
from flatlint.evaluation.values import Function, Ref, UserClass, Value
from flatlint.graph import Unknown, WhyUnknown
from flatlint.parsing.nodes import nodes_within

_GROWING = frozenset({"add", "append", "extend", "insert", "setdefault", "update"})


def uncalled_methods(run: Run, cls: UserClass, called: Container[int]) -> list[Function]:
    """The methods of a class and of those that it derives from which are not among the called."""
    frames = [base.frame for base in order_of_resolution(cls)]
    return [
        value
        for (frame, name), value in run.state.variables.items()
        if frame in frames
        and isinstance(value, Function)
        and name != "__init__"
        and id(value.node) not in called
    ]


def forget_changed(run: Run, receiver: Value, methods: Iterable[Function]) -> None:
    """Leave open what any of these methods would have made of the object's attributes."""
    held = run.object_at(receiver)
    instance = held.instance if isinstance(held, SubclassObject) else held
    if not isinstance(receiver, Ref) or not isinstance(instance, Instance):
        return
    changed = {name for method in methods for name in _changed_by(method)}
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

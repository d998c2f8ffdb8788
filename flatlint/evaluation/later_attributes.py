"""Attributes that methods change which nobody is seen to call.

A method that is looked at alone finds its object as `__init__` leaves it. Whoever calls it may have
called others before: what those set, or put things into, is not known then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import libcst as cst
import libcst.matchers as m

from flatlint.evaluation.classes import order_of_resolution
from flatlint.evaluation.interpreter import Run
from flatlint.evaluation.objects import Instance, SubclassObject
from flatlint.evaluation.values import Function, Ref, UserClass, Value
from flatlint.graph import Unknown, WhyUnknown

_GROWING = m.OneOf(*map(m.Name, ("add", "append", "extend", "insert", "setdefault", "update")))


def uncalled_methods(run: Run, cls: UserClass) -> list[Function]:
    """The methods of a class and of those that it derives from which nothing has called so far."""
    frames = [base.frame for base in order_of_resolution(cls)]
    return [
        value
        for (frame, name), value in run.state.variables.items()
        if frame in frames
        and isinstance(value, Function)
        and name != "__init__"
        and id(value.node) not in run.called
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
    of_self = m.Attribute(value=m.Name(node.params.params[0].name.value))
    for target in m.findall(node.body, m.OneOf(m.AssignTarget(), m.AugAssign(), m.AnnAssign())):
        yield from _names(getattr(target, "target"), of_self)  # noqa: B009
    grown = m.Call(func=m.Attribute(value=of_self, attr=_GROWING))
    for call in m.findall(node.body, grown):
        yield from _names(cst.ensure_type(call, cst.Call).func, of_self)


def _names(node: cst.CSTNode, of_self: m.Attribute) -> Iterator[str]:
    for found in m.findall(node, of_self):
        yield cst.ensure_type(found, cst.Attribute).attr.value

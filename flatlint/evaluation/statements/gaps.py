"""Statements that cannot be parsed: what they would have set or changed is not known."""

from __future__ import annotations

import inspect
from functools import partial

import libcst as cst

from flatlint.evaluation.base import METHODS, Arguments, Flow, Interpreter
from flatlint.evaluation.objects import DictObject, ListObject, SetObject
from flatlint.evaluation.recording import record_escape
from flatlint.evaluation.values import BoundMethod, LibraryMethod, Ref, Value
from flatlint.graph import Unknown, WhyUnknown
from flatlint.parsing.gap import Gap


def fall_into(run: Interpreter, gap: Gap, node: cst.CSTNode) -> None:
    """Lose what a gap before a statement, or in its place, takes away."""
    unknown = run.unknown(WhyUnknown.UNREADABLE, node=node)
    record_escape(run, Arguments(tuple(_read(run, name, node) for name in sorted(gap.reads))))
    for path in sorted(gap.calls):
        _call(run, path, unknown, node)
    for path in sorted(gap.changes):
        _forget_items(run, _read(run, path, node), unknown)
    for path in sorted(gap.sets):
        _set(run, path, unknown, node)
    if gap.leaves:
        run.run_arms([partial(_leave, run, unknown), lambda: Flow.NEXT])


def _read(run: Interpreter, path: str, node: cst.CSTNode) -> Value:
    first, *others = path.split(".")
    value = run.lookup(first)
    for name in others:
        value = run.attribute(value, name, node)
    return value


def _set(run: Interpreter, path: str, unknown: Unknown, node: cst.CSTNode) -> None:
    owner, _, name = path.rpartition(".")
    if not owner:
        run.bind(name, unknown)
        return
    held = _read(run, owner, node)
    set_it = partial(run.set_attribute, held, name, unknown)
    run.standing_at(node, set_it)


def _call(run: Interpreter, path: str, unknown: Unknown, node: cst.CSTNode) -> None:
    """Call a method of an object with what nobody knows; a list may be any list afterwards."""
    receiver = _read(run, path.rpartition(".")[0], node)
    if not isinstance(receiver, Ref):
        return
    if _forget_items(run, receiver, unknown):
        return
    match _read(run, path, node):
        case BoundMethod() as method:
            run.call(method, Arguments((), {}, True, True), node)
        case LibraryMethod() as method:
            run.call(method, Arguments((unknown,) * _needed(run, method)), node)


def _needed(run: Interpreter, method: LibraryMethod) -> int:
    """How many arguments a method of a library cannot do without: one, if it takes any."""
    found = run.object_at(method.receiver)
    models = (METHODS.get((kind, method.name)) for kind in type(found).__mro__)
    model = next((model for model in models if model is not None), None)
    if model is None:
        return 0
    _, _, *parameters = inspect.signature(model).parameters.values()
    taken = [each for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
    return max(min(1, len(taken)), sum(each.default is each.empty for each in taken))


def _forget_items(run: Interpreter, value: Value, unknown: Unknown) -> bool:
    """Leave open what a collection contains; False for what is none."""
    if not isinstance(value, Ref):
        return False
    match run.object_at(value):
        case ListObject():
            run.state.replace(value, ListObject((), unknown))
        case DictObject():
            run.state.replace(value, DictObject({}, is_whole=False))
        case SetObject():
            run.state.replace(value, SetObject((), is_whole=False))
        case _:
            return False
    return True


def _leave(run: Interpreter, unknown: Unknown) -> Flow:
    """The function, or the loop, may end here."""
    frame = run.frame
    if frame.yields:
        frame.yields.append(unknown)
        frame.may_yield_otherwise = True
    if frame.loops:
        frame.loops[-1].breaks.append(run.state)
    frame.returns.append((run.state, unknown))
    return Flow.STOP

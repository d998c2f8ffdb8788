"""Calling a function of the program: its body is evaluated anew for what this call passes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import libcst as cst

from flatlint.evaluation.base import Arguments, Flow, Frame, FrameKind, Interpreter
from flatlint.evaluation.bounds import MAX_CALL_DEPTH, MAX_RECURSION
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.meeting import join_states
from flatlint.evaluation.objects import DictObject, IteratorObject, ListObject
from flatlint.evaluation.patience import Patience
from flatlint.evaluation.values import Function, Many, UserClass, Value
from flatlint.graph import Unknown, WhyUnknown
from flatlint.shapes import symbol


def call_function(
    run: Interpreter, function: Function, arguments: Arguments, receiver: Value | None = None
) -> Value:
    """What the function returns; its effects on objects stay."""
    if _is_too_deep(run, function):
        return run.unknown(WhyUnknown.TOO_DEEP, f"`{function.name}`")
    frame = run.new_frame(FrameKind.FUNCTION, function.site.source, function.frame)
    frame.calls = (*run.here.calls, run.here)
    frame.receiver, frame.owner = receiver, function.owner
    run.set_variables(frame, bind_parameters(run, function, arguments))
    return run_body(run, function, frame)


def _is_too_deep(run: Interpreter, function: Function) -> bool:
    again = [patience for other, patience in run.active if other == function]
    if len(run.active) >= MAX_CALL_DEPTH or len(again) >= MAX_RECURSION:
        return True
    # A function that calls itself twice is called 2 ** depth times.
    return bool(again) and again[0].is_over


def run_body(run: Interpreter, function: Function, frame: Frame) -> Value:
    """Run the body in its frame and join everything that it may return."""
    run.active.append((function, Patience(run)))
    run.called.add(id(function.node))

    def body() -> Flow:
        if isinstance(function.node, cst.Lambda):
            value = run.evaluate(function.node.body)
            frame.returns.append((run.state, value))
        elif run.execute(function.node.body.body) is Flow.NEXT:
            frame.returns.append((run.state, None))
        return Flow.NEXT

    def with_returns() -> Flow:
        run.in_frame(frame, body)
        if frame.returns:
            run.state = reduce(join_states, (state for state, _ in frame.returns))
        return Flow.NEXT

    try:
        run.with_exits(with_returns)
    finally:
        run.active.pop()
    result = [value for _, value in frame.returns]
    if not frame.is_captured:
        run.drop_variables(frame)
    if frame.yields and frame.may_yield_otherwise:
        return Many(joined_yields(run, frame.yields))
    if frame.yields:
        return run.allocate(IteratorObject(tuple(frame.yields)))
    if not result:
        return run.unknown(WhyUnknown.REFUSED, f"`{function.name}` only raises")
    return reduce(join_values, result)


def joined_yields(run: Interpreter, values: list[Value]) -> Value:
    """What stands for any of the values; lists and dicts of one form are joined part by part."""
    held = [run.object_at(value) for value in values]
    parts = [_parts_of(thing) for thing in held]
    first = parts[0]
    if first is None or any(each is None or each.keys() != first.keys() for each in parts):
        return reduce(join_values, values)
    joined = {key: joined_yields(run, [each[key] for each in parts if each]) for key in first}
    match held[0]:
        case ListObject():
            return run.allocate(ListObject(tuple(joined.values())))
        case DictObject():
            return run.allocate(DictObject(joined))
        case _:
            return tuple(joined.values())


def _parts_of(thing: object) -> Mapping[Value, Value] | None:
    """The parts of a collection that is known whole, by place or by key."""
    match thing:
        case tuple() if thing:
            return {("tuple", index): part for index, part in enumerate(thing)}
        case ListObject(items=items, rest=None) if items:
            return {("list", index): part for index, part in enumerate(items)}
        case DictObject(entries=entries, is_whole=True) if entries:
            return entries
        case _:
            return None


def bind_parameters(run: Interpreter, function: Function, arguments: Arguments) -> dict[str, Value]:
    """Each parameter with the argument, its default, or an unknown value."""
    parameters = function.node.params
    defaults = dict(function.defaults)
    positional = [p.name.value for p in (*parameters.posonly_params, *parameters.params)]
    keyword_only = [p.name.value for p in parameters.kwonly_params]
    bound: dict[str, Value] = dict(zip(positional, arguments.positional, strict=False))
    for name in (*positional, *keyword_only):
        if name in bound:
            continue
        if name in arguments.keywords:
            bound[name] = arguments.keywords[name]
        elif arguments.is_open:
            bound[name] = run.unknown(WhyUnknown.ARGUMENT, f"`{name}`")
        else:
            bound[name] = defaults.get(name, run.unknown(WhyUnknown.ARGUMENT, f"`{name}`"))
    _bind_rest(run, function, arguments, bound, positional)
    return bound


def _bind_rest(
    run: Interpreter,
    function: Function,
    arguments: Arguments,
    bound: dict[str, Value],
    positional: list[str],
) -> None:
    """`*args` and `**kwargs`."""
    parameters = function.node.params
    if isinstance(parameters.star_arg, cst.Param):
        extra = arguments.positional[len(positional) :]
        name = parameters.star_arg.name.value
        if arguments.open_positional:
            bound[name] = Many(run.unknown(WhyUnknown.ARGUMENT, f"`*{name}`"))
        else:
            bound[name] = tuple(extra)
    if parameters.star_kwarg is not None:
        others: dict[Value, Value] = {
            name: value for name, value in arguments.keywords.items() if name not in bound
        }
        is_whole = not arguments.open_keywords
        bound[parameters.star_kwarg.name.value] = run.allocate(DictObject(others, is_whole))


def call_with_symbols(run: Interpreter, function: Function, receiver: Value | None) -> None:
    """Evaluate a function that nothing in the file calls: its parameters stand for themselves."""
    frame = run.new_frame(FrameKind.FUNCTION, function.site.source, function.frame)
    frame.receiver, frame.owner = receiver, function.owner
    parameters = function.node.params
    bound = parameters_as_symbols(function)
    if receiver is not None and bound:
        bound[next(iter(bound))] = receiver
    if isinstance(parameters.star_arg, cst.Param):
        rest = Unknown(WhyUnknown.PARAMETER, parameters.star_arg.name.value)
        bound[parameters.star_arg.name.value] = Many(rest)
    if parameters.star_kwarg is not None:
        others = run.allocate(DictObject({}, is_whole=False))
        bound[parameters.star_kwarg.name.value] = others
    run.set_variables(frame, bound)
    run_body(run, function, frame)


def parameters_as_symbols(function: Function) -> dict[str, Value]:
    """Each parameter by its name as what a caller passes that nobody sees."""
    parameters = function.node.params
    every = (*parameters.posonly_params, *parameters.params, *parameters.kwonly_params)
    names = [parameter.name.value for parameter in every]
    given: dict[str, Value] = {name: symbol(name) for name in names}
    for name, default in function.defaults:
        given[name] = Unknown(WhyUnknown.OMITTED, f"`{name}`") if default is None else default
    return given


def make_function(
    run: Interpreter, node: cst.FunctionDef, owner: UserClass | None, kind: str
) -> Function:
    """The function that a `def` makes where the program stands."""
    run.frame.is_captured = True
    parameters = (*node.params.posonly_params, *node.params.params, *node.params.kwonly_params)
    defaults = tuple(
        (parameter.name.value, run.evaluate(parameter.default))
        for parameter in parameters
        if parameter.default is not None
    )
    number = run.enclosing_function_frame()
    return Function(node.name.value, node, number, run.site(node), defaults, owner, kind)

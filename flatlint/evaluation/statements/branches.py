"""`if`, `match`, `try` and `with`."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from flatlint.evaluation.base import Arguments, Flow, Interpreter, executes
from flatlint.evaluation.comparing import compare
from flatlint.evaluation.meeting import join_states
from flatlint.evaluation.truth import truth
from flatlint.evaluation.values import Name, Ref, Value
from flatlint.evaluation.varying import mentions
from flatlint.graph import Unknown, WhyUnknown


@executes(cst.If)
def if_(run: Interpreter, node: cst.If) -> Flow:
    """One arm where the test is decided, otherwise both."""
    value = run.evaluate(node.test)
    decided = None if mentions(node.test, run.frame.counted) else truth(run, value)
    if decided is True:
        return run.execute(node.body.body)
    if decided is False:
        return _otherwise(run, node.orelse)
    return run.run_arms([lambda: run.execute(node.body.body), lambda: _otherwise(run, node.orelse)])


def _otherwise(run: Interpreter, orelse: cst.If | cst.Else | None) -> Flow:
    match orelse:
        case cst.If():
            return if_(run, orelse)
        case cst.Else(body=body):
            return run.execute(body.body)
        case _:
            return Flow.NEXT


@executes(cst.Try, cst.TryStar)
def try_(run: Interpreter, node: cst.Try | cst.TryStar) -> Flow:
    """The body; a handler is the way on only where the body never gets to its end.

    Handlers are evaluated all the same, for what they build, in a state that is then dropped.
    """
    before = run.state.fork()
    body: Callable[[], Flow] = lambda: run.execute(node.body.body)  # noqa: E731
    flow = run.guard(body) if node.handlers else body()
    if flow is Flow.NEXT and node.orelse is not None:
        flow = run.execute(node.orelse.body.body)
    after = run.state
    handled = []
    for handler in node.handlers:
        run.state = join_states(before, after)
        if handler.name is not None:
            run.assign(handler.name.name, run.unknown(WhyUnknown.NOT_MODELLED, "an exception"))
        if run.guard(lambda handler=handler: run.execute(handler.body.body)) is Flow.NEXT:  # type: ignore[misc]
            handled.append(run.state)
    run.state = after
    if flow is Flow.STOP and handled:
        run.state, flow = handled[0], Flow.NEXT
    if node.finalbody is not None and run.execute(node.finalbody.body.body) is Flow.STOP:
        return Flow.STOP
    return flow


@executes(cst.With)
def with_(run: Interpreter, node: cst.With) -> Flow:
    """`with manager as name`: the body runs once."""
    for item in node.items:
        manager = run.evaluate(item.item)
        if item.asname is None:
            continue
        entered = manager
        if isinstance(manager, Name | Unknown):
            entered = run.unknown(WhyUnknown.FROM_OUTSIDE, "a context manager", item)
        elif isinstance(manager, Ref):
            enter = run.attribute(manager, "__enter__", item)
            entered = manager if isinstance(enter, Unknown) else run.call(enter, Arguments(), item)
        run.assign(item.asname.name, entered)
    return run.execute(node.body.body)


@executes(cst.Match)
def match_(run: Interpreter, node: cst.Match) -> Flow:
    """The first case that surely matches; every case that may match before it, joined."""
    subject = run.evaluate(node.subject)
    arms: list[Callable[[], Flow]] = []
    for case in node.cases:
        matches = _matches(run, case.pattern, subject)
        if matches is False:
            continue
        arms.append(lambda case=case: _case(run, case, subject))  # type: ignore[misc]
        if matches is True and case.guard is None:
            break
    else:
        arms.append(lambda: Flow.NEXT)
    return arms[0]() if len(arms) == 1 else run.run_arms(arms)


def _case(run: Interpreter, case: cst.MatchCase, subject: Value) -> Flow:
    _bind_pattern(run, case.pattern, subject)
    return run.execute(case.body.body)


def _matches(run: Interpreter, pattern: cst.MatchPattern, subject: Value) -> bool | None:
    match pattern:
        case cst.MatchAs(pattern=None):
            return True
        case cst.MatchAs(pattern=cst.MatchPattern() as inner):
            return _matches(run, inner, subject)
        case cst.MatchValue(value=value):
            return compare(run, "==", subject, run.evaluate(value))
        case cst.MatchSingleton(value=value):
            return compare(run, "is", subject, run.evaluate(value))
        case cst.MatchOr(patterns=patterns):
            verdicts = [_matches(run, part.pattern, subject) for part in patterns]
            if True in verdicts:
                return True
            return None if None in verdicts else False
        case _:
            return None


def _bind_pattern(run: Interpreter, pattern: cst.CSTNode, subject: Value) -> None:
    """Bind the names of a pattern: the whole subject's, and what is inside as unknown."""
    if isinstance(pattern, cst.MatchAs) and pattern.name is not None:
        run.assign(pattern.name, subject)
    for child in pattern.children:
        if isinstance(child, cst.MatchPattern | cst.MatchSequenceElement | cst.MatchOrElement):
            part = run.unknown(WhyUnknown.ARGUMENT, "a part of what is matched", child)
            whole = isinstance(pattern, cst.MatchAs)
            _bind_pattern(run, child, subject if whole else part)

"""`if`, `match`, `try` and `with`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import libcst as cst

from flatlint.evaluation.base import Arguments, Flow, FrameKind, Interpreter, executes
from flatlint.evaluation.comparing import compare
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.meeting import join_states
from flatlint.evaluation.objects import DictObject, ListObject
from flatlint.evaluation.truth import truth
from flatlint.evaluation.values import Name, Ref, Value, is_constant
from flatlint.evaluation.varying import mentions
from flatlint.graph import Unknown, WhyUnknown


@executes(cst.If)
def if_(run: Interpreter, node: cst.If) -> Flow:
    """One arm where the test is decided, otherwise both."""
    value = run.evaluate(node.test)
    decided = None if mentions(node.test, run.frame.counted) else truth(run, value)
    if decided is True:
        return _past_a_raise(run, run.execute(node.body.body))
    if decided is False:
        return _otherwise(run, node.orelse)
    return run.run_arms([lambda: run.execute(node.body.body), lambda: _otherwise(run, node.orelse)])


def _past_a_raise(run: Interpreter, flow: Flow) -> Flow:
    """A script that refuses to run until something is filled in is read to its end all the same."""
    is_script = run.frame.kind is FrameKind.MODULE and not run.frame.loops
    return Flow.NEXT if is_script else flow


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


_ASSERTING = ("assertRaises", "assert_raises")
"""How the methods of test cases begin that expect an exception."""


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
    if any(_swallows(item.item) for item in node.items):
        return run.guard(lambda: run.execute(node.body.body))
    return run.execute(node.body.body)


def _swallows(manager: cst.BaseExpression) -> bool:
    """Whether the manager is one that waits for an exception: `pytest.raises(ValueError)`."""
    match manager:
        case cst.Call(func=cst.Name(value=name) | cst.Attribute(attr=cst.Name(value=name))):
            return name in ("raises", "suppress") or name.startswith(_ASSERTING)
        case _:
            return False


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
        case cst.MatchList() | cst.MatchTuple():
            return _matches_sequence(run, pattern, subject)
        case cst.MatchMapping():
            return _matches_mapping(run, pattern, subject)
        case _:
            return None


def _parts(
    run: Interpreter, pattern: cst.MatchSequence, subject: Value
) -> list[tuple[cst.MatchPattern, Value]] | None:
    """The patterns of a sequence with what stands there; `None` where that is not known."""
    if isinstance(subject, str | bytes):
        return None
    items, rest = elements(run, subject)
    inner = list(pattern.patterns)
    if rest is not None or any(isinstance(part, cst.MatchStar) for part in inner):
        return None
    if len(items) != len(inner):
        return None
    return [(part.value, item) for part, item in zip(inner, items, strict=True)]  # type: ignore[union-attr]


def _matches_sequence(run: Interpreter, pattern: cst.MatchSequence, subject: Value) -> bool | None:
    if not isinstance(run.object_at(subject), tuple | ListObject):
        return False if is_constant(subject) else None
    parts = _parts(run, pattern, subject)
    if parts is None:
        _, rest = elements(run, subject)
        has_star = any(isinstance(part, cst.MatchStar) for part in pattern.patterns)
        return None if rest is not None or has_star else False
    return _all_match(run, parts)


def _all_match(run: Interpreter, parts: Iterable[tuple[cst.MatchPattern, Value]]) -> bool | None:
    verdicts = [_matches(run, part, item) for part, item in parts]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _entries(
    run: Interpreter, pattern: cst.MatchMapping, found: DictObject
) -> list[tuple[cst.MatchPattern, Value]] | None:
    keys = [run.evaluate(element.key) for element in pattern.elements]
    if any(not is_constant(key) or key not in found.entries for key in keys):
        return None
    values = [found.entries[key] for key in keys]
    return [
        (element.pattern, value) for element, value in zip(pattern.elements, values, strict=True)
    ]


def _matches_mapping(run: Interpreter, pattern: cst.MatchMapping, subject: Value) -> bool | None:
    found = run.object_at(subject)
    if not isinstance(found, DictObject):
        return False if is_constant(subject) else None
    entries = _entries(run, pattern, found)
    if entries is None:
        return False if found.is_whole else None
    return _all_match(run, entries)


def _bind_pattern(run: Interpreter, pattern: cst.CSTNode, subject: Value) -> None:
    """Bind the names of a pattern: the whole subject's, and what is inside if that is known."""
    if isinstance(pattern, cst.MatchAs) and pattern.name is not None:
        run.assign(pattern.name, subject)
    known: list[tuple[cst.MatchPattern, Value]] | None = None
    if isinstance(pattern, cst.MatchSequence):
        known = _parts(run, pattern, subject)
    elif isinstance(pattern, cst.MatchMapping):
        found = run.object_at(subject)
        known = _entries(run, pattern, found) if isinstance(found, DictObject) else None
    if known is not None:
        for inner, item in known:
            _bind_pattern(run, inner, item)
        return
    for child in pattern.children:
        if isinstance(child, cst.MatchPattern | cst.MatchSequenceElement | cst.MatchOrElement):
            part = run.unknown(WhyUnknown.ARGUMENT, "a part of what is matched", child)
            whole = isinstance(pattern, cst.MatchAs)
            _bind_pattern(run, child, subject if whole else part)

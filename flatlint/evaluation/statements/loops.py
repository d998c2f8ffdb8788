"""`for` and `while`."""

from __future__ import annotations

from functools import reduce

import libcst as cst

from flatlint.evaluation.base import Flow, Interpreter, LoopExits, executes
from flatlint.evaluation.bounds import MAX_ITERATIONS, MAX_WHILE
from flatlint.evaluation.growing import Growth
from flatlint.evaluation.iteration import any_of, each, elements
from flatlint.evaluation.libraries import go_through
from flatlint.evaluation.meeting import join_states
from flatlint.evaluation.patience import Patience
from flatlint.evaluation.truth import truth
from flatlint.evaluation.values import Value
from flatlint.evaluation.varying import counted_in


@executes(cst.For)
def for_(run: Interpreter, node: cst.For) -> Flow:
    """A round for each known element, and one that may not happen for any further element."""
    iterable = run.evaluate(node.iter)
    go_through(run, iterable, node.iter)
    items, rest = elements(run, iterable)
    return run.with_exits(lambda: _in_loop(run, node, items, rest))


def _in_loop(run: Interpreter, node: cst.For, items: list[Value], rest: Value | None) -> Flow:
    exits = LoopExits()
    run.frame.loops.append(exits)
    try:
        flow = _rounds(run, node, items, rest, exits)
    finally:
        run.frame.loops.pop()
    return _after(run, node.orelse, flow, exits)


def _rounds(
    run: Interpreter, node: cst.For, items: list[Value], rest: Value | None, exits: LoopExits
) -> Flow:
    patience = Patience(run)
    is_long = len(items) > MAX_ITERATIONS
    for number, item in enumerate(items):
        if is_long or patience.is_over:
            return _further_rounds(run, node, items[number:], rest, exits)
        if _one_round(run, node, item, exits) is Flow.STOP:
            return Flow.STOP
    if rest is not None:
        return _any_round(run, node, rest, exits)
    return Flow.NEXT


def _further_rounds(
    run: Interpreter, node: cst.For, items: list[Value], rest: Value | None, exits: LoopExits
) -> Flow:
    """One round for all that are left; what each of them appends is counted."""
    item = any_of(run, [*items, *([] if rest is None else [rest])])
    growth = Growth(run, node)
    flow = _any_round(run, node, item, exits, growth)
    if rest is None and flow is Flow.NEXT:
        growth.repeat(len(items))
    return flow


def _any_round(
    run: Interpreter,
    node: cst.For | cst.While,
    item: Value,
    exits: LoopExits,
    growth: Growth | None = None,
) -> Flow:
    """One round that stands for any number of them."""

    def once() -> Flow:
        flow = _one_round(run, node, item, exits)
        if growth is not None:
            growth.check()
        return flow

    outer, run.frame.counted = run.frame.counted, run.frame.counted | counted_in(node)
    try:
        with run.open_round():
            return run.run_arms([lambda: Flow.NEXT, once])
    finally:
        run.frame.counted = outer


def _one_round(run: Interpreter, node: cst.For | cst.While, item: Value, exits: LoopExits) -> Flow:
    if isinstance(node, cst.For):
        run.assign(node.target, each(node.target, item))
    flow = run.execute(node.body.body)
    ends = [*exits.continues, *([run.state] if flow is Flow.NEXT else [])]
    exits.continues.clear()
    if not ends:
        return Flow.STOP
    run.state = reduce(join_states, ends)
    return Flow.NEXT


ENOUGH_YIELDS = 3
"""Elements of a generator after which its `while True` is not run any further."""


@executes(cst.While)
def while_(run: Interpreter, node: cst.While) -> Flow:
    """Rounds as long as the test is known to hold; one that may not happen if it is not known."""
    return run.with_exits(lambda: _in_while(run, node))


def _in_while(run: Interpreter, node: cst.While) -> Flow:
    exits = LoopExits()
    run.frame.loops.append(exits)
    flow = Flow.NEXT
    patience = Patience(run)
    holds: bool | None = None
    is_endless = isinstance(node.test, cst.Integer) or _is_true(node.test)
    try:
        given = len(run.frame.yields)
        for _ in range(MAX_WHILE):
            if is_endless and len(run.frame.yields) - given >= ENOUGH_YIELDS:
                # A generator that goes on for ever gives much the same again and again.
                break
            holds = None if patience.is_over else truth(run, run.evaluate(node.test))
            if holds is None:
                flow = _any_round(run, node, None, exits)
            elif holds:
                flow = _one_round(run, node, None, exits)
            # A path that left the loop by `break` is enough: what follows starts there.
            if not holds or flow is Flow.STOP or exits.breaks:
                break
        if holds:
            run.frame.may_yield_otherwise = True
    finally:
        run.frame.loops.pop()
    return _after(run, node.orelse, flow, exits)


def _after(run: Interpreter, orelse: cst.Else | None, flow: Flow, exits: LoopExits) -> Flow:
    if flow is Flow.NEXT and orelse is not None:
        flow = run.execute(orelse.body.body)
    ends = [*exits.breaks, *([run.state] if flow is Flow.NEXT else [])]
    if not ends:
        return Flow.STOP
    run.state = reduce(join_states, ends)
    return Flow.NEXT


def _is_true(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.Name) and node.value == "True"

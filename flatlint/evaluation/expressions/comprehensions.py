"""List, set, dict comprehensions and generator expressions: loops over what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext

import libcst as cst

from flatlint.evaluation.base import Flow, FrameKind, Interpreter, evaluates
from flatlint.evaluation.bounds import MAX_HELD, MAX_ITERATIONS
from flatlint.evaluation.growing import any_such
from flatlint.evaluation.iteration import any_of, each, elements
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.libraries import go_through
from flatlint.evaluation.objects import DictObject, ListObject, SetObject
from flatlint.evaluation.patience import Patience
from flatlint.evaluation.truth import truth
from flatlint.evaluation.values import Value, is_constant


class _Gathered:
    """What the rounds of a comprehension gave: known elements, and others in unknown number."""

    def __init__(self) -> None:
        self.items: list[Value] = []
        self.rest: Value | None = None

    def add(self, value: Value, times: int | None) -> None:
        """An element of one round, or one for each of several; `None`: of who knows how many."""
        if times is not None and self.rest is None and len(self.items) + times <= MAX_HELD:
            self.items += [value] if times == 1 else [any_such(value)] * times
        else:
            self.rest = value if self.rest is None else join_values(self.rest, value)


def _rounds(run: Interpreter, loop: cst.CompFor, body: Callable[[int | None], None]) -> None:
    """Run `body(times)` in a frame of its own for each round of the nested loops.

    `times` is how many rounds this one stands for, `None` where that is not known.
    """

    patience = Patience(run)

    def each_round(part: cst.CompFor) -> Iterator[tuple[Value, int | None]]:
        iterable = run.evaluate(part.iter)
        go_through(run, iterable, part.iter)
        known, rest = elements(run, iterable)
        for number, item in enumerate(known):
            if number == MAX_ITERATIONS or patience.is_over:
                left = known[number:]
                others = any_of(run, [*left, *([] if rest is None else [rest])])
                yield others, len(left) if rest is None else None
                return
            yield item, 1
        if rest is not None:
            yield rest, None

    def nested(part: cst.CompFor, times: int | None) -> None:
        for item, rounds in each_round(part):
            both = None if times is None or rounds is None else times * rounds
            with nullcontext() if both == 1 else run.open_round():
                run.assign(part.target, each(part.target, item))
            tests = [truth(run, run.evaluate(test.test)) for test in part.ifs]
            if False in tests:
                continue
            still = None if None in tests else both
            if part.inner_for_in is not None:
                nested(part.inner_for_in, still)
            else:
                body(still)

    def run_all() -> Flow:
        nested(loop, 1)
        return Flow.NEXT

    frame = run.new_frame(FrameKind.FUNCTION, run.frame.source, run.frame.number)
    frame.receiver, frame.owner = run.frame.receiver, run.frame.owner
    run.in_frame(frame, run_all)
    if not frame.is_captured:
        run.drop_variables(frame)


@evaluates(cst.ListComp, cst.GeneratorExp)
def list_comprehension(run: Interpreter, node: cst.ListComp | cst.GeneratorExp) -> Value:
    """`[f(x) for x in xs if test]`; a generator expression gives the same sequence."""
    gathered = _Gathered()
    _rounds(run, node.for_in, lambda times: gathered.add(run.evaluate(node.elt), times))
    return run.allocate(ListObject(tuple(gathered.items), gathered.rest))


@evaluates(cst.SetComp)
def set_comprehension(run: Interpreter, node: cst.SetComp) -> Value:
    """`{f(x) for x in xs}`."""
    gathered = _Gathered()
    _rounds(run, node.for_in, lambda times: gathered.add(run.evaluate(node.elt), times))
    known = [item for item in gathered.items if is_constant(item)]
    is_whole = gathered.rest is None and len(known) == len(gathered.items)
    return run.allocate(SetObject(tuple(dict.fromkeys(known)), is_whole))


@evaluates(cst.DictComp)
def dict_comprehension(run: Interpreter, node: cst.DictComp) -> Value:
    """`{key: value for x in xs}`."""
    entries: dict[Value, Value] = {}
    elsewhere: list[Value] = []

    def one_entry(times: int | None) -> None:
        key, value = run.evaluate(node.key), run.evaluate(node.value)
        if times == 1 and is_constant(key):
            entries[key] = value
        else:
            elsewhere.append(value)

    _rounds(run, node.for_in, one_entry)
    made = DictObject(entries)
    for value in elsewhere:
        made = made.with_value_somewhere(value)
    return run.allocate(made)

"""List, set, dict comprehensions and generator expressions: loops over what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import libcst as cst

from flatlint.evaluation.base import Flow, FrameKind, Interpreter, evaluates
from flatlint.evaluation.bounds import MAX_ITERATIONS
from flatlint.evaluation.iteration import any_of, each, elements
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.objects import DictObject, ListObject, SetObject
from flatlint.evaluation.patience import Patience
from flatlint.evaluation.truth import truth
from flatlint.evaluation.values import Value, is_constant


class _Gathered:
    """What the rounds of a comprehension gave: known elements, and others in unknown number."""

    def __init__(self) -> None:
        self.items: list[Value] = []
        self.rest: Value | None = None

    def add(self, value: Value, is_sure: bool) -> None:
        if is_sure and self.rest is None:
            self.items.append(value)
        else:
            self.rest = value if self.rest is None else join_values(self.rest, value)


def _rounds(run: Interpreter, loop: cst.CompFor, body: Callable[[bool], None]) -> None:
    """Run `body(is_sure)` in a frame of its own for each round of the nested loops."""

    patience = Patience(run)

    def each_round(part: cst.CompFor, is_sure: bool) -> Iterator[tuple[Value, bool]]:
        known, rest = elements(run, run.evaluate(part.iter))
        for number, item in enumerate(known):
            if number == MAX_ITERATIONS or patience.is_over:
                rest = any_of(run, [*known[number:], *([] if rest is None else [rest])])
                break
            yield item, is_sure
        if rest is not None:
            yield rest, False

    def nested(part: cst.CompFor, is_sure: bool) -> None:
        for item, sure in each_round(part, is_sure):
            run.open_rounds += not sure
            run.assign(part.target, each(part.target, item))
            run.open_rounds -= not sure
            tests = [truth(run, run.evaluate(test.test)) for test in part.ifs]
            if False in tests:
                continue
            still_sure = sure and None not in tests
            if part.inner_for_in is not None:
                nested(part.inner_for_in, still_sure)
            else:
                body(still_sure)

    def run_all() -> Flow:
        nested(loop, True)
        return Flow.NEXT

    frame = run.new_frame(FrameKind.FUNCTION, run.frame.source, run.frame.number)
    frame.receiver, frame.owner = run.frame.receiver, run.frame.owner
    run.in_frame(frame, run_all)


@evaluates(cst.ListComp, cst.GeneratorExp)
def list_comprehension(run: Interpreter, node: cst.ListComp | cst.GeneratorExp) -> Value:
    """`[f(x) for x in xs if test]`; a generator expression gives the same sequence."""
    gathered = _Gathered()
    _rounds(run, node.for_in, lambda sure: gathered.add(run.evaluate(node.elt), sure))
    return run.allocate(ListObject(tuple(gathered.items), gathered.rest))


@evaluates(cst.SetComp)
def set_comprehension(run: Interpreter, node: cst.SetComp) -> Value:
    """`{f(x) for x in xs}`."""
    gathered = _Gathered()
    _rounds(run, node.for_in, lambda sure: gathered.add(run.evaluate(node.elt), sure))
    known = [item for item in gathered.items if is_constant(item)]
    is_whole = gathered.rest is None and len(known) == len(gathered.items)
    return run.allocate(SetObject(tuple(dict.fromkeys(known)), is_whole))


@evaluates(cst.DictComp)
def dict_comprehension(run: Interpreter, node: cst.DictComp) -> Value:
    """`{key: value for x in xs}`."""
    entries: dict[Value, Value] = {}
    is_whole = True

    def one_entry(is_sure: bool) -> None:
        nonlocal is_whole
        key, value = run.evaluate(node.key), run.evaluate(node.value)
        if is_sure and is_constant(key):
            entries[key] = value
        else:
            is_whole = False

    _rounds(run, node.for_in, one_entry)
    return run.allocate(DictObject(entries, is_whole))

"""Lists that every round of a loop makes longer, and how long rounds make them that are not run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

import libcst as cst

from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.bounds import MAX_HELD
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Many, Ref, Value
from flatlint.graph import Array, Tensor, Unknown, WhyUnknown
from flatlint.parsing.nodes import nodes_within
from flatlint.shapes import Expression

_LEAVES = (cst.Break, cst.Continue, cst.Return)


class Growth:
    """The lists that one round makes longer by so many elements, whichever way it goes.

    An `append` among the statements of the body itself happens in every round that ends, and it
    has to be all that happens to its list.
    """

    def __init__(self, run: Interpreter, loop: cst.For | cst.While) -> None:
        self._run = run
        self._steps = _appends(run, loop)
        self._before = {address: self._length(address) for address in self._steps}

    def check(self) -> None:
        """After one round: forgets the lists to which something else has happened."""
        for address, length in self._before.items():
            # The first `append` of the round leaves the list without a known end.
            match self._run.object_at(Ref(address)):
                case ListObject(items=items, rest=rest) if rest is not None:
                    if len(items) - 1 == length:
                        continue
                    continue
            del self._steps[address]

    def repeat(self, rounds: int) -> None:
        """After a round that stands for others: the lists are as long as `rounds` make them."""
        for address, step in self._steps.items():
            held = self._run.object_at(Ref(address))
            if isinstance(held, ListObject) and held.rest is not None:
                more = step * rounds
                if len(held.items) + more <= MAX_HELD:
                    further = (any_such(held.rest),) * more
                    self._run.state.replace(Ref(address), ListObject((*held.items, *further)))

    def _length(self, address: int) -> int | None:
        held = self._run.object_at(Ref(address))
        return len(held.items) if isinstance(held, ListObject) and held.rest is None else None


def _appends(run: Interpreter, loop: cst.For | cst.While) -> Counter[int]:
    """How many elements the statements of the body append to lists that it names nowhere else."""
    found: Counter[int] = Counter()
    within = list(nodes_within(loop.body))
    if any(isinstance(node, _LEAVES) for node in within):
        return found
    lists = [_appended_to(statement) for statement in loop.body.body]
    appended = Counter(name.value for name in lists if name is not None)
    names = [node for node in within if isinstance(node, cst.Name)]
    named = Counter(name.value for name in names)
    others = set()
    for name in {name.value: name for name in names}.values():
        listed = run.evaluate(name)
        if isinstance(listed, Ref) and named[name.value] == appended[name.value]:
            found[listed.address] += named[name.value]
        elif isinstance(listed, Ref):
            others.add(listed.address)
    return Counter({address: step for address, step in found.items() if address not in others})


def _appended_to(statement: cst.BaseStatement | cst.BaseSmallStatement) -> cst.Name | None:
    match statement:
        case cst.SimpleStatementLine(
            body=[
                cst.Expr(
                    value=cst.Call(
                        func=cst.Attribute(value=cst.Name() as name, attr=cst.Name("append"))
                    )
                )
            ]
        ):
            return name
        case _:
            return None


def of_other_rounds(run: Interpreter, ref: Ref, items: Sequence[Value]) -> Value | None:
    """What the rounds that are not run add to a list, to which this one adds `items`.

    A round that stands for any number of them adds to a list of its own just what it says; one
    that was there before is as long as all rounds so far have made it.
    """
    if not items or not run.open_rounds or ref.address > run.open_rounds[-1]:
        return None
    return reduce(join_values, map(any_such, items))


def any_such(value: Value) -> Value:
    """What holds for such an element of any round: its kind and its shape, not its value."""
    match value:
        case Array(values=values) if values is not None:
            return replace(value, values=None)
        case Array() | Tensor() | Unknown() | Ref():
            return value
        case tuple():
            return tuple(map(any_such, value))
        case Many(element=element):
            return Many(any_such(element))
        case int() | float() | Expression():
            return Unknown(WhyUnknown.LOOP)
        case _:
            return Unknown(WhyUnknown.BRANCHES_DIFFER)

"""Where arrays are held: what a write into one has to visit."""

from __future__ import annotations

import pytest

from flatlint.evaluation.objects import DictObject, Instance, ListObject, SetObject
from flatlint.evaluation.state import State
from flatlint.evaluation.values import Ref
from flatlint.graph import Array
from flatlint.shapes import Shape

ARRAY = Array(Shape((2,)))


def addresses(state: State) -> list[int]:
    return [address for address, _ in state.array_holders.objects_in(state.objects)]


def variables(state: State) -> list[str]:
    return [name for (_, name), _ in state.array_holders.variables_in(state.variables)]


@pytest.mark.parametrize(
    "thing",
    [
        ListObject((1, ARRAY)),
        ListObject(((1, ARRAY),)),
        DictObject({"a": ARRAY}),
        Instance(None, {"a": ARRAY}),  # type: ignore[arg-type]
    ],
)
def test_an_object_with_an_array_is_visited(thing: object) -> None:
    state = State()
    state.replace(Ref(1), thing)
    assert addresses(state) == [1]


def test_what_holds_no_array_is_not_visited() -> None:
    state = State()
    state.replace(Ref(1), ListObject((1, "a", Ref(2))))
    state.replace(Ref(2), SetObject((1,)))
    state.set_variable((0, "number"), 3)
    assert not addresses(state)
    assert not variables(state)


def test_an_array_that_another_branch_stores_is_not_lost_where_branches_part() -> None:
    before = State()
    before.replace(Ref(1), ListObject())
    arm, other = before.fork(), before.fork()
    arm.replace(Ref(1), ListObject((ARRAY,)))
    arm.set_variable((0, "x"), ARRAY)
    assert addresses(arm.fork()) == [1]
    assert variables(arm.fork()) == ["x"]
    assert not variables(other)

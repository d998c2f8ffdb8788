"""Whole quotients of named sizes: short where they can be, and never written ambiguously."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flatlint.shapes import Dim, symbol

h = symbol("h")
w = symbol("w")


def test_halving_again_and_again_is_one_division() -> None:
    assert str(reduce(lambda size, _: size // 2, range(5), h)) == "h//32"


def test_halving_rounded_up_again_and_again_is_one_division() -> None:
    assert str(reduce(lambda size, _: (size + 1) // 2, range(3), h)) == "(h + 7)//8"


def test_a_multiple_divides_without_a_rest() -> None:
    assert (16 * h) // 2 // 2 == 4 * h
    assert (16 * h + 3) // 2 == 8 * h + 1


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (2 * (h // 2), "2*(h//2)"),
        ((h // 2) * (w // 2) * 64, "64*(h//2)*(w//2)"),
        (h // 2 + 1, "h//2 + 1"),
        (3 - h // 2, "3 - h//2"),
        (3 * (h // 2) * -1 - 1, "-3*(h//2) - 1"),
        (-1 * (h // 2), "-(h//2)"),
        ((h // 2 + w) // 2, "(h//2 + w)//2"),
        ((3 * (h // 2)) // 2, "(3*(h//2))//2"),
    ],
)
def test_a_quotient_stands_in_parentheses_where_it_must(size: Dim, text: str) -> None:
    assert str(size) == text


steps = st.lists(
    st.tuples(st.sampled_from("+*/"), st.integers(1, 4)) | st.tuples(st.just("-"), st.just(1)),
    max_size=8,
)


def apply(size: Dim, operation: str, number: int) -> Dim:
    if operation == "+":
        return size + number
    if operation == "-":
        return size - number
    return size * number if operation == "*" else size // number


@given(steps, st.integers(0, 100))
def test_what_is_written_has_the_value_of_what_was_computed(
    operations: list[tuple[str, int]], value: int
) -> None:
    named = reduce(lambda size, step: apply(size, *step), operations, h)
    number = reduce(lambda size, step: apply(size, *step), operations, value)
    assert eval(str(named), {"h": value}) == number

"""Bounds of sizes that a search chooses between two numbers."""

from __future__ import annotations

from math import inf

from flatlint.shapes import bounds_of, symbol, symbol_between
from flatlint.shapes.dim import Dim

UNITS = symbol_between("units", 8, 64)


def test_sums_products_and_quotients_lie_where_their_parts_put_them() -> None:
    depth = symbol_between("depth", -1, 3)
    told: list[tuple[Dim, tuple[float, float]]] = [
        (2 * UNITS + 1, (17, 129)),
        (100 - UNITS, (36, 92)),
        (UNITS // 5, (1, 12)),
        (UNITS * depth, (-64, 192)),
        (UNITS - UNITS, (0, 0)),
        (7, (7, 7)),
    ]
    assert [bounds_of(size) for size, _ in told] == [bounds for _, bounds in told]


def test_nothing_is_known_of_a_size_with_a_name_alone() -> None:
    assert bounds_of(symbol("units")) == (-inf, inf)
    assert bounds_of(UNITS * symbol("times") + 3) == (-inf, inf)
    assert bounds_of(symbol("units") // 2) == (-inf, inf)


def test_an_end_that_is_not_known_stays_unknown_in_products() -> None:
    at_least_none = symbol_between("extra", 0, inf)
    assert bounds_of(at_least_none * symbol_between("times", 0, 3)) == (0, inf)
    assert bounds_of(at_least_none // 2) == (0, inf)


def test_a_size_between_bounds_is_the_size_of_that_name() -> None:
    assert symbol("units") == UNITS
    assert str(UNITS // 2) == "units//2"

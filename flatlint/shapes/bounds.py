"""Bounds on sizes: what is sure of a number that a search chooses between two others."""

from __future__ import annotations

from itertools import product
from math import inf, isinf
from typing import TypeAlias

from flatlint.shapes.dim import Dim, Expression, Quotient

Bounds: TypeAlias = tuple[float, float]
"""The least and the largest number that it may be."""
ANY: Bounds = (-inf, inf)


class Bounded(str):
    """The name of a size that remembers between which numbers it lies."""

    __slots__ = ("bounds",)

    bounds: Bounds

    def __new__(cls, name: str, bounds: Bounds) -> Bounded:
        """The name of a number between two others, both included."""
        made = super().__new__(cls, name)
        made.bounds = bounds
        return made


def symbol_between(name: str, least: float, largest: float) -> Expression:
    """The size that the source calls `name` and keeps between two numbers."""
    return Expression((((Bounded(name, (least, largest)),), 1),))


def bounds_of(size: Dim) -> Bounds:
    """Between which numbers a size surely lies."""
    if isinstance(size, int):
        return size, size
    if not isinstance(size, Expression):
        return ANY
    least = largest = 0.0
    for factors, count in size.terms:
        bounds: Bounds = (count, count)
        for factor in factors:
            bounds = _multiplied(bounds, _bounds_of_name(factor))
        least, largest = least + bounds[0], largest + bounds[1]
    return least, largest


def _bounds_of_name(name: str) -> Bounds:
    if isinstance(name, Bounded):
        return name.bounds
    if isinstance(name, Quotient) and isinstance(name.divisor, int) and name.divisor > 0:
        least, largest = bounds_of(name.dividend)
        return _floored(least, name.divisor), _floored(largest, name.divisor)
    return ANY


def _floored(number: float, divisor: int) -> float:
    return number if isinf(number) else number // divisor


def _multiplied(left: Bounds, right: Bounds) -> Bounds:
    if ANY in (left, right):
        return ANY
    # Where one of them is 0 the product is, however large the other may be.
    products = [a * b if a and b else 0 for a, b in product(left, right)]
    return min(products), max(products)

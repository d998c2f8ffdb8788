"""The size of one axis: a number, Keras's `None`, a symbol of the source, or unfixed.

A number is a plain `int`. The three others are values of their own, so that arithmetic on sizes
is written once, with the ordinary operators, and each kind keeps its meaning: `None` stays `None`
whatever is done to it, an unfixed size stays unfixed, and symbols add up to readable sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias


class SymbolicSize:
    """A size that is not a number; arithmetic with numbers and other sizes is closed."""

    __slots__ = ()

    def __add__(self, other: Dim) -> Dim:
        return _absorbed(self, other) or _expression(self).plus(_expression(other))

    def __radd__(self, other: Dim) -> Dim:
        return self + other

    def __sub__(self, other: Dim) -> Dim:
        return self + (-1 * other)

    def __rsub__(self, other: Dim) -> Dim:
        return (-1 * self) + other

    def __neg__(self) -> Dim:
        return -1 * self

    def __mul__(self, other: Dim) -> Dim:
        return _absorbed(self, other) or _expression(self).times(_expression(other))

    def __rmul__(self, other: Dim) -> Dim:
        return self * other

    def __floordiv__(self, other: Dim) -> Dim:
        return _absorbed(self, other) or _floor_divide(_expression(self), _expression(other))

    def __rfloordiv__(self, other: Dim) -> Dim:
        return _absorbed(self, other) or _floor_divide(_expression(other), _expression(self))


@dataclass(frozen=True)
class Open(SymbolicSize):
    """Keras's `None`: known to be open until data comes, as the batch axis is."""

    def __str__(self) -> str:
        return "None"


@dataclass(frozen=True)
class Unfixed(SymbolicSize):
    """A size that exists but that the source does not fix; equal to nothing for sure."""

    def __str__(self) -> str:
        return "?"


OPEN = Open()
UNFIXED = Unfixed()

Monomial: TypeAlias = tuple[str, ...]
"""The factors of a product, sorted; the empty one stands for the constant term."""


class Quotient(str):
    """The name of a whole quotient, `(h + 1)//2`, which remembers what it was made of."""

    __slots__ = ("dividend", "divisor")

    dividend: Expression
    divisor: Dim

    def __new__(cls, dividend: Expression, divisor: Dim) -> Quotient:
        """The quotient of a sum that `divisor` does not divide evenly."""
        name = super().__new__(cls, f"{_operand(dividend)}//{_operand(divisor)}")
        name.dividend = dividend
        name.divisor = divisor
        return name


MAX_TERMS = 64
"""A sum with more terms than this helps no reader: it becomes an unfixed size."""


@dataclass(frozen=True)
class Expression(SymbolicSize):
    """A polynomial over names of the source, in normal form: `2*units + 1`."""

    terms: tuple[tuple[Monomial, int], ...]

    @staticmethod
    def of(terms: Mapping[Monomial, int]) -> Dim:
        """The normal form of a sum; a plain number if no name is left in it."""
        kept = {factors: count for factors, count in terms.items() if count}
        if len(kept) > MAX_TERMS:
            return UNFIXED
        if not kept.keys() - {()}:
            return kept.get((), 0)
        return Expression(tuple(sorted(kept.items(), key=_term_order)))

    def plus(self, other: Expression) -> Dim:
        """The sum of two expressions."""
        total = dict(self.terms)
        for factors, count in other.terms:
            total[factors] = total.get(factors, 0) + count
        return Expression.of(total)

    def times(self, other: Expression) -> Dim:
        """The product of two expressions."""
        if len(self.terms) * len(other.terms) > MAX_TERMS**2:
            return UNFIXED
        total: dict[Monomial, int] = {}
        for left, left_count in self.terms:
            for right, right_count in other.terms:
                factors = tuple(sorted(left + right))
                total[factors] = total.get(factors, 0) + left_count * right_count
        return Expression.of(total)

    @cached_property
    def _text(self) -> str:
        text = ""
        for factors, count in self._written_terms():
            sign = ("-" if count < 0 else "") if not text else (" - " if count < 0 else " + ")
            text += sign + _term_text(factors, abs(count), is_negated=sign == "-")
        return text

    def _written_terms(self) -> list[tuple[Monomial, int]]:
        """The terms with a positive one first, named if there is such: `h - 2*k`, `7 - k`."""
        terms = list(self.terms)
        positive = [i for i, (_, count) in enumerate(terms) if count > 0]
        first = next((i for i in positive if terms[i][0]), positive[0] if positive else 0)
        return [terms[first], *terms[:first], *terms[first + 1 :]]

    def __str__(self) -> str:
        return self._text


Dim: TypeAlias = int | Open | Unfixed | Expression


def symbol(name: str) -> Expression:
    """The size that the source calls `name`."""
    return Expression((((name,), 1),))


def is_fixed(size: Dim) -> bool:
    """Whether the size is a plain number."""
    return isinstance(size, int)


def are_equal(left: Dim, right: Dim) -> bool | None:
    """Whether two sizes are the same; `None` where that cannot be told."""
    if isinstance(left, int) and isinstance(right, int):
        return left == right
    if isinstance(left, Expression) and left == right:
        return True
    if isinstance(left, Expression) or isinstance(right, Expression):
        difference = left - right
        return None if not isinstance(difference, int) else difference == 0
    return None


def join_dims(left: Dim, right: Dim) -> Dim:
    """The size that stands for either: equal ones stay, others are unfixed."""
    return left if left == right else UNFIXED


def product(sizes: Iterable[Dim]) -> Dim:
    """All sizes multiplied; 1 for none."""
    total: Dim = 1
    for size in sizes:
        total = total * size
    return total


def text_of(size: Dim) -> str:
    """The size as Keras writes it: `3`, `None`, `2*units`, `?`."""
    return str(size)


def _absorbed(left: SymbolicSize, right: Dim) -> Dim | None:
    """The operand that decides the result alone: `None` before `?`, as in Keras's arithmetic."""
    for kind in (Open, Unfixed):
        for size in (left, right):
            if isinstance(size, kind):
                return size
    return None


def _expression(size: Dim | SymbolicSize) -> Expression:
    if isinstance(size, Expression):
        return size
    if isinstance(size, int):
        return Expression((((), size),)) if size else Expression(())
    raise TypeError(f"{size!r} is not a sum of names")


def _floor_divide(left: Expression, right: Expression) -> Dim:
    divisor = Expression.of(dict(right.terms))
    dividend = Expression.of(dict(left.terms))
    if divisor == 0:
        return UNFIXED
    if dividend == divisor:
        return 1
    if isinstance(divisor, int):
        nested = _nested_quotient(left, divisor)
        if nested is not None:
            return nested
        quotients = {factors: divmod(count, divisor) for factors, count in left.terms}
        # (4*h + 3)//2 is 2*h + 1: only the constant term may leave a remainder.
        if all(rest == 0 for factors, (_, rest) in quotients.items() if factors):
            return Expression.of({factors: whole for factors, (whole, _) in quotients.items()})
    elif isinstance(divisor, Expression) and len(divisor.terms) == 1:
        exact = _divide_by_monomial(left, divisor.terms[0])
        if exact is not None:
            return exact
    if not isinstance(dividend, Expression):
        return symbol(f"{_operand(dividend)}//{_operand(divisor)}")
    return symbol(Quotient(dividend, divisor))


def _nested_quotient(left: Expression, divisor: int) -> Dim | None:
    """`(a//b + c)//d` as `(a + b*c)//(b*d)`, where `left` is such a sum."""
    terms = dict(left.terms)
    constant = terms.pop((), 0)
    ((factors, count),) = terms.items() if len(terms) == 1 else [((), 0)]
    if count != 1 or len(factors) != 1 or divisor < 0:
        return None
    (inner,) = factors
    if not isinstance(inner, Quotient) or not isinstance(inner.divisor, int) or inner.divisor < 0:
        return None
    return (inner.dividend + inner.divisor * constant) // (inner.divisor * divisor)


def _divide_by_monomial(left: Expression, divisor: tuple[Monomial, int]) -> Dim | None:
    """`left` without the factors of `divisor`, where every term has them all."""
    factors, count = divisor
    total: dict[Monomial, int] = {}
    for term_factors, term_count in left.terms:
        rest = list(term_factors)
        for factor in factors:
            if factor not in rest:
                return None
            rest.remove(factor)
        if term_count % count:
            return None
        total[tuple(rest)] = term_count // count
    return Expression.of(total)


def _operand(size: Dim) -> str:
    text = str(size)
    return f"({text})" if isinstance(size, Expression) and any(c in text for c in " /*") else text


def _term_order(term: tuple[Monomial, int]) -> tuple[int, Monomial]:
    factors, _ = term
    return (-len(factors), factors)


def _term_text(factors: Monomial, count: int, is_negated: bool) -> str:
    is_product = len(factors) > 1 or count != 1 or is_negated
    named = [f"({name})" if "/" in name and is_product else str(name) for name in factors]
    return "*".join(([str(count)] if count != 1 or not factors else []) + named)

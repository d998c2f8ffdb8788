"""`/` between whole numbers: Python 2 gave a whole number where Python 3 gives a float."""

from __future__ import annotations

from enum import Enum, auto


class Division(Enum):
    """What a program means by `7 / 2`."""

    EXACT = auto()
    WHOLE = auto()
    EITHER = auto()
    """Written when both Pythons were in use."""


def quotient(division: Division, left: int, right: int) -> float | None:
    """`left / right`; `None` where the two Pythons give different numbers.

    Raises ZeroDivisionError: `right` is 0.
    """
    if division is Division.EXACT:
        return left / right
    if left % right and division is Division.EITHER:
        return None
    return left // right

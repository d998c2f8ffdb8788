"""Versions of libraries: the source does not name the release, its era does not leave it open."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flatlint.catalogue.eras import Era

MANY = 10_000
"""Beyond every number in a version."""

Bounds = tuple[tuple[int, ...], tuple[int, ...]]
"""The first and the last release, both included."""

KERAS: dict[Era, Bounds] = {Era.KERAS_1: ((1,), (1, MANY)), Era.KERAS_2: ((2,), (2, MANY)),
         Era.KERAS_3: ((3,), (3, MANY))}  # fmt: skip
TENSORFLOW: dict[Era, Bounds] = {Era.KERAS_1: ((0,), (1, MANY)), Era.KERAS_2: ((1, 4), (2, MANY)),
              Era.KERAS_3: ((2, 16), (2, MANY))}  # fmt: skip
"""The TensorFlow releases that the Keras of an era runs on; `tf.keras` is Keras 3 since 2.16."""


@dataclass(frozen=True)
class Release:
    """A version from `first` to `last`, both included."""

    first: tuple[int, ...]
    last: tuple[int, ...]

    @classmethod
    def named(cls, text: str) -> Release | None:
        """The one release that a text such as `2.1.0` names; `None` for anything else."""
        numbers = re.match(r"\d{1,4}(?:\.\d{1,4})*", text)
        if numbers is None:
            return None
        parts = list(map(int, numbers[0].split(".")))
        while len(parts) > 1 and not parts[-1]:  # 2.0 is the same as 2
            parts.pop()
        found = tuple(parts)
        return cls(found, found)

    @classmethod
    def within(cls, table: dict[Era, Bounds], eras: tuple[Era, ...]) -> Release:
        """A release of any of the eras."""
        bounds = [table[era] for era in eras]
        return cls(min(first for first, _ in bounds), max(last for _, last in bounds))

    @property
    def major(self) -> int | None:
        """The first number, if all releases have it in common."""
        return self.first[0] if self.first[0] == self.last[0] else None

    def starts_with(self, text: str) -> bool | None:
        """Whether the version as text begins so; `None` where that hangs on the release."""
        digits, _dot, rest = text.partition(".")
        if not digits.isdigit():
            return False
        if int(digits) < self.first[0] or int(digits) > self.last[0]:
            return False
        return True if self.major == int(digits) and not rest else None

    def compare(self, sign: str, other: Release) -> bool | None:
        """Whether `self sign other` holds for every release that may be meant."""
        if sign in (">", ">=") or sign not in ("<", "<=", "=="):
            turned = {">": "<", ">=": "<="}.get(sign)
            return None if turned is None else other.compare(turned, self)
        if self.last < other.first:
            return sign != "=="
        if self.first > other.last:
            return False
        is_one = self.first == self.last == other.first == other.last
        if is_one:
            return sign != "<"
        if sign == "<=" and self.last <= other.first:
            return True
        return False if sign == "<" and self.first >= other.last else None

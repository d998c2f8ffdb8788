"""State: what every variable and every object holds at one point of the program."""

from __future__ import annotations

from typing import TypeAlias

from flatlint.evaluation.values import Ref, Value

Variable: TypeAlias = tuple[int, str]
"""A variable: the number of its frame, and its name."""


class State:
    """Variables and objects by address; copied where branches part, joined where they meet."""

    def __init__(self) -> None:
        self.variables: dict[Variable, Value] = {}
        self.objects: dict[int, object] = {}

    def copy(self) -> State:
        """A state that can go its own way."""
        twin = State()
        twin.variables = self.variables.copy()
        twin.objects = self.objects.copy()
        return twin

    def object_at(self, ref: Ref) -> object:
        """The object at an address."""
        return self.objects[ref.address]

    def replace(self, ref: Ref, changed: object) -> None:
        """Put a changed object at its address."""
        self.objects[ref.address] = changed

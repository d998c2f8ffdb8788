"""Where arrays are held: what is written into one is looked for there and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from flatlint.evaluation.objects import DictObject, Instance, LayerObject, ListObject
from flatlint.evaluation.values import Value
from flatlint.graph import Array

Variable: TypeAlias = tuple[int, str]
"""A variable: the number of its frame, and its name."""

_HOLDERS = frozenset({Array, tuple})


class ArrayHolders:
    """The variables and the objects that hold an array or a tuple, or once did, on any branch.

    All states of a program share one: an address means the same object on every branch, and what
    holds no array where a reader stands costs it no more than a look.
    """

    def __init__(self) -> None:
        self._variables: dict[Variable, None] = {}
        self._addresses: dict[int, None] = {}

    def note_variable(self, variable: Variable, value: Value) -> None:
        """A variable was set."""
        if type(value) in _HOLDERS:
            self._variables[variable] = None

    def note_object(self, address: int, thing: object) -> None:
        """An object was put at an address."""
        if address not in self._addresses and _holds_any(_parts(thing)):
            self._addresses[address] = None

    def variables_in(self, variables: dict[Variable, Value]) -> Iterator[tuple[Variable, Value]]:
        """Those of the variables that may hold an array."""
        return ((key, variables[key]) for key in list(self._variables) if key in variables)

    def objects_in(self, objects: dict[int, object]) -> Iterator[tuple[int, object]]:
        """Those of the objects that may hold an array."""
        return ((key, objects[key]) for key in list(self._addresses) if key in objects)


def _parts(thing: object) -> Iterable[Value]:
    match thing:
        case ListObject(items=items):
            return items
        case DictObject(entries=entries):
            return entries.values()
        case (
            Instance(attributes=attributes) | LayerObject(instance=Instance(attributes=attributes))
        ):
            return attributes.values()
        case _:
            return ()


def _holds_any(parts: Iterable[Value]) -> bool:
    return not _HOLDERS.isdisjoint(map(type, parts))

"""State: what every variable and every object holds at one point of the program."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.evaluation.array_holders import ArrayHolders, Variable
from flatlint.evaluation.objects import LayerObject
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import Layer


class State:
    """Variables and objects by address; forked where branches part, joined where they meet.

    A fork remembers the state that it was taken from and what it changed since, so that joining two
    branches costs what they changed and not what there is. Once forked, a state stays as it is for
    as long as its forks are in use.
    """

    def __init__(self) -> None:
        self.variables: dict[Variable, Value] = {}
        self.objects: dict[int, object] = {}
        self.array_holders = ArrayHolders()
        self._layer_addresses: dict[int, int] = {}
        self.parent: State | None = None
        self.touched_variables: set[Variable] = set()
        self.touched_objects: set[int] = set()

    def fork(self) -> State:
        """A state that can go its own way."""
        twin = State()
        twin.variables = self.variables.copy()
        twin.objects = self.objects.copy()
        twin.array_holders = self.array_holders
        twin._layer_addresses = self._layer_addresses
        twin.parent = self
        return twin

    def set_variable(self, variable: Variable, value: Value) -> None:
        """Let a variable hold a value."""
        self.variables[variable] = value
        self.array_holders.note_variable(variable, value)
        self.touched_variables.add(variable)

    def unset_variable(self, variable: Variable) -> None:
        """Forget a variable."""
        self.variables.pop(variable, None)
        self.touched_variables.add(variable)

    def replace(self, ref: Ref, changed: object) -> None:
        """Put a new or a changed object at its address."""
        self.objects[ref.address] = changed
        self.array_holders.note_object(ref.address, changed)
        self.touched_objects.add(ref.address)
        if isinstance(changed, LayerObject):
            self._layer_addresses[id(changed.layer)] = ref.address

    def ref_of(self, layer: Layer) -> Ref | None:
        """Where the object of a layer lies, unless it was made on another branch.

        All states of a program share the addresses, as each means the same object everywhere.
        """
        address = self._layer_addresses.get(id(layer))
        held = self.objects.get(address) if address is not None else None
        is_its = isinstance(held, LayerObject) and held.layer is layer
        return Ref(address) if is_its and address is not None else None

    def share(self, since: int) -> None:
        """Let all states that this one was forked from have what was made from a number on.

        A module is evaluated once, by whichever branch imports it first, for every other one too.
        """
        variables = {key: value for key, value in self.variables.items() if key[0] >= since}
        objects = {key: thing for key, thing in self.objects.items() if key >= since}
        for state in self.ancestry():
            state.variables.update(variables)
            state.objects.update(objects)

    def ancestry(self) -> Iterator[State]:
        """The state, the one that it was forked from, and so on."""
        state: State | None = self
        while state is not None:
            yield state
            state = state.parent

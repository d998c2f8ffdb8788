"""The registry of operations: functions of `keras.ops` by name, as what they do to shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from flatlint.catalogue.spec import ShapeTree

Operation = Callable[..., ShapeTree]
"""Takes Keras's own parameters, with a `Shape` for every tensor; raises where Keras raises."""

AnyOperation = TypeVar("AnyOperation", bound=Operation)

OPERATIONS: dict[str, Operation] = {}


def register(name: str, function: Operation) -> None:
    """Enter one operation; what a name means hangs on no order in which modules are read."""
    if name in OPERATIONS:
        raise ValueError(f"there are two operations `{name}`")
    OPERATIONS[name] = function


def operation(*names: str) -> Callable[[AnyOperation], AnyOperation]:
    """Register what functions of `keras.ops` do; `names` are paths behind `keras.ops.`."""

    def entered(function: AnyOperation) -> AnyOperation:
        for name in names:
            register(name, function)
        return function

    return entered


def register_all(names: Iterable[str], make: Callable[[str], Operation]) -> None:
    """Register functions that differ in nothing but their name."""
    for name in names:
        register(name, make(name))

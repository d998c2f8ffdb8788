"""The values of an evaluation, all frozen: what a name or an expression can stand for.

Python's own numbers, strings, `None`, `Ellipsis`, ranges and tuples stand for themselves. A size
that the source does not fix is an `Expression` of `flatlint.shapes`, which is also what a
parameter of a function that nobody calls stands for; a number that only the running model knows, as
`tf.shape(x)[0]`, is `OPEN`. Whatever can change is a `Ref` to an object in
the state.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import libcst as cst

from flatlint.graph import Array, Site, Tensor, Unknown, WhyUnknown
from flatlint.shapes import OPEN, UNFIXED, Dim, Expression, Open, Shape, Unfixed

Value: TypeAlias = object

CONSTANTS = (int, float, complex, str, bytes, type(None), type(Ellipsis), range)
"""Python types whose values stand for themselves (`bool` is an `int`)."""


@dataclass(frozen=True)
class Name:
    """Something of a library, by its canonical dotted path: `keras.layers.Dense`."""

    path: str


@dataclass(frozen=True)
class Ref:
    """An object that can change, by its address in the state."""

    address: int


@dataclass(frozen=True)
class Slice:
    """`start:stop:step` in a subscript."""

    start: Value = None
    stop: Value = None
    step: Value = None


@dataclass(frozen=True)
class Module:
    """A module of the project; its names are the variables of `frame`."""

    name: str
    frame: int


@dataclass(frozen=True, eq=False)
class Function:
    """A function or lambda of the program, with the frame that it closes over."""

    name: str
    node: cst.FunctionDef | cst.Lambda
    frame: int
    site: Site
    defaults: tuple[tuple[str, Value], ...] = ()
    owner: UserClass | None = None
    kind: str = "function"
    """`function`, `property`, `staticmethod`, `classmethod`."""


@dataclass(frozen=True, eq=False)
class UserClass:
    """A class of the program; its own attributes are the variables of `frame`."""

    name: str
    bases: tuple[Value, ...]
    frame: int
    node: cst.ClassDef
    site: Site


@dataclass(frozen=True)
class BoundMethod:
    """A function of the program bound to the object that it is called on."""

    receiver: Value
    function: Function


@dataclass(frozen=True)
class LibraryMethod:
    """A method that flatlint models, bound to the value that it is called on: `model.add`."""

    receiver: Value
    name: str


@dataclass(frozen=True)
class Partial:
    """`functools.partial`: a callable with some of its arguments given."""

    function: Value
    positional: tuple[Value, ...]
    keywords: tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class Super:
    """`super()`: attribute look-up starts behind `cls` in the order of the receiver's bases."""

    cls: UserClass
    receiver: Value


@dataclass(frozen=True)
class Member:
    """A member of an enumeration of the program."""

    cls: UserClass
    name: str
    value: Value


@dataclass(frozen=True)
class Many:
    """A sequence of unknown length; every element is `element`."""

    element: Value
    length: Dim = UNFIXED


@dataclass(frozen=True)
class Either:
    """One of several things, which one the source does not decide: two layers, two functions.

    `None` may be among them: what is called or asked for an attribute is then one of the others.
    """

    options: tuple[Value, ...]

    def __post_init__(self) -> None:
        assert len(self.options) > 1

    @property
    def things(self) -> tuple[Value, ...]:
        """What can be called or asked for an attribute."""
        return tuple(option for option in self.options if option is not None)

    @property
    def undecided(self) -> Unknown:
        """What it is to whoever needs to know which one."""
        return Unknown(WhyUnknown.BRANCHES_DIFFER)


@dataclass(frozen=True)
class Builtin:
    """A callable that the evaluation makes itself, called with the plain values."""

    name: str
    function: Callable[..., Value]


THINGS = (Ref, Name, Function, UserClass, BoundMethod, LibraryMethod, Partial, Builtin, Super)
"""Values that do something: either of two of them can be tried."""


def is_constant(value: Value) -> bool:
    """Whether a value is a Python constant, or a tuple of such."""
    if isinstance(value, tuple):
        return all(is_constant(part) for part in value)
    return isinstance(value, CONSTANTS)


def is_number(value: Value) -> bool:
    """Whether a value is a plain number."""
    return isinstance(value, int | float)


def is_omitted(value: Value) -> bool:
    """Whether a value is the `None` of a parameter that some caller, which nobody sees, may pass.

    Tests go the way of `None`, as they do for who leaves it out; no claim rests on its being that.
    """
    return isinstance(value, Unknown) and value.why is WhyUnknown.OMITTED


NUMBERS = ("a size that the source does not fix", "a length")
"""What unknown values are that are surely one number."""


def size_value(size: Dim, site: Site | None = None) -> Value:
    """A size as a value of the program: `None` for an open one."""
    if isinstance(size, Open):
        return None
    if isinstance(size, Unfixed):
        return Unknown(WhyUnknown.ARGUMENT, NUMBERS[0], site)
    return int(size) if isinstance(size, int) else size


A_SHAPE = "a shape that is not known"
"""What unknown values are that are surely the shape of something."""


def can_be_formatted(value: Value) -> bool:
    """Whether a text has a form for it: a number, a text, a size by the plain name that it has.

    What is computed of such a size is a number of some digits, and no such text.
    """
    if isinstance(value, Expression):
        return str(value).isidentifier()
    return value is None or isinstance(value, int | float | str)


def is_one_number(unknown: Unknown) -> bool:
    """Whether something unknown is one number: a size, a length, the number of a round."""
    return unknown.what in NUMBERS or unknown.why is WhyUnknown.LOOP


def value_size(value: Value) -> Dim | None:
    """A value of the program as a size; `None` where it cannot be one."""
    if value is None:
        return OPEN
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Expression | Open):
        return value
    if isinstance(value, Unknown):
        return Unfixed()
    if isinstance(value, Array) and value.shape == Shape(()):
        # One number that numpy counted; known or not, it is a size.
        return UNFIXED if value.values is None else value_size(value.values.item())
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None


def shape_value(shape: Shape) -> tuple[Value, ...]:
    """A shape as the tuple that a program sees."""
    return tuple(size_value(size) for size in shape)


def shape_of(value: Value) -> Shape | Unknown | None:
    """The shape of a tensor or array; `None` for anything else."""
    return value.shape if isinstance(value, Tensor | Array) else None

"""What every part of the evaluator shares: the `Interpreter` that it is handed, and the registries.

Expressions, calls and statements need one another. Each imports only this module; `interpreter.py`
imports them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol, TypeAlias, TypeVar

import libcst as cst

from flatlint.catalogue.eras import Era
from flatlint.evaluation.dividing import Division
from flatlint.evaluation.patience import Patience
from flatlint.evaluation.recorder import Recorder
from flatlint.evaluation.state import State
from flatlint.evaluation.values import Function, Ref, Value
from flatlint.graph import Site, Unknown, WhyUnknown
from flatlint.parsing.parsed_source import ParsedSource


class Flow(Enum):
    """How a statement ends: the next one follows, or this path of the program is over."""

    NEXT = auto()
    STOP = auto()


class BudgetEnded(Exception):
    """The step budget of the file is used up."""


class FrameKind(Enum):
    """What a frame belongs to."""

    MODULE = auto()
    FUNCTION = auto()
    CLASS = auto()


@dataclass
class Frame:
    """The names of a module, a function call or a class body, and the exits of its code."""

    number: int
    kind: FrameKind
    source: ParsedSource
    module: int
    parent: int | None = None
    package: str = ""
    declared: dict[str, int] = field(default_factory=dict)
    """Names that `global` or `nonlocal` puts into another frame."""
    returns: list[tuple[State, Value]] = field(default_factory=list)
    yields: list[Value] = field(default_factory=list)
    may_yield_otherwise: bool = False
    """Whether other elements than `yields` may be given, or not all of these."""
    arms_outside: int = 0
    """How many arms of branches were open when the code of the frame began."""
    loops: list[LoopExits] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """The variables that have been set."""
    counted: frozenset[str] = frozenset()
    """What the loops around, whose rounds are not known, count: its first value decides nothing."""
    calls: tuple[Site, ...] = ()
    """The calls that led here, the outermost first."""
    receiver: Value | None = None
    owner: Value | None = None
    is_captured: bool = False
    """Whether a function that closes over this frame may outlive it."""


@dataclass
class LoopExits:
    """The states in which a loop was left by `break` or went on by `continue`."""

    breaks: list[State] = field(default_factory=list)
    continues: list[State] = field(default_factory=list)


@dataclass(frozen=True)
class Arguments:
    """What a call passes; `is_open` if `*args` or `**kwargs` pass something that is not known."""

    positional: tuple[Value, ...] = ()
    keywords: Mapping[str, Value] = field(default_factory=dict)
    open_positional: bool = False
    open_keywords: bool = False

    @property
    def is_open(self) -> bool:
        """Whether there may be more arguments than the source shows."""
        return self.open_positional or self.open_keywords


Guarded = TypeVar("Guarded")


class Interpreter(Protocol):
    """Evaluates expressions and executes statements in the state that it holds."""

    state: State
    frame: Frame
    recorder: Recorder
    eras: tuple[Era, ...]
    image_data_format: str | None
    is_data_format_set: bool
    """Whether the program itself has set the image data format."""
    is_guess: bool
    """Whether shapes hang on a default that users of the era changed outside of the program."""
    is_legacy_keras: bool
    """Whether a Keras 2 program may run on standalone Keras 2.0 to 2.3.1."""
    keras_release: tuple[int, ...]
    """The release of Keras that the user names; empty where only the era is known."""
    division: Division
    called: set[int]
    """The syntax nodes (by `id`) of functions that have been called."""
    layers_entered: int
    """How many `call` methods and functions of layers the program stands in."""
    steps_left: int
    """What the step budget of the file still allows."""
    open_arms: int
    """How many branches the program stands in, of which it may take another one."""
    open_rounds: list[int]
    """The rounds that stand for any number of rounds, the outermost first: each by an address
    between those of the objects that were there before and of those that it makes itself."""
    named_sizes: Counter[str]
    """How often each name was given to a size which the source does not fix."""
    has_renamed_layers: bool
    """Whether the program may have given layers other names than they were made with."""
    active: list[tuple[Function, Patience]]
    """The functions of the program that are being called, the outermost first."""

    @property
    def here(self) -> Site:
        """The site of the innermost call that is being evaluated."""
        ...

    @property
    def is_guarded(self) -> bool:
        """Whether the program would catch an exception at this point, or may not raise it."""
        ...

    def evaluate(self, node: cst.BaseExpression) -> Value:
        """The value of an expression; `Unknown` with its reason if there is none."""
        ...

    def execute(self, statements: Iterable[cst.CSTNode]) -> Flow:
        """Run statements until one stops."""
        ...

    def call(self, callee: Value, arguments: Arguments, node: cst.CSTNode) -> Value:
        """The value that a call returns, its effects on the state included."""
        ...

    def standing_at(self, node: cst.CSTNode, body: Callable[[], Value]) -> Value:
        """Evaluate something with `here` at a node that is no call: an operator, a subscript."""
        ...

    def attribute(self, value: Value, name: str, node: cst.CSTNode) -> Value:
        """`value.name`."""
        ...

    def assign(self, target: cst.CSTNode, value: Value) -> None:
        """Bind a target of an assignment: a name, an attribute, an item, a tuple of targets."""
        ...

    def lookup(self, name: str) -> Value:
        """The value of a name where the program stands, builtins included."""
        ...

    def bind(self, name: str, value: Value) -> None:
        """Set a variable of the frame where the program stands."""
        ...

    def parent_of(self, frame: int) -> int | None:
        """The frame in which names are looked for next."""
        ...

    def enclosing_function_frame(self) -> int:
        """The frame that a function defined here closes over: class bodies do not count."""
        ...

    def set_variables(self, frame: Frame, values: Mapping[str, Value]) -> None:
        """Set variables of a frame."""
        ...

    def drop_variables(self, frame: Frame) -> None:
        """Forget the variables of a frame that nothing can reach any more."""
        ...

    def set_attribute(self, value: Value, name: str, item: Value) -> None:
        """`value.name = item`."""
        ...

    def allocate(self, thing: object) -> Ref:
        """Put a new object into the state."""
        ...

    def object_at(self, value: Value) -> object:
        """The object that a reference points to; anything else is returned as it is."""
        ...

    def open_round(self) -> AbstractContextManager[None]:
        """While the program is in a round that stands for any number of rounds."""
        ...

    def site(self, node: cst.CSTNode) -> Site:
        """Where `node` stands, and the calls that led there."""
        ...

    def unknown(self, why: WhyUnknown, what: str = "", node: cst.CSTNode | None = None) -> Unknown:
        """An unknown value that remembers where the trail was lost."""
        ...

    def run_arms(self, arms: Sequence[Callable[[], Flow]]) -> Flow:
        """Run alternatives from the same state and go on in the state that joins their ends."""
        ...

    def with_exits(self, body: Callable[[], Flow]) -> Flow:
        """Run code that may be left at several points, whose states are joined at its end."""
        ...

    def guard(self, body: Callable[[], Guarded]) -> Guarded:
        """Run code whose exceptions the program catches."""
        ...

    def in_frame(self, frame: Frame, body: Callable[[], Flow]) -> Flow:
        """Run code with another frame in front."""
        ...

    def new_frame(self, kind: FrameKind, source: ParsedSource, parent: int | None) -> Frame:
        """A frame without variables."""
        ...

    def import_module(self, name: str) -> Value:
        """A module: of the project, or else the library's name."""
        ...


Evaluator: TypeAlias = "Callable[[Interpreter, cst.CSTNode], Value]"
Executor: TypeAlias = "Callable[[Interpreter, cst.CSTNode], Flow]"
Model: TypeAlias = "Callable[..., Value]"

EVALUATORS: dict[type[cst.CSTNode], Evaluator] = {}
EXECUTORS: dict[type[cst.CSTNode], Executor] = {}
MODELS: dict[str, Model] = {}
CONSTANTS: dict[str, Value] = {}
ANSWERS: dict[str, Model] = {}
PROVIDERS: dict[str, Model] = {}
CALLERS: dict[type, Model] = {}
FALLBACKS: dict[str, Model] = {}
INSTANTIATORS: dict[str, Model] = {}
OPERATORS: dict[type, Model] = {}
INDEXERS: dict[type, Model] = {}
METHODS: dict[tuple[type, str], Model] = {}
ATTRIBUTES: dict[tuple[type, str], Model] = {}

F = TypeVar("F", bound=Callable[..., object])


def evaluates(*kinds: type[cst.CSTNode]) -> Callable[[F], F]:
    """Register the function that evaluates these kinds of expression."""
    return lambda function: _register(EVALUATORS, kinds, function)


def executes(*kinds: type[cst.CSTNode]) -> Callable[[F], F]:
    """Register the function that executes these kinds of statement."""
    return lambda function: _register(EXECUTORS, kinds, function)


def models(*paths: str) -> Callable[[F], F]:
    """Register what library functions do; the parameters are the library's own.

    The function is called as `function(run, *args, **kwargs)` with the values that the program
    passes; a call that does not fit its signature is not modelled.
    """
    return lambda function: _register(MODELS, paths, function)


def answers(*paths: str) -> Callable[[F], F]:
    """Register values of a library that hang on the era: `function(run)`."""
    return lambda function: _register(ANSWERS, paths, function)


def provides(*paths: str) -> Callable[[F], F]:
    """Register what makes the object that a library holds: `function(run)`, asked once a run."""
    return lambda function: _register(PROVIDERS, paths, function)


def method(kind: type, *names: str) -> Callable[[F], F]:
    """Register a method of objects of a kind: `function(run, receiver, *args, **kwargs)`.

    For what lives in the state the kind is that of the object, and the receiver is its `Ref`.
    """
    return lambda function: _register(METHODS, [(kind, name) for name in names], function)


def attribute(kind: type, *names: str) -> Callable[[F], F]:
    """Register an attribute of values of a kind: `function(run, receiver)`."""
    return lambda function: _register(ATTRIBUTES, [(kind, name) for name in names], function)


def called(kind: type) -> Callable[[F], F]:
    """Register how objects of a kind are called: `function(run, ref, arguments)`."""
    return lambda function: _register(CALLERS, [kind], function)


def answers_for(library: str) -> Callable[[F], F]:
    """Register who answers calls of a library's names that have no model of their own.

    The function is called as `function(run, path, arguments)`.
    """
    return lambda function: _register(FALLBACKS, [library], function)


def instantiates(library: str) -> Callable[[F], F]:
    """Register how a class of the program that derives from a library's class is instantiated.

    The function is called as `function(run, cls, base, arguments)` and returns `None` where the
    library's class makes no difference.
    """
    return lambda function: _register(INSTANTIATORS, [library], function)


def operates(kind: type) -> Callable[[F], F]:
    """Register arithmetic on a kind of value: `function(run, sign, left, right, node)`."""
    return lambda function: _register(OPERATORS, [kind], function)


def indexes(kind: type) -> Callable[[F], F]:
    """Register subscripts of a kind of value: `function(run, value, index, node)`."""
    return lambda function: _register(INDEXERS, [kind], function)


def _register(table: dict, keys: Iterable[object], function: F) -> F:  # type: ignore[type-arg]
    for key in keys:
        table[key] = function
    return function

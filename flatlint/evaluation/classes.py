"""Classes of the program: where an attribute is found, and how an instance is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.libraries import instantiator_of
from flatlint.evaluation.objects import Instance
from flatlint.evaluation.values import BoundMethod, Function, Member, Name, UserClass, Value
from flatlint.graph import WhyUnknown


@dataclass(frozen=True)
class DefaultOfField:
    """`field(default_factory=list)` of a dataclass: made anew for each instance."""

    factory: Value


def order_of_resolution(cls: UserClass) -> Iterator[UserClass]:
    """The classes in which an attribute is looked for: the class, then its bases, left to right."""
    seen: set[int] = set()
    waiting = [cls]
    while waiting:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        waiting[:0] = [base for base in current.bases if isinstance(base, UserClass)]


def library_bases(cls: UserClass) -> Iterator[Value]:
    """What a class derives from that is not a class of the program, unknown values included."""
    for current in order_of_resolution(cls):
        for base in current.bases:
            if not isinstance(base, UserClass):
                yield base


def find_in_class(
    run: Interpreter, cls: UserClass, name: str, behind: bool = False
) -> Value | None:
    """An attribute of a class, or `None`; `behind` leaves the class itself out, as `super` does."""
    for current in order_of_resolution(cls):
        if behind and current is cls:
            continue
        if (current.frame, name) in run.state.variables:
            return run.state.variables[current.frame, name]
    return None


def class_attribute(run: Interpreter, cls: UserClass, name: str, node: cst.CSTNode) -> Value:
    """`cls.name`."""
    found = find_in_class(run, cls, name)
    if isinstance(found, Function) and found.kind == "classmethod":
        return BoundMethod(cls, found)
    if found is not None:
        return Member(cls, name, found) if _is_member(cls, name, found) else found
    if name == "__name__":
        return cls.name
    if name in ("__init__", "__call__"):
        # `Parent.__init__(self, …)` of a library class.
        return Name(f"builtins.object.{name}")
    return run.unknown(WhyUnknown.NOT_DEFINED, f"the attribute `{name}`", node)


ENUMERATIONS = frozenset({"enum.Enum", "enum.Flag"})
"""Bases whose members are no numbers or strings themselves."""
PLAIN = frozenset({"builtins.int", "builtins.str", "builtins.float"})


def is_enumeration(cls: UserClass) -> bool:
    """Whether the attributes of a class are members of an enumeration."""
    paths = {base.path for base in library_bases(cls) if isinstance(base, Name)}
    return bool(paths & ENUMERATIONS) and not paths & PLAIN


def _is_member(cls: UserClass, name: str, value: Value) -> bool:
    return is_enumeration(cls) and not name.startswith("_") and not isinstance(value, Function)


def members_of(run: Interpreter, cls: UserClass) -> list[Member]:
    """The members of an enumeration, in the order of the class body."""
    return [
        Member(cls, name, value)
        for (frame, name), value in run.state.variables.items()
        if frame == cls.frame and _is_member(cls, name, value)
    ]


def instantiate(run: Interpreter, cls: UserClass, arguments: Arguments) -> Value:
    """A new instance, its `__init__` called."""
    bases = list(library_bases(cls))
    if is_enumeration(cls):
        wanted = [
            member for member in members_of(run, cls) if (member.value,) == arguments.positional
        ]
        return (
            wanted[0] if wanted else run.unknown(WhyUnknown.ARGUMENT, f"a member of `{cls.name}`")
        )
    for base in bases:
        if isinstance(base, Name) and (make := instantiator_of(base.path)) is not None:
            made = make(run, cls, base.path, arguments)
            if made is not None:
                return made
    is_whole = all(isinstance(base, Name) and base.path in _HARMLESS for base in bases)
    instance = run.allocate(Instance(cls, {}, is_whole))
    initialise(run, instance, cls, arguments)
    return instance


def initialise(run: Interpreter, instance: Value, cls: UserClass, arguments: Arguments) -> None:
    """Call `__init__`, or set the annotated fields of a dataclass or named tuple."""
    init = find_in_class(run, cls, "__init__")
    if isinstance(init, Function):
        run.call(BoundMethod(instance, init), arguments, run.here.node)
        return
    fields = fields_of(run, cls)
    if not fields:
        return
    values = dict(zip((name for name, _ in fields), arguments.positional, strict=False))
    values.update(arguments.keywords)
    for name, default in fields:
        value = values[name] if name in values else _made(run, default)
        run.set_attribute(instance, name, value)
    after = find_in_class(run, cls, "__post_init__")
    if isinstance(after, Function):
        run.call(BoundMethod(instance, after), Arguments(), run.here.node)


def _made(run: Interpreter, default: Value) -> Value:
    if isinstance(default, DefaultOfField):
        return run.call(default.factory, Arguments(), run.here.node)
    return default


def fields_of(run: Interpreter, cls: UserClass) -> list[tuple[str, Value]]:
    """The annotated names in the class bodies, base classes first, with their defaults."""
    found: dict[str, Value] = {}
    for current in reversed(list(order_of_resolution(cls))):
        body = current.node.body
        for line in body.body if isinstance(body, cst.IndentedBlock) else ():
            for small in line.body if isinstance(line, cst.SimpleStatementLine) else ():
                if isinstance(small, cst.AnnAssign) and isinstance(small.target, cst.Name):
                    name = small.target.value
                    missing = run.unknown(WhyUnknown.ARGUMENT, f"the field `{name}`", small)
                    found[name] = run.state.variables.get((current.frame, name), missing)
    return list(found.items())


_HARMLESS = frozenset({"builtins.object", "abc.ABC", "typing.NamedTuple", "typing.Generic"})

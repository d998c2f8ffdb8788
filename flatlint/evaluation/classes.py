"""Classes of the program: where an attribute is found, and how an instance is made."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.libraries import instantiator_of
from flatlint.evaluation.objects import Instance
from flatlint.evaluation.values import BoundMethod, Function, Name, UserClass, Value
from flatlint.graph import WhyUnknown


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
        return found
    if name == "__name__":
        return cls.name
    if name in ("__init__", "__call__"):
        # `Parent.__init__(self, …)` of a library class.
        return Name(f"builtins.object.{name}")
    return run.unknown(WhyUnknown.NOT_DEFINED, f"the attribute `{name}`", node)


def instantiate(run: Interpreter, cls: UserClass, arguments: Arguments) -> Value:
    """A new instance, its `__init__` called."""
    bases = list(library_bases(cls))
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
        run.set_attribute(instance, name, values.get(name, default))


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

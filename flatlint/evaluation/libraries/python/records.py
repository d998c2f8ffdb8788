"""Records: named tuples, dataclasses, enumerations, and plain namespaces.

A named tuple or a namespace that a call makes is the class that it stands for: its class statement
is made here, so that everything which holds for classes of the program holds for it too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import libcst as cst

from flatlint.evaluation.base import FrameKind, Interpreter, method, models
from flatlint.evaluation.classes import DefaultOfField
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.objects import DictObject, Instance
from flatlint.evaluation.values import Name, Ref, UserClass, Value
from flatlint.graph import WhyUnknown

NAMED_TUPLE = Name("typing.NamedTuple")


def _class(
    run: Interpreter, name: str, fields: Sequence[str], bases: tuple[Value, ...]
) -> UserClass:
    lines = [
        cst.SimpleStatementLine(
            [cst.AnnAssign(cst.Name(field), cst.Annotation(cst.Name("object")), None)]
        )
        for field in fields
    ]
    node = cst.ClassDef(cst.Name(name), cst.IndentedBlock(lines))
    frame = run.new_frame(FrameKind.CLASS, run.frame.source, run.frame.module)
    site = run.site(node)
    return UserClass(name, bases, frame.number, node, site)


def namespace(
    run: Interpreter, name: str, attributes: Mapping[str, Value], kind: type[Instance] = Instance
) -> Value:
    """An object with attributes and nothing else."""
    return run.allocate(kind(_class(run, name, (), ()), attributes))


@models("types.SimpleNamespace", "argparse.Namespace")
def simple_namespace(run: Interpreter, **attributes: Value) -> Value:
    """An object with these attributes."""
    return namespace(run, "SimpleNamespace", attributes)


@models("collections.namedtuple", "typing.NamedTuple")
def namedtuple(
    run: Interpreter, typename: Value, field_names: Value = (), defaults: Value = (), **_: Value
) -> Value:
    """A class of tuples whose elements have names."""
    names = _field_names(run, field_names)
    if names is None or not isinstance(typename, str) or not typename.isidentifier():
        return run.unknown(WhyUnknown.ARGUMENT, "the fields of a named tuple")
    cls = _class(run, typename, names, (NAMED_TUPLE,))
    given, rest = elements(run, defaults if defaults is not None else ())
    if rest is None and given:
        for name, value in zip(names[-len(given) :], given, strict=False):
            run.state.set_variable((cls.frame, name), value)
    return cls


def _field_names(run: Interpreter, names: Value) -> list[str] | None:
    if isinstance(names, str):
        found: list[Value] = list(names.replace(",", " ").split())
    else:
        found, rest = elements(run, names)
        if rest is not None:
            return None
    # `typing.NamedTuple("P", [("a", int)])` names the types too.
    plain = [item[0] if isinstance(item, tuple) and item else item for item in found]
    texts = [item for item in plain if isinstance(item, str) and item.isidentifier()]
    return texts if len(texts) == len(found) else None


@method(Instance, "_replace")
def replaced(run: Interpreter, ref: Ref, **changes: Value) -> Value:
    """A named tuple with other elements."""
    found = run.object_at(ref)
    assert isinstance(found, Instance)
    return run.allocate(replace(found, attributes={**found.attributes, **changes}))


@models("dataclasses.replace", "copy.replace")
def replace_(run: Interpreter, instance: Value, **changes: Value) -> Value:
    """A dataclass instance with other fields."""
    if isinstance(run.object_at(instance), Instance) and isinstance(instance, Ref):
        return replaced(run, instance, **changes)
    return run.unknown(WhyUnknown.ARGUMENT, "dataclasses.replace")


@method(Instance, "_asdict")
@models("dataclasses.asdict")
def as_dict(run: Interpreter, instance: Value, **_: Value) -> Value:
    """The fields as a dict."""
    found = run.object_at(instance)
    if isinstance(found, Instance):
        return run.allocate(DictObject(dict(found.attributes.items()), found.is_whole))
    return run.unknown(WhyUnknown.ARGUMENT, "dataclasses.asdict")


@models("dataclasses.astuple")
def as_tuple(run: Interpreter, instance: Value) -> Value:
    """The fields as a tuple."""
    found = run.object_at(instance)
    if isinstance(found, Instance) and found.is_whole:
        return tuple(found.attributes.values())
    return run.unknown(WhyUnknown.ARGUMENT, "dataclasses.astuple")


@models("dataclasses.field", "attr.ib", "attrs.field", "attr.field", "pydantic.Field")
def field(
    run: Interpreter,
    default: Value = ...,
    default_factory: Value = None,
    factory: Value = None,
    **_: Value,
) -> Value:
    """What a field is when nobody passes it."""
    maker = default_factory if default_factory is not None else factory
    if maker is not None:
        return DefaultOfField(maker)
    return run.unknown(WhyUnknown.ARGUMENT, "a field") if default is ... else default


@models("enum.auto")
def auto(run: Interpreter) -> Value:
    """A number that the class chooses."""
    return run.unknown(WhyUnknown.ARGUMENT, "`enum.auto()`")

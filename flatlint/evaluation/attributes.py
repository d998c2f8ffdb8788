"""Looking names and attributes up: variables, modules, classes, instances, library values."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import libcst as cst

from flatlint.catalogue.names import canonical
from flatlint.evaluation.array_holders import Variable
from flatlint.evaluation.base import ATTRIBUTES, METHODS, Arguments, Interpreter
from flatlint.evaluation.classes import class_attribute, find_in_class
from flatlint.evaluation.libraries import constant_at, load_family, model_of, value_at
from flatlint.evaluation.objects import Instance, LayerObject
from flatlint.evaluation.options import try_each
from flatlint.evaluation.values import (
    A_SHAPE,
    BoundMethod,
    Either,
    Function,
    LibraryMethod,
    Member,
    Module,
    Name,
    Ref,
    Super,
    UserClass,
    Value,
)
from flatlint.graph import Array, Made, Tensor, Unknown, WhyUnknown
from flatlint.shapes import Expression, Shape, symbol

_MISSING = object()


def lookup(run: Interpreter, name: str) -> Value:
    """The value of a name: in the frame, in those around it, in the module, in the builtins."""
    variables = run.state.variables
    frame = run.frame
    number = frame.declared.get(name, frame.number)
    found = variables.get((number, name), _MISSING)
    while found is _MISSING and number is not None:
        parent = run.parent_of(number)
        if parent is None:
            break
        number = parent
        found = variables.get((number, name), _MISSING)
    if found is not _MISSING:
        return found
    builtin = constant_at(f"builtins.{name}")
    if isinstance(builtin, Name) and not _is_builtin(name):
        if (wildcard := variables.get((frame.module, "*"))) is not None:
            return _from_wildcard(run, wildcard, name)
        return run.unknown(WhyUnknown.NOT_DEFINED, f"`{name}`")
    return builtin


def _is_builtin(name: str) -> bool:
    import builtins

    return hasattr(builtins, name)


def _from_wildcard(run: Interpreter, wildcard: Value, name: str) -> Value:
    """A name that a `from library import *` may have brought."""
    from flatlint.catalogue.names import exists

    for library in reversed(wildcard) if isinstance(wildcard, tuple) else ():
        if not isinstance(library, Name):
            break  # It hangs on a branch which library that was.
        path = canonical(f"{library.path}.{name}")
        if any(exists(path, era) for era in run.eras) or model_of(path) is not None:
            return value_at(run, path)
    return run.unknown(WhyUnknown.NOT_DEFINED, f"`{name}`")


def read(run: Interpreter, value: Value, name: str, node: cst.CSTNode) -> Value:
    """`value.name`."""
    match value:
        case Unknown() | Expression() | float() if name == "reshape":
            # Whatever it is, it is an array, and what it is reshaped to tells its rank.
            load_family("numpy")
            return LibraryMethod(_array_of(run, value, node), name)
        case Unknown():
            return replace(value, what=A_SHAPE) if name == "shape" else value
        case Either():
            return try_each(run, value, lambda option: read(run, option, name, node))
        case Name(path=path):
            return _of_library(run, value, canonical(f"{path}.{name}"), name)
        case Module():
            return _of_module(run, value, name, node)
        case Expression():
            return symbol(f"{_dotted(value)}.{name}")
        case Member(name=own, value=held) if name in ("name", "value"):
            return own if name == "name" else held
        case UserClass():
            return class_attribute(run, value, name, node)
        case Super():
            return _of_super(run, value, name, node)
    found = run.object_at(value)
    if isinstance(found, LayerObject) and found.instance is not None:
        return _of_instance(run, value, found.instance, name, node, library=found)
    if isinstance(found, Instance):
        return _of_instance(run, value, found, name, node, library=None)
    return of_kind(run, value, found, name, node)


def _array_of(run: Interpreter, value: Unknown | Expression | float, node: cst.CSTNode) -> Array:
    if isinstance(value, Unknown):
        return Array(value)
    if isinstance(value, float):
        # An element of an array, which stands for itself.
        return Array(Shape(()), "float64", made=Made("reshape", run.site(node)))
    return Array(run.unknown(WhyUnknown.PARAMETER, f"`{value}`", node))


def of_kind(run: Interpreter, value: Value, found: object, name: str, node: cst.CSTNode) -> Value:
    """An attribute or method that flatlint models for this kind of value."""
    if isinstance(found, Array):
        load_family("numpy")
    elif isinstance(found, Tensor):
        load_family("keras")
    else:
        load_family("builtins")
    for kind in type(found).__mro__:
        if (kind, name) in ATTRIBUTES:
            return run.standing_at(node, partial(ATTRIBUTES[kind, name], run, value))
        if (kind, name) in METHODS:
            return LibraryMethod(value, name)
        if (reader := METHODS.get((kind, "__getattr__"))) is not None:
            return run.standing_at(node, partial(reader, run, value, name))
    if isinstance(found, Array | Tensor) and isinstance(found.shape, Unknown):
        return found.shape
    return run.unknown(WhyUnknown.NOT_MODELLED, f"the attribute `{name}`", node)


def _of_library(run: Interpreter, owner: Name, path: str, name: str) -> Value:
    if name == "__name__":
        return owner.path.rpartition(".")[2]
    return value_at(run, path)


def _of_module(run: Interpreter, module: Module, name: str, node: cst.CSTNode) -> Value:
    variable: Variable = (module.frame, name)
    if variable in run.state.variables:
        return run.state.variables[variable]
    submodule = run.import_module(f"{module.name}.{name}")
    if isinstance(submodule, Module):
        return submodule
    return run.unknown(WhyUnknown.NOT_DEFINED, f"`{module.name}.{name}`", node)


def _dotted(size: Expression) -> str:
    text = str(size)
    return f"({text})" if " " in text or "*" in text or "//" in text else text


def _of_super(run: Interpreter, value: Super, name: str, node: cst.CSTNode) -> Value:
    found = find_in_class(run, value.cls, name, behind=True)
    if found is not None:
        return _bound(run, value.receiver, found, node)
    library = run.object_at(value.receiver)
    if isinstance(library, LayerObject):
        return of_kind(run, value.receiver, library, name, node)
    if name == "__init__":
        return Name("builtins.object.__init__")
    return run.unknown(WhyUnknown.NOT_MODELLED, f"`super().{name}`", node)


def _of_instance(
    run: Interpreter,
    value: Value,
    instance: Instance,
    name: str,
    node: cst.CSTNode,
    library: LayerObject | None,
) -> Value:
    if name in instance.attributes:
        return instance.attributes[name]
    if name == "__class__":
        return instance.cls
    found = find_in_class(run, instance.cls, name)
    if found is not None:
        return _bound(run, value, found, node)
    if library is not None:
        return of_kind(run, value, library, name, node)
    if any((kind, name) in METHODS for kind in type(instance).__mro__):
        return LibraryMethod(value, name)
    return run.unknown(WhyUnknown.NOT_DEFINED, f"the attribute `{name}`", node)


def _bound(run: Interpreter, receiver: Value, found: Value, node: cst.CSTNode) -> Value:
    if not isinstance(found, Function):
        return found
    if found.kind == "property":
        return run.call(BoundMethod(receiver, found), Arguments(), node)
    if found.kind == "staticmethod":
        return found
    return BoundMethod(receiver, found)


def write(run: Interpreter, value: Value, name: str, item: Value) -> None:
    """`value.name = item`."""
    if isinstance(value, Either):
        try_each(run, value, lambda option: write(run, option, name, item))
        return
    if isinstance(value, UserClass):
        run.state.set_variable((value.frame, name), item)
        return
    if isinstance(value, Module):
        run.state.set_variable((value.frame, name), item)
        return
    found = run.object_at(value)
    if name in ("name", "_name") and isinstance(found, LayerObject | Unknown):
        run.has_renamed_layers = True
    if not isinstance(value, Ref | Array):
        return
    for kind in type(found).__mro__:
        setter = METHODS.get((kind, f"{name}="))
        if setter is not None:
            setter(run, value, item)
            return
    if isinstance(value, Array):
        return
    if isinstance(found, Instance):
        run.state.replace(value, _with_attribute(found, name, item))
    elif isinstance(found, LayerObject) and found.instance is not None:
        instance = _with_attribute(found.instance, name, item)
        run.state.replace(value, replace(found, instance=instance))


def _with_attribute(instance: Instance, name: str, item: Value) -> Instance:
    return replace(instance, attributes={**instance.attributes, name: item})

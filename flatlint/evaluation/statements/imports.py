"""`import` and `from … import`."""

from __future__ import annotations

import libcst as cst

from flatlint.catalogue.names import canonical
from flatlint.evaluation.base import Flow, Interpreter, executes
from flatlint.evaluation.libraries import value_at
from flatlint.evaluation.values import Module, Name, Value
from flatlint.graph import Unknown, WhyUnknown
from flatlint.parsing.nodes import dotted_name


@executes(cst.Import)
def import_(run: Interpreter, node: cst.Import) -> Flow:
    """`import a.b` binds `a`; `import a.b as c` binds `a.b`."""
    for alias in node.names:
        path = dotted_name(alias.name)
        if alias.asname is not None:
            run.assign(alias.asname.name, _module(run, path))
            continue
        _module(run, path)
        top = path.partition(".")[0]
        run.bind(top, _module(run, top))
    return Flow.NEXT


def _module(run: Interpreter, path: str) -> Value:
    module = run.import_module(path)
    return Name(canonical(module.path)) if isinstance(module, Name) else module


@executes(cst.ImportFrom)
def import_from(run: Interpreter, node: cst.ImportFrom) -> Flow:
    """`from a.b import c as d`."""
    module = _imported_from(run, node)
    if isinstance(node.names, cst.ImportStar):
        _import_all(run, module)
        return Flow.NEXT
    for alias in node.names:
        name = dotted_name(alias.name)
        value = _member(run, module, name, node)
        target = alias.asname.name if alias.asname is not None else alias.name
        run.assign(target, value)
    return Flow.NEXT


def _imported_from(run: Interpreter, node: cst.ImportFrom) -> Value:
    path = dotted_name(node.module) if node.module is not None else ""
    if not node.relative:
        return _module(run, path)
    package = run.frame.package.split(".") if run.frame.package else []
    kept = package[: len(package) - (len(node.relative) - 1)]
    absolute = ".".join([*kept, *([path] if path else [])])
    module = run.import_module(absolute) if absolute else None
    if isinstance(module, Module):
        return module
    return run.unknown(WhyUnknown.NOT_IN_PROJECT, f"`{'.' * len(node.relative)}{path}`", node)


def _member(run: Interpreter, module: Value, name: str, node: cst.CSTNode) -> Value:
    match module:
        case Name(path=path):
            return value_at(run, canonical(f"{path}.{name}"))
        case Unknown():
            return module
        case _:
            return run.attribute(module, name, node)


def _import_all(run: Interpreter, module: Value) -> None:
    """`from module import *`: the variables of a module of the project, or a library to ask."""
    if isinstance(module, Module):
        variables = run.state.variables
        names = [name for frame, name in variables if frame == module.frame]
        for name in names:
            if not name.startswith("_"):
                run.bind(name, variables[module.frame, name])
    elif isinstance(module, Name):
        known = run.state.variables.get((run.frame.number, "*"), ())
        assert isinstance(known, tuple)
        run.bind("*", (*known, module))

"""What two runs cannot tell apart: values that a failed statement should have set and did not.

When a statement on data fails, the names it assigns keep an old or an empty value, the same in both
runs. Such names are suspect, and what later statements compute from them; a layer whose arguments
read a suspect name is tainted. Where a statement that makes layers fails, its names are stale: they
hold the tensor or the model of before, and every layer of a statement that reads one is tainted.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.oracle.real_programs.calls import (
    FUNCTIONS,
    CallIndex,
    called_name,
    names_read,
    names_stored,
)
from tests.oracle.real_programs.comparing import is_nested
from tests.oracle.real_programs.facts import LayerFact, ProgramFacts
from tests.oracle.real_programs.tainting import with_models_tainted

if TYPE_CHECKING:
    from tests.oracle.real_programs.facts import Shape
    from tests.oracle.real_programs.reading import Source

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
_ASSIGNMENTS = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.For, ast.With)
_GROWING = frozenset({"append", "add", "update", "extend", "insert", "setdefault"})
_MODEL_CALLS = frozenset({"Sequential", "Model", "fit", "compile", "evaluate", "load_weights"})
_BUILDER_PREFIXES = ("build", "make", "get_model", "create")


def without_suspects(facts: ProgramFacts, source: Source) -> ProgramFacts:
    """The facts with layers tainted that read what failed statements left behind.

    A size of zero always comes from data that was not there, and so does a batch of no rank.
    """
    left = _left_behind(facts, source)
    index = CallIndex(source)
    layers = []
    for layer in facts.layers:
        empty = any(0 in _sizes(shape) or not shape for shape in layer.shapes)
        before = left.get(layer.statement, _NOTHING)
        suspect = not layer.model and layer.file is None and _reads(layer, index, source, before)
        tainted = layer.tainted or empty or suspect or before.is_stale
        layers.append(layer.model_copy(update={"tainted": tainted}))
    return with_models_tainted(facts.model_copy(update={"layers": layers}), None)


@dataclass(frozen=True)
class _Left:
    """What a top-level statement finds: suspect names, and whether it reads a stale one."""

    suspects: frozenset[str]
    is_stale: bool


_NOTHING = _Left(frozenset(), is_stale=False)


def _sizes(shape: Shape) -> list[object]:
    return [size for output in shape for size in output] if is_nested(shape) else shape


def _left_behind(facts: ProgramFacts, source: Source) -> dict[int, _Left]:
    """What each top-level statement finds, by its line."""
    stopped = ("StopTrainingError", "OutOfTimeError")
    failed = {f.statement for f in facts.failures if not f.text.startswith(stopped)}
    made_by = {layer.statement for layer in facts.layers}
    statements = list(source.top_level())
    defined = {s.name for s in statements if isinstance(s, ast.FunctionDef | ast.ClassDef)}
    models = _model_names(statements)
    suspects: set[str] = set()
    stale: set[str] = set()
    left: dict[int, _Left] = {}
    for statement in statements:
        line, reads_stale = statement.lineno, bool(names_read(statement) & stale)
        left[line] = _Left(frozenset(suspects), is_stale=reads_stale)
        if line in failed and line in made_by:
            stale |= _changed(statement)
        elif isinstance(statement, _ASSIGNMENTS):
            stale = stale | _changed(statement) if reads_stale else stale - _targets(statement)
        stored = _stored(statement) - defined - models
        if line in failed:
            suspects |= stored if line not in made_by else set()
        elif isinstance(statement, _ASSIGNMENTS) and names_read(statement) & suspects:
            suspects |= stored
        else:
            suspects -= _targets(statement)
    return left


def _targets(statement: ast.stmt) -> set[str]:
    """Names that a plain assignment sets anew."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _changed(statement: ast.stmt) -> set[str]:
    """Names that a statement should have set, or models that it should have added to."""
    if isinstance(statement, _DEFINITIONS):
        return set()
    changed = names_stored(statement)
    for node in ast.walk(statement):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="add")):
                changed.add(name)
    return changed


def _stored(statement: ast.stmt) -> set[str]:
    """Names that a statement assigns or whose values it fills."""
    if isinstance(statement, _DEFINITIONS):
        return set()
    stored = names_stored(statement)
    for node in ast.walk(statement):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)):
                stored |= {name} if method in _GROWING and _is_block(statement) else set()
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                stored.add(name)
    return stored


def _is_block(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.For | ast.While | ast.With | ast.If | ast.Try)


def _model_names(statements: list[ast.stmt]) -> set[str]:
    """Names that hold models or what training gives: no size comes from them."""
    values: dict[str, list[ast.expr]] = defaultdict(list)
    for statement in statements:
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    values[target.id].append(statement.value)
    return {name for name, found in values.items() if any(map(_gives_model, found))}


def _gives_model(value: ast.expr) -> bool:
    name = called_name(value) if isinstance(value, ast.Call) else ""
    return name in _MODEL_CALLS or name.startswith(_BUILDER_PREFIXES)


def _reads(layer: LayerFact, index: CallIndex, source: Source, before: _Left) -> bool:
    suspects = before.suspects
    call = index.constructor(source.flat_line(layer.cell, layer.line), layer.column)
    if not suspects or call is None:
        return False
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    read = set().union(*(names_read(argument) for argument in arguments))
    function = index.function(call)
    if isinstance(function, FUNCTIONS):  # what the function reads, and what it was given
        read |= names_read(function)
        read |= _given(source, layer.statement)
    return bool(read & suspects)


def _given(source: Source, line: int) -> set[str]:
    statement = next((s for s in source.top_level() if s.lineno == line), None)
    if statement is None or isinstance(statement, _DEFINITIONS):
        return set()
    return names_read(statement)

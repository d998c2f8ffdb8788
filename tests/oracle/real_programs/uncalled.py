"""Functions that a program defines and never calls: called once, with sizes for their parameters.

Only functions whose parameters are sizes or have defaults: of a tensor or a path nobody knows what
it is. Sizes and large defaults differ between the two runs of a program, so that what depends on
them is told apart from what does not.
"""

from __future__ import annotations

import ast
import inspect
import re
from types import FunctionType
from typing import TYPE_CHECKING, Any

from tests.oracle.real_programs.calls import names_read
from tests.oracle.real_programs.stand_ins import Variant, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.real_programs.reading import Source

_SIZE = re.compile(
    r"(n|num|nb|number|no)(_\w+)?|\w*(units|classes|dim|dims|size|filters|features|length|len|vocab"
    r"|hidden|width|height|steps|words|outputs?|inputs?_dim|actions|nodes|neurons|labels|depth)"
)
_SMALLEST_SCALED = 8


class NotKnownError(Exception):
    """A parameter of which nothing is known."""


def uncalled_functions(
    source: Source, namespace: dict[str, Any]
) -> Iterator[tuple[FunctionType, ast.FunctionDef]]:
    """Top-level functions that make calls and that nothing else in the program names."""
    definitions = [s for s in source.statements if isinstance(s, ast.FunctionDef)]
    for definition in definitions:
        others = (s for s in source.statements if s is not definition)
        if any(definition.name in names_read(statement) for statement in others):
            continue
        function = namespace.get(definition.name)
        if isinstance(function, FunctionType) and not definition.decorator_list:
            yield function, definition


def arguments_for(function: FunctionType) -> dict[str, Any]:
    """A value for every parameter.

    Raises NotKnownError: one of them has no default and is no size.
    """
    values: dict[str, Any] = {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if parameter.kind is parameter.POSITIONAL_ONLY:
            raise NotKnownError(parameter.name)
        values[parameter.name] = _value(parameter)
    return values


def _value(parameter: inspect.Parameter) -> Any:
    if parameter.default is not parameter.empty:
        return _scaled(parameter.default)
    hint = parameter.annotation
    if hint in (int, "int") or (hint is parameter.empty and _SIZE.fullmatch(parameter.name)):
        return World.sizes().number
    raise NotKnownError(parameter.name)


def _scaled(default: Any) -> Any:
    """The default; in the second run, twice as much of what looks like a size."""
    if World.variant is Variant.FIRST:
        return default
    if isinstance(default, tuple):
        return tuple(_scaled(item) for item in default)
    is_size = type(default) is int and default >= _SMALLEST_SCALED
    return default * 2 if is_size else default

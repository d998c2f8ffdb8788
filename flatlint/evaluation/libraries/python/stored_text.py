"""Text that holds values: `json.loads`, `ast.literal_eval`; copies of values."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from dataclasses import replace

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.bounds import MAX_TEXT
from flatlint.evaluation.objects import (
    DictObject,
    Instance,
    IteratorObject,
    ListObject,
    SetObject,
)
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import WhyUnknown


def value_of(run: Interpreter, plain: object) -> Value:
    """A plain Python object as a value of the program."""
    match plain:
        case list():
            return run.allocate(ListObject(tuple(value_of(run, part) for part in plain)))
        case tuple():
            return tuple(value_of(run, part) for part in plain)
        case dict():
            return run.allocate(
                DictObject({key: value_of(run, part) for key, part in plain.items()})
            )
        case set():
            return run.allocate(SetObject(tuple(plain)))
        case _:
            return plain


def _read(run: Interpreter, text: Value, reader: Callable[[str], object], what: str) -> Value:
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        return run.unknown(WhyUnknown.FROM_OUTSIDE, what)
    try:
        return value_of(run, reader(text))
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return run.unknown(WhyUnknown.REFUSED, what)


@models("json.loads")
def loads(run: Interpreter, s: Value, **_: Value) -> Value:
    """What a JSON text holds."""
    return _read(run, s, json.loads, "a JSON text")


@models("ast.literal_eval")
def literal_eval(run: Interpreter, text: Value) -> Value:
    """What a literal in a text stands for."""
    return _read(run, text, ast.literal_eval, "a literal in a text")


@models("json.load", "pickle.load", "pickle.loads", "yaml.load", "yaml.safe_load", "joblib.load")
def load(run: Interpreter, *_: Value, **__: Value) -> Value:
    """What a file holds."""
    return run.unknown(WhyUnknown.FROM_OUTSIDE, "what a file holds")


@models("copy.copy")
def copied(run: Interpreter, value: Value) -> Value:
    """Another list, dict or instance with the same content."""
    found = run.object_at(value)
    if not isinstance(value, Ref):
        return value
    if isinstance(found, ListObject | DictObject | SetObject | IteratorObject | Instance):
        return run.allocate(found)
    return run.unknown(WhyUnknown.NOT_MODELLED, "a copy of this value")


@models("copy.deepcopy")
def deeply_copied(run: Interpreter, value: Value, *_: Value) -> Value:
    """Another list or dict, whose elements are others too."""
    return _deep(run, value, 8)


def _deep(run: Interpreter, value: Value, depth: int) -> Value:
    def inner(part: Value) -> Value:
        return _deep(run, part, depth - 1)

    found = run.object_at(value)
    if not depth:
        return run.unknown(WhyUnknown.TOO_DEEP, "a deep copy")
    match found:
        case ListObject(items=items, rest=rest):
            others = None if rest is None else inner(rest)
            return run.allocate(ListObject(tuple(map(inner, items)), others))
        case DictObject(entries=entries):
            copies = {key: inner(part) for key, part in entries.items()}
            return run.allocate(replace(found, entries=copies))
        case Instance(attributes=attributes):
            own = {name: inner(part) for name, part in attributes.items()}
            return run.allocate(replace(found, attributes=own))
        case tuple():
            return tuple(map(inner, found))
        case _:
            return copied(run, value)

"""Values of the program as plain nests, for facts that outlive the state."""

from __future__ import annotations

from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.objects import DictObject, ListObject, SetObject
from flatlint.evaluation.values import Either, Many, Ref, Value
from flatlint.graph import WhyUnknown

MAX_DEPTH = 4
MAX_ITEMS = 1000


def resolved(run: Interpreter, value: Value, depth: int = 0) -> object:
    """Lists as lists, dicts as dicts, all else as it is; unknown where the length is not known."""
    if isinstance(value, Either):
        return value.undecided
    if not isinstance(value, Ref | tuple):
        return value
    held = value if isinstance(value, tuple) else run.object_at(value)
    match held:
        case _ if depth > MAX_DEPTH:
            return run.unknown(WhyUnknown.TOO_DEEP, "a nest of lists")
        case tuple():
            return tuple(resolved(run, part, depth + 1) for part in held[:MAX_ITEMS])
        case ListObject(items=items, rest=None):
            return [resolved(run, part, depth + 1) for part in items[:MAX_ITEMS]]
        case ListObject(items=(), rest=rest):
            return Many(resolved(run, rest, depth + 1))
        case DictObject(entries=entries, is_whole=True):
            return {key: resolved(run, part, depth + 1) for key, part in entries.items()}
        case ListObject() | DictObject() | SetObject():
            return run.unknown(WhyUnknown.ARGUMENT, "a collection that is not known whole")
    return held

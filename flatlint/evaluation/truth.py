"""Truth: which way a test goes, if the source says."""

from __future__ import annotations

from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.iteration import length_of
from flatlint.evaluation.objects import DictObject, ListObject, SetObject
from flatlint.evaluation.values import (
    CONSTANTS,
    BoundMethod,
    Either,
    Function,
    Name,
    Ref,
    UserClass,
    Value,
    is_omitted,
)
from flatlint.shapes import Expression, bounds_of


def truth(run: Interpreter, value: Value) -> bool | None:
    """Whether a value counts as true; `None` where that is not known."""
    if isinstance(value, (*CONSTANTS, tuple)):
        return bool(value)
    if is_omitted(value):
        return False
    if isinstance(value, Expression):
        least, largest = bounds_of(value)
        return None if least <= 0 <= largest else True
    found = run.object_at(value)
    match found:
        case ListObject(items=items) if items:
            return True
        case DictObject(entries=entries) if entries:
            return True
        case ListObject() | DictObject() | SetObject():
            length = length_of(run, value)
            return None if length is None else length > 0
        case Function() | UserClass() | BoundMethod():
            return True
        case Name():
            return None
        case Either(options=options):
            verdicts = {truth(run, option) for option in options}
            return verdicts.pop() if len(verdicts) == 1 else None
        case _:
            return True if isinstance(value, Ref) else None

"""Comparisons that the source decides: `True`, `False`, or `None` where it does not."""

from __future__ import annotations

import operator
from collections.abc import Callable

from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.objects import DictObject
from flatlint.evaluation.values import Either, Member, Name, Ref, Value, is_constant, is_omitted
from flatlint.evaluation.versions import Release
from flatlint.graph import Array, Tensor, Unknown
from flatlint.shapes import Expression, are_equal, bounds_of

ORDER: dict[str, Callable[..., bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


PLAIN_KINDS = frozenset({"int", "float", "str", "bool", "list", "tuple", "dict", "set", "bytes"})
"""Names of Python's own classes of data."""

_CLASSES = frozenset(f"builtins.{name}" for name in (*PLAIN_KINDS, "object"))
"""Names of classes of which no two are the same."""


def compare(run: Interpreter, sign: str, left: Value, right: Value) -> bool | None:
    """Whether `left sign right` holds."""
    if sign in ("is not", "not in", "!="):
        positive = {"is not": "is", "not in": "in", "!=": "=="}[sign]
        holds = compare(run, positive, left, right)
        return None if holds is None else not holds
    if sign == "in":
        return _contains(run, right, left)
    if isinstance(left, Release) or isinstance(right, Release):
        return _of_versions(sign, left, right)
    if sign in ORDER:
        return _ordered(sign, left, right)
    return _is_same(run, left, right, identity=sign == "is")


def _of_versions(sign: str, left: Value, right: Value) -> bool | None:
    """Two versions; a program may write one of them as text."""
    ours, theirs = (Release.named(v) if isinstance(v, str) else v for v in (left, right))
    if isinstance(ours, Release) and isinstance(theirs, Release):
        return ours.compare("==" if sign == "is" else sign, theirs)
    return None


def _is_same(run: Interpreter, left: Value, right: Value, identity: bool) -> bool | None:
    left, right = (None if is_omitted(value) else value for value in (left, right))
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return None
    if isinstance(left, Either) or isinstance(right, Either):
        return _is_same_for_any(run, left, right, identity)
    if is_constant(left) and is_constant(right):
        return left is right if identity and None in (left, right) else bool(left == right)
    if isinstance(left, Member) and isinstance(right, Member):
        return left == right
    if left is None or right is None:
        # A parameter that nobody passes may be None; an object, a tensor or a name is not.
        other = right if left is None else left
        return None if isinstance(other, Expression | Name) else False
    if isinstance(left, int | Expression) and isinstance(right, int | Expression):
        least, largest = bounds_of(left - right)
        return are_equal(left, right) if least <= 0 <= largest else False
    if isinstance(left, tuple) and isinstance(right, tuple):
        return _all_same(run, left, right)
    if isinstance(left, Ref) and isinstance(right, Ref):
        return True if left == right else (False if identity else _same_objects(run, left, right))
    if isinstance(left, Name) and isinstance(right, Name):
        are_classes = left.path in _CLASSES and right.path in _CLASSES
        return True if left == right else (False if are_classes else None)
    return None


def _is_same_for_any(run: Interpreter, left: Value, right: Value, identity: bool) -> bool | None:
    """A verdict that holds whichever of the things it is."""
    ours = left.options if isinstance(left, Either) else (left,)
    theirs = right.options if isinstance(right, Either) else (right,)
    verdicts = {_is_same(run, a, b, identity) for a in ours for b in theirs}
    return verdicts.pop() if len(verdicts) == 1 else None


def _same_objects(run: Interpreter, left: Ref, right: Ref) -> bool | None:
    first, first_rest = elements(run, left)
    second, second_rest = elements(run, right)
    if first_rest is not None or second_rest is not None:
        return None
    if isinstance(run.object_at(left), DictObject):
        return None
    return _all_same(run, tuple(first), tuple(second))


def _all_same(run: Interpreter, left: tuple[Value, ...], right: tuple[Value, ...]) -> bool | None:
    if len(left) != len(right):
        return False
    verdicts = [_is_same(run, a, b, identity=False) for a, b in zip(left, right, strict=True)]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _ordered(sign: str, left: Value, right: Value) -> bool | None:
    if isinstance(left, int | Expression) and isinstance(right, int | Expression):
        verdicts = {ORDER[sign](bound, 0) for bound in bounds_of(left - right)}
        return verdicts.pop() if len(verdicts) == 1 else None
    if not is_constant(left) or not is_constant(right):
        return None
    try:
        return bool(ORDER[sign](left, right))
    except TypeError:
        return None


def _contains(run: Interpreter, whole: Value, part: Value) -> bool | None:
    if isinstance(whole, str) and isinstance(part, str):
        return part in whole
    if isinstance(whole, Tensor | Array | Unknown):
        return None
    items, rest = elements(run, whole)
    verdicts = [_is_same(run, item, part, identity=False) for item in items]
    if True in verdicts:
        return True
    return None if rest is not None or None in verdicts else False

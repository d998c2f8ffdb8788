"""Arithmetic on values: Python's own on constants, sizes on symbols, shapes on tensors."""

from __future__ import annotations

import operator
from collections.abc import Callable

import libcst as cst

from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.bounds import MAX_BITS, MAX_HELD, MAX_ITEMS, MAX_TEXT
from flatlint.evaluation.dividing import Division, quotient
from flatlint.evaluation.joining import join_all
from flatlint.evaluation.libraries import operation_on
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import (
    Many,
    Name,
    Ref,
    Value,
    is_constant,
    is_number,
    is_one_number,
)
from flatlint.graph import Array, Tensor, Unknown, WhyUnknown
from flatlint.shapes import Expression, Open

OPERATIONS: dict[str, Callable[..., object]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "@": operator.matmul,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "<<": operator.lshift,
    ">>": operator.rshift,
}


def binary(run: Interpreter, sign: str, left: Value, right: Value, node: cst.CSTNode) -> Value:
    """`left sign right`."""
    if isinstance(left, Tensor | Array) or isinstance(right, Tensor | Array):
        return operation_on(run, sign, left, right, node)
    if isinstance(left, Unknown):
        return _on_unknown(run, sign, left, right, node)
    if isinstance(right, Unknown):
        return _on_unknown(run, sign, right, left, node)
    if isinstance(left, Ref) or isinstance(right, Ref):
        return _on_objects(run, sign, left, right, node)
    if isinstance(left, tuple) or isinstance(right, tuple):
        return _on_tuples(run, sign, left, right, node)
    if isinstance(left, Expression | Open) or isinstance(right, Expression | Open):
        return _on_symbols(run, sign, left, right, node)
    if is_constant(left) and is_constant(right):
        return _on_constants(run, sign, left, right, node)
    if isinstance(left, Name) and sign == "|":
        return left  # `int | None` in an annotation
    return run.unknown(WhyUnknown.NOT_MODELLED, f"`{sign}` on these values", node)


def _on_unknown(
    run: Interpreter, sign: str, unknown: Unknown, other: Value, node: cst.CSTNode
) -> Unknown:
    """What is unknown stays so; a list times a number is no number, though, known or not."""
    if not is_one_number(unknown) or is_number(other):
        return unknown
    if isinstance(other, Unknown):
        return other
    return run.unknown(WhyUnknown.ARGUMENT, f"`{sign}` on a number that is not known", node)


def unary(
    run: Interpreter, function: Callable[..., object], value: Value, node: cst.CSTNode
) -> Value:
    """`-value`, `+value`, `~value`."""
    if isinstance(value, Array) and function is operator.invert:
        return operation_on(run, "~", value, value, node)
    if isinstance(value, Tensor | Array):
        return value if function is operator.pos else operation_on(run, "*", value, -1, node)
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Expression):
        return -value if function is operator.neg else value
    if is_number(value):
        try:
            return function(value)
        except TypeError:
            pass
    return run.unknown(WhyUnknown.NOT_MODELLED, "a sign before this value", node)


def _on_constants(
    run: Interpreter, sign: str, left: Value, right: Value, node: cst.CSTNode
) -> Value:
    if _would_be_large(sign, left, right):
        return run.unknown(WhyUnknown.TOO_LARGE, "the result of an operation", node)
    try:
        if sign == "/" and isinstance(left, int) and isinstance(right, int):
            found = quotient(run.division, left, right)
            return _either_python(run, node) if found is None else found
        return OPERATIONS[sign](left, right)
    except (ArithmeticError, TypeError, ValueError):
        return run.unknown(WhyUnknown.REFUSED, "this operation", node)


def _either_python(run: Interpreter, node: cst.CSTNode) -> Unknown:
    return run.unknown(WhyUnknown.NOT_MODELLED, "what Python 2 and Python 3 divide apart", node)


def _would_be_large(sign: str, left: Value, right: Value) -> bool:
    match sign, left, right:
        case "**", int(), int():
            return left.bit_length() * max(right, 1) > MAX_BITS
        case "<<", int(), int():
            return left.bit_length() + right > MAX_BITS
        case "*", int(), int():
            return left.bit_length() + right.bit_length() > MAX_BITS
        case "*", str() | bytes(), int():
            return len(left) * right > MAX_TEXT
        case "*", int(), str() | bytes():
            return len(right) * left > MAX_TEXT
        case "+", str() | bytes(), str() | bytes():
            return len(left) + len(right) > MAX_TEXT
        case "%", str() | bytes(), _:
            # A width in the format may ask for any number of characters.
            return any(len(part) > 3 for part in _digits(left))
        case _:
            return False


def _digits(text: str | bytes) -> list[str]:
    decoded = text if isinstance(text, str) else text.decode("latin-1")
    return "".join(c if c.isdigit() else " " for c in decoded.replace("*", "9999")).split()


def _on_symbols(run: Interpreter, sign: str, left: Value, right: Value, node: cst.CSTNode) -> Value:
    if sign == "/" and run.division is Division.WHOLE:
        sign = "//"
    if (
        sign in "+-*//"
        and isinstance(left, int | Expression | Open)
        and isinstance(right, int | Expression | Open)
        and sign != "/"
    ):
        result: Value = OPERATIONS[sign](left, right)
        if isinstance(result, int | Expression | Open):
            return result
    return run.unknown(WhyUnknown.ARGUMENT, f"`{sign}` on a size that is not known", node)


def _on_tuples(run: Interpreter, sign: str, left: Value, right: Value, node: cst.CSTNode) -> Value:
    match sign, left, right:
        case "+", tuple(), tuple() if len(left) + len(right) <= MAX_HELD:
            return left + right
        case ("*", tuple() as items, int() as times) | ("*", int() as times, tuple() as items):
            if len(items) * times <= MAX_ITEMS:
                return items * times
            return run.unknown(WhyUnknown.TOO_LARGE, "a repeated tuple", node)
        case _:
            return run.unknown(WhyUnknown.NOT_MODELLED, f"`{sign}` on a tuple", node)


def _on_objects(run: Interpreter, sign: str, left: Value, right: Value, node: cst.CSTNode) -> Value:
    match sign, run.object_at(left), run.object_at(right):
        case "+", ListObject() as first, ListObject() as second:
            return run.allocate(first.extended(second.items, second.rest))
        case ("*", ListObject() as repeated, int() as times) | (
            "*",
            int() as times,
            ListObject() as repeated,
        ):
            if repeated.rest is None and len(repeated.items) * times <= MAX_ITEMS:
                return run.allocate(ListObject(repeated.items * times))
            if repeated.items:
                return run.allocate(ListObject((), join_all(repeated.items, repeated.rest)))
        case "*", ListObject(items=(_, *_)) as repeated, _:
            return run.allocate(ListObject((), join_all(repeated.items, repeated.rest)))
        case "+", ListObject() as known, Many(element=element):
            return run.allocate(ListObject(known.items, element))
        case "%", str(), _:
            return run.unknown(WhyUnknown.ARGUMENT, "a formatted string", node)
    return run.unknown(WhyUnknown.NOT_MODELLED, f"`{sign}` on these objects", node)

"""Numbers, strings, f-strings and `...`."""

from __future__ import annotations

import libcst as cst

from flatlint.evaluation.base import Interpreter, evaluates
from flatlint.evaluation.bounds import MAX_DIGITS, MAX_TEXT
from flatlint.evaluation.values import Value, can_be_formatted
from flatlint.graph import Unknown, WhyUnknown


@evaluates(cst.Integer, cst.Float, cst.Imaginary)
def number(run: Interpreter, node: cst.Integer | cst.Float | cst.Imaginary) -> Value:
    """A literal number, unless it is too long to be worth reading."""
    if len(node.value) > MAX_DIGITS:
        return run.unknown(WhyUnknown.TOO_LARGE, "a number with many digits", node)
    # libcst asks ast.literal_eval, which costs a compilation for each number.
    if isinstance(node, cst.Integer):
        return int(node.value, base=0)
    return float(node.value) if isinstance(node, cst.Float) else node.evaluated_value


@evaluates(cst.Ellipsis)
def ellipsis(run: Interpreter, node: cst.Ellipsis) -> Value:
    """`...`, which a subscript of an array may hold."""
    return Ellipsis


@evaluates(cst.SimpleString)
def simple_string(run: Interpreter, node: cst.SimpleString) -> Value:
    """A literal string or bytes."""
    if not node.prefix and "\\" not in node.value:
        return node.raw_value
    try:
        return node.evaluated_value
    except (ValueError, SyntaxError):
        return run.unknown(WhyUnknown.UNREADABLE, "a string literal", node)


@evaluates(cst.ConcatenatedString)
def concatenated_string(run: Interpreter, node: cst.ConcatenatedString) -> Value:
    """Strings that stand side by side."""
    parts: list[str] = []
    part: cst.BaseExpression = node
    while isinstance(part, cst.ConcatenatedString):
        left = run.evaluate(part.left)
        if not isinstance(left, str):
            return run.unknown(WhyUnknown.ARGUMENT, "a string", node)
        parts.append(left)
        part = part.right
    last = run.evaluate(part)
    if not isinstance(last, str):
        return run.unknown(WhyUnknown.ARGUMENT, "a string", node)
    return "".join([*parts, last])


@evaluates(cst.FormattedString)
def formatted_string(run: Interpreter, node: cst.FormattedString) -> Value:
    """An f-string, if all that it formats is known."""
    text = ""
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            text += part.value
            continue
        piece = _formatted(run, part)
        if isinstance(piece, Unknown):
            return piece
        text += piece
        if len(text) > MAX_TEXT:
            return run.unknown(WhyUnknown.TOO_LARGE, "a long string", node)
    return text


def _formatted(run: Interpreter, part: cst.BaseFormattedStringContent) -> str | Unknown:
    if not isinstance(part, cst.FormattedStringExpression):
        return run.unknown(WhyUnknown.NOT_MODELLED, type(part).__name__, part)
    value = run.evaluate(part.expression)
    if not can_be_formatted(value):
        return run.unknown(WhyUnknown.ARGUMENT, "a formatted value", part)
    pieces = [
        piece.value
        for piece in part.format_spec or ()
        if isinstance(piece, cst.FormattedStringText)
    ]
    spec = "".join(pieces)
    if len(pieces) != len(part.format_spec or ()) or any(len(n) > 3 for n in _numbers(spec)):
        return run.unknown(WhyUnknown.ARGUMENT, "a format", part)
    try:
        return format(repr(value) if part.conversion == "r" else value, spec)
    except (ValueError, TypeError):
        return run.unknown(WhyUnknown.ARGUMENT, "a format", part)


def _numbers(spec: str) -> list[str]:
    return "".join(c if c.isdigit() else " " for c in spec).split()

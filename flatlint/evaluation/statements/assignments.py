"""Assignments in all their forms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import libcst as cst

from flatlint.evaluation.arithmetic import binary
from flatlint.evaluation.base import Flow, Interpreter, executes
from flatlint.evaluation.expressions.operators import BINARY
from flatlint.evaluation.expressions.subscripts import index_of
from flatlint.evaluation.items import item_of, set_item
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.libraries import go_through
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.recording import record_shape
from flatlint.evaluation.values import NUMBERS, Ref, Value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import Expression, symbol


@executes(cst.Assign)
def assignment(run: Interpreter, node: cst.Assign) -> Flow:
    """`a = b = value`."""
    value = run.evaluate(node.value)
    for target in node.targets:
        assign(run, target.target, value)
        record_shape(run, target.target, value)
    return Flow.NEXT


@executes(cst.AnnAssign)
def annotated(run: Interpreter, node: cst.AnnAssign) -> Flow:
    """`name: type = value`."""
    if node.value is not None:
        value = run.evaluate(node.value)
        assign(run, node.target, value)
        record_shape(run, node.target, value)
    return Flow.NEXT


@executes(cst.AugAssign)
def augmented(run: Interpreter, node: cst.AugAssign) -> Flow:
    """`target += value`; a list is extended in place."""
    target = node.target
    old = run.evaluate(target)
    value = run.evaluate(node.value)
    sign = BINARY[type(node.operator)]
    held = run.object_at(old)
    if sign == "+" and isinstance(held, ListObject):
        items, rest = elements(run, value)
        assert isinstance(old, Ref)
        run.state.replace(old, held.extended(items, rest))
        return Flow.NEXT
    result = binary(run, sign, old, value, node)
    assign(run, target, result)
    record_shape(run, target, result)
    return Flow.NEXT


def assign(run: Interpreter, target: cst.CSTNode, value: Value) -> None:
    """Bind one target."""
    match target:
        case cst.Name(value=name):
            run.bind(name, _called(run, name, value))
        case cst.Attribute(value=owner, attr=cst.Name(value=name)):
            held = run.evaluate(owner)
            run.standing_at(target, partial(run.set_attribute, held, name, value))
        case cst.Subscript(value=owner):
            set_item(run, run.evaluate(owner), index_of(run, target), value, target)
        case cst.Tuple(elements=parts) | cst.List(elements=parts):
            _unpack(run, parts, value, target)
        case cst.StarredElement(value=inner):
            assign(run, inner, value)


def _called(run: Interpreter, name: str, value: Value) -> Value:
    """A size that the source does not fix, by the name that it gets: `num_chars`.

    One name stands for one size: where it is bound again, it gets a prime, `num_chars'`; bound
    perhaps many times, or ever again, it says nothing.
    """
    if not isinstance(value, Unknown) or value.what not in NUMBERS:
        return value
    if run.open_rounds or run.named_sizes[name] > MAX_PRIMES:
        return value
    run.named_sizes[name] += 1
    return symbol(name + "'" * (run.named_sizes[name] - 1))


MAX_PRIMES = 3


def _unpack(
    run: Interpreter, parts: Sequence[cst.BaseElement], value: Value, node: cst.CSTNode
) -> None:
    """`a, *b, c = value`."""
    items = _unpacked(run, value, len(parts), node)
    stars = [i for i, part in enumerate(parts) if isinstance(part, cst.StarredElement)]
    if not stars:
        for part, item in zip(parts, items, strict=False):
            assign(run, part.value, item)
        return
    star, behind = stars[0], len(parts) - stars[0] - 1
    middle = items[star : len(items) - behind]
    for part, item in zip(parts[:star], items, strict=False):
        assign(run, part.value, item)
    assign(run, parts[star].value, run.allocate(ListObject(tuple(middle))))
    for part, item in zip(parts[star + 1 :], items[len(items) - behind :], strict=False):
        assign(run, part.value, item)


def _unpacked(run: Interpreter, value: Value, count: int, node: cst.CSTNode) -> list[Value]:
    """The elements of a value that is unpacked into `count` targets."""
    if isinstance(value, Expression | Array | Unknown):
        return [item_of(run, value, index, node) for index in range(count)]
    go_through(run, value, node)
    items, rest = elements(run, value)
    if len(items) < count and rest is None:
        rest = run.unknown(WhyUnknown.NOT_DEFINED, "a value to unpack", node)
    return items + [rest] * (count - len(items))

"""Subscripts and slices."""

from __future__ import annotations

import libcst as cst

from flatlint.evaluation.base import Interpreter, evaluates
from flatlint.evaluation.items import item_of
from flatlint.evaluation.values import Slice, Value


def index_of(run: Interpreter, node: cst.Subscript) -> Value:
    """What stands between the brackets: a value, a slice, or a tuple of those."""
    parts = tuple(_one_index(run, element.slice) for element in node.slice)
    is_tuple = len(parts) > 1 or isinstance(node.slice[-1].comma, cst.Comma)
    return parts if is_tuple else parts[0]


def _one_index(run: Interpreter, part: cst.BaseSlice) -> Value:
    if isinstance(part, cst.Index):
        return run.evaluate(part.value)
    assert isinstance(part, cst.Slice)
    bounds = (part.lower, part.upper, part.step)
    return Slice(*(None if bound is None else run.evaluate(bound) for bound in bounds))


@evaluates(cst.Subscript)
def subscript(run: Interpreter, node: cst.Subscript) -> Value:
    """`value[index]`."""
    value = run.evaluate(node.value)
    return item_of(run, value, index_of(run, node), node)

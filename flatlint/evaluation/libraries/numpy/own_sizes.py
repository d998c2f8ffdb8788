"""Sizes that a call reads off the very array that it changes: `x.reshape(x.shape[0], -1)`."""

from __future__ import annotations

import libcst as cst

from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.values import Name


def own_axes(run: Interpreter) -> list[int | None] | None:
    """For each size that this call names the axis of the same array whose size it is.

    `x.reshape(x.shape[0], -1)`, `np.reshape(x, (len(x), -1))`: axes 0 and none.
    """
    call = run.here.node
    if not isinstance(call, cst.Call):
        return None
    arguments = [argument.value for argument in call.args if argument.keyword is None]
    owner: cst.BaseExpression | None = None
    if isinstance(call.func, cst.Attribute) and len(arguments) > 1 and _is_numpy(run, call.func):
        owner, arguments = arguments[0], arguments[1:]
    elif isinstance(call.func, cst.Attribute):
        owner = call.func.value
    if len(arguments) == 1 and isinstance(arguments[0], cst.Tuple | cst.List):
        arguments = [element.value for element in arguments[0].elements]
    return None if owner is None else [_axis_named(argument, owner) for argument in arguments]


def _is_numpy(run: Interpreter, function: cst.Attribute) -> bool:
    return isinstance(function.value, cst.Name) and isinstance(
        run.lookup(function.value.value), Name
    )


def _axis_named(size: cst.BaseExpression, owner: cst.BaseExpression) -> int | None:
    """The axis whose size `owner.shape[0]` or `len(owner)` is."""
    match size:
        case cst.Subscript(
            value=cst.Attribute(value=whole, attr=cst.Name(value="shape")),
            slice=[cst.SubscriptElement(slice=cst.Index(value=cst.Integer(value=number)))],
        ) if whole.deep_equals(owner):
            return int(number) if number.isdecimal() else None
        case cst.Call(func=cst.Name(value="len"), args=[cst.Arg(value=whole)]) if whole.deep_equals(
            owner
        ):
            return 0
        case _:
            return None

"""Arithmetic, comparisons, boolean operators."""

from __future__ import annotations

import operator
from collections.abc import Callable

import libcst as cst

from flatlint.catalogue.eras import Era
from flatlint.evaluation.arithmetic import binary, unary
from flatlint.evaluation.base import Flow, Interpreter, evaluates
from flatlint.evaluation.comparing import compare
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.libraries import operation_on
from flatlint.evaluation.truth import truth
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Tensor, WhyUnknown

BINARY: dict[type[cst.BaseBinaryOp] | type[cst.BaseAugOp], str] = {
    cst.Add: "+", cst.AddAssign: "+",
    cst.Subtract: "-", cst.SubtractAssign: "-",
    cst.Multiply: "*", cst.MultiplyAssign: "*",
    cst.Divide: "/", cst.DivideAssign: "/",
    cst.FloorDivide: "//", cst.FloorDivideAssign: "//",
    cst.Modulo: "%", cst.ModuloAssign: "%",
    cst.Power: "**", cst.PowerAssign: "**",
    cst.MatrixMultiply: "@", cst.MatrixMultiplyAssign: "@",
    cst.BitAnd: "&", cst.BitAndAssign: "&",
    cst.BitOr: "|", cst.BitOrAssign: "|",
    cst.BitXor: "^", cst.BitXorAssign: "^",
    cst.LeftShift: "<<", cst.LeftShiftAssign: "<<",
    cst.RightShift: ">>", cst.RightShiftAssign: ">>",
}  # fmt: skip

UNARY: dict[type[cst.BaseUnaryOp], Callable[..., object]] = {
    cst.Minus: operator.neg,
    cst.Plus: operator.pos,
    cst.BitInvert: operator.invert,
}

COMPARISONS: dict[type[cst.BaseCompOp], str] = {
    cst.Equal: "==",
    cst.NotEqual: "!=",
    cst.LessThan: "<",
    cst.LessThanEqual: "<=",
    cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=",
    cst.Is: "is",
    cst.IsNot: "is not",
    cst.In: "in",
    cst.NotIn: "not in",
}


ELEMENTWISE = frozenset({"==", "!=", "<", "<=", ">", ">="})
"""Comparisons that arrays do element by element."""

ORDERED = ELEMENTWISE - {"=="}
"""Those that symbolic tensors of Keras 3 do so: `==` asks whether two are the same object."""


@evaluates(cst.BinaryOperation)
def binary_operation(run: Interpreter, node: cst.BinaryOperation) -> Value:
    """`left op right`; a long chain of them is walked down in a loop."""
    chain: list[cst.BinaryOperation] = []
    left: cst.BaseExpression = node
    while isinstance(left, cst.BinaryOperation):
        chain.append(left)
        left = left.left
    value = run.evaluate(left)
    for link in reversed(chain):
        value = binary(run, BINARY[type(link.operator)], value, run.evaluate(link.right), link)
    return value


@evaluates(cst.UnaryOperation)
def unary_operation(run: Interpreter, node: cst.UnaryOperation) -> Value:
    """`-x`, `+x`, `~x`, `not x`."""
    value = run.evaluate(node.expression)
    if isinstance(node.operator, cst.Not):
        decided = truth(run, value)
        return run.unknown(WhyUnknown.ARGUMENT, "a test", node) if decided is None else not decided
    return unary(run, UNARY[type(node.operator)], value, node)


@evaluates(cst.BooleanOperation)
def boolean_operation(run: Interpreter, node: cst.BooleanOperation) -> Value:
    """`a and b`, `a or b`, with the second evaluated only if the first does not decide."""
    left = run.evaluate(node.left)
    decided = truth(run, left)
    stops_at = isinstance(node.operator, cst.Or)
    if decided is stops_at:
        return left
    if decided is not None:
        return run.evaluate(node.right)
    values: list[Value] = [left]

    def evaluate_right() -> Flow:
        values.append(run.evaluate(node.right))
        return Flow.NEXT

    run.run_arms([lambda: Flow.NEXT, evaluate_right])
    right = truth(run, values[-1])
    # An unknown test is decided all the same by a second one that alone is enough.
    return stops_at if right is stops_at else join_values(*values)


def sign_of(link: cst.ComparisonTarget) -> str:
    """The sign of one comparison."""
    return COMPARISONS[type(link.operator)]


@evaluates(cst.Comparison)
def comparison(run: Interpreter, node: cst.Comparison) -> Value:
    """`a < b == c`: true if every link is, false as soon as one is not."""
    left = run.evaluate(node.left)
    result: bool | None = True
    for link in node.comparisons:
        right = run.evaluate(link.comparator)
        if Array in (type(left), type(right)) and sign_of(link) in ELEMENTWISE:
            return operation_on(run, sign_of(link), left, right, node)
        is_compared = Tensor in (type(left), type(right)) and None not in (left, right)
        compared = ELEMENTWISE if run.eras == (Era.KERAS_2,) else ORDERED
        if is_compared and sign_of(link) in compared:
            return operation_on(run, sign_of(link), left, right, node)
        holds = compare(run, sign_of(link), left, right)
        if holds is False:
            return False
        result = result and holds
        left = right
    return run.unknown(WhyUnknown.ARGUMENT, "a test", node) if result is None else True

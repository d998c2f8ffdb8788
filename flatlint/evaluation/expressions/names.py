"""Names, attributes, calls, lambdas and the other expressions that reach for something."""

from __future__ import annotations

import libcst as cst

from flatlint.evaluation.base import Arguments, Flow, Interpreter, evaluates
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.objects import DictObject
from flatlint.evaluation.truth import truth
from flatlint.evaluation.values import Function, Value


@evaluates(cst.Name)
def name(run: Interpreter, node: cst.Name) -> Value:
    """A variable, a builtin, or something imported."""
    return run.lookup(node.value)


@evaluates(cst.Attribute)
def attribute(run: Interpreter, node: cst.Attribute) -> Value:
    """`value.name`."""
    return run.attribute(run.evaluate(node.value), node.attr.value, node)


@evaluates(cst.Call)
def call(run: Interpreter, node: cst.Call) -> Value:
    """`callee(arguments)`."""
    callee = run.evaluate(node.func)
    return run.call(callee, arguments_of(run, node), node)


def arguments_of(run: Interpreter, node: cst.Call) -> Arguments:
    """What a call passes, `*` and `**` unpacked as far as they are known."""
    positional: list[Value] = []
    keywords: dict[str, Value] = {}
    open_positional = open_keywords = False
    for argument in node.args:
        value = run.evaluate(argument.value)
        if argument.star == "*":
            items, rest = elements(run, value)
            # Behind an unknown number of arguments no position is known.
            if not open_positional:
                positional.extend(items)
            open_positional = open_positional or rest is not None
        elif argument.star == "**":
            passed = run.object_at(value)
            if isinstance(passed, DictObject):
                keywords.update({k: v for k, v in passed.entries.items() if isinstance(k, str)})
            open_keywords |= not (isinstance(passed, DictObject) and passed.is_whole)
        elif argument.keyword is not None:
            keywords[argument.keyword.value] = value
        elif not open_positional:
            positional.append(value)
    return Arguments(tuple(positional), keywords, open_positional, open_keywords)


@evaluates(cst.Lambda)
def lambda_(run: Interpreter, node: cst.Lambda) -> Value:
    """A lambda closes over the frame where it stands."""
    run.frame.is_captured = True
    parameters = (*node.params.posonly_params, *node.params.params, *node.params.kwonly_params)
    defaults = tuple(
        (parameter.name.value, run.evaluate(parameter.default))
        for parameter in parameters
        if parameter.default is not None
    )
    return Function("<lambda>", node, run.frame.number, run.site(node), defaults)


@evaluates(cst.IfExp)
def conditional(run: Interpreter, node: cst.IfExp) -> Value:
    """`a if test else b`; both, joined, where the test is not known."""
    decided = truth(run, run.evaluate(node.test))
    if decided is not None:
        return run.evaluate(node.body if decided else node.orelse)
    values: list[Value] = []

    def arm(expression: cst.BaseExpression) -> Flow:
        values.append(run.evaluate(expression))
        return Flow.NEXT

    run.run_arms([lambda: arm(node.body), lambda: arm(node.orelse)])
    return join_values(*values)


@evaluates(cst.NamedExpr)
def named(run: Interpreter, node: cst.NamedExpr) -> Value:
    """`name := value`."""
    value = run.evaluate(node.value)
    run.assign(node.target, value)
    return value


@evaluates(cst.Await)
def awaited(run: Interpreter, node: cst.Await) -> Value:
    """`await value` is taken as the value."""
    return run.evaluate(node.expression)


@evaluates(cst.Yield)
def yielded(run: Interpreter, node: cst.Yield) -> Value:
    """`yield value` adds to what the generator gives."""
    frame = run.frame
    if isinstance(node.value, cst.From):
        items, rest = elements(run, run.evaluate(node.value.item))
        frame.yields.extend([*items, rest] if rest is not None else items)
        frame.may_yield_otherwise |= rest is not None
    else:
        frame.yields.append(run.evaluate(node.value) if node.value is not None else None)
    may_be_elsewhere = run.open_arms > frame.arms_outside or bool(frame.returns)
    if may_be_elsewhere or any(loop.breaks or loop.continues for loop in frame.loops):
        frame.may_yield_otherwise = True
    return None

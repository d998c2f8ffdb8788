"""Statements on one line: expressions, `return`, `raise`, `break`, `del`, `global`, `assert`."""

from __future__ import annotations

import libcst as cst

from flatlint.evaluation.base import Flow, Interpreter, executes
from flatlint.evaluation.expressions.subscripts import index_of
from flatlint.evaluation.items import delete_item
from flatlint.evaluation.recording import record_shape
from flatlint.evaluation.truth import truth


@executes(cst.SimpleStatementLine, cst.SimpleStatementSuite)
def line(run: Interpreter, node: cst.SimpleStatementLine | cst.SimpleStatementSuite) -> Flow:
    """One or more small statements, separated by semicolons."""
    return run.execute(node.body)


@executes(cst.Expr)
def expression(run: Interpreter, node: cst.Expr) -> Flow:
    """An expression whose value is dropped, a call for its effects mostly."""
    value = run.evaluate(node.value)
    record_shape(run, node.value, value)
    return Flow.NEXT


@executes(cst.Return)
def return_(run: Interpreter, node: cst.Return) -> Flow:
    """`return value`."""
    value = None if node.value is None else run.evaluate(node.value)
    if node.value is not None:
        record_shape(run, node.value, value)
    run.frame.returns.append((run.state, value))
    return Flow.STOP


@executes(cst.Raise)
def raise_(run: Interpreter, node: cst.Raise) -> Flow:
    """`raise`: this path of the program is over."""
    return Flow.STOP


@executes(cst.Break)
def break_(run: Interpreter, node: cst.Break) -> Flow:
    """`break`."""
    if run.frame.loops:
        run.frame.loops[-1].breaks.append(run.state)
    return Flow.STOP


@executes(cst.Continue)
def continue_(run: Interpreter, node: cst.Continue) -> Flow:
    """`continue`."""
    if run.frame.loops:
        run.frame.loops[-1].continues.append(run.state)
    return Flow.STOP


@executes(cst.Assert)
def assert_(run: Interpreter, node: cst.Assert) -> Flow:
    """An assertion that surely fails ends the path."""
    return Flow.STOP if truth(run, run.evaluate(node.test)) is False else Flow.NEXT


@executes(cst.Del)
def delete(run: Interpreter, node: cst.Del) -> Flow:
    """`del name` and `del value[index]`; deleting attributes is left out."""
    targets = node.target.elements if isinstance(node.target, cst.Tuple) else ()
    for target in [element.value for element in targets] or [node.target]:
        if isinstance(target, cst.Name):
            run.state.unset_variable((run.frame.number, target.value))
        elif isinstance(target, cst.Subscript):
            index = index_of(run, target)
            delete_item(run, run.evaluate(target.value), index, target)
    return Flow.NEXT


@executes(cst.Global)
def global_(run: Interpreter, node: cst.Global) -> Flow:
    """`global name`."""
    for item in node.names:
        run.frame.declared[item.name.value] = run.frame.module
    return Flow.NEXT


@executes(cst.Nonlocal)
def nonlocal_(run: Interpreter, node: cst.Nonlocal) -> Flow:
    """`nonlocal name`: the nearest enclosing function that has it."""
    for item in node.names:
        number = run.frame.parent
        while number is not None and (number, item.name.value) not in run.state.variables:
            number = run.parent_of(number)
        if number is not None:
            run.frame.declared[item.name.value] = number
    return Flow.NEXT

"""`def` and `class`."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from flatlint.evaluation.base import Arguments, Flow, FrameKind, Interpreter, executes
from flatlint.evaluation.functions import make_function
from flatlint.evaluation.values import Function, Name, UserClass, Value

_KINDS = {
    "builtins.property": "property",
    "functools.cached_property": "property",
    "builtins.staticmethod": "staticmethod",
    "builtins.classmethod": "classmethod",
}


@executes(cst.FunctionDef)
def function_definition(run: Interpreter, node: cst.FunctionDef) -> Flow:
    """A function; a method if it stands in a class body."""
    decorators = [run.evaluate(decorator.decorator) for decorator in node.decorators]
    kinds = [_KINDS[d.path] for d in decorators if isinstance(d, Name) and d.path in _KINDS]
    owner = run.frame.owner if run.frame.kind is FrameKind.CLASS else None
    cls = owner if isinstance(owner, UserClass) else None
    function = make_function(run, node, cls, kinds[0] if kinds else "function")
    run.bind(node.name.value, _decorated(run, function, decorators, node))
    return Flow.NEXT


def _decorated(
    run: Interpreter, function: Value, decorators: Sequence[Value], node: cst.CSTNode
) -> Value:
    """A decorator of the program is called; one of a library is seen through."""
    for decorator in reversed(decorators):
        if isinstance(decorator, Function | UserClass):
            function = run.call(decorator, Arguments((function,)), node)
    return function


@executes(cst.ClassDef)
def class_definition(run: Interpreter, node: cst.ClassDef) -> Flow:
    """A class: its body runs in a frame of its own."""
    bases = tuple(run.evaluate(base.value) for base in node.bases)
    for decorator in node.decorators:
        run.evaluate(decorator.decorator)
    frame = run.new_frame(FrameKind.CLASS, run.frame.source, run.enclosing_function_frame())
    run.frame.is_captured = True
    cls = UserClass(node.name.value, bases, frame.number, node, run.site(node))
    frame.owner = cls
    # Methods may name their own class while the body runs.
    run.bind(node.name.value, cls)
    run.in_frame(frame, lambda: run.execute(node.body.body))
    return Flow.NEXT

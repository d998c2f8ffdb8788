"""Calls: what is called decides who answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flatlint.evaluation.base import CALLERS, METHODS, Arguments, Interpreter
from flatlint.evaluation.classes import find_in_class, instantiate
from flatlint.evaluation.functions import call_function
from flatlint.evaluation.libraries import call_library, call_model
from flatlint.evaluation.objects import Instance
from flatlint.evaluation.options import try_each
from flatlint.evaluation.recording import record_comparison, record_escape
from flatlint.evaluation.values import (
    BoundMethod,
    Builtin,
    Either,
    Function,
    LibraryMethod,
    Name,
    Partial,
    UserClass,
    Value,
    is_omitted,
)
from flatlint.graph import Unknown, WhyUnknown
from flatlint.shapes import Expression


def dispatch(run: Interpreter, callee: Value, arguments: Arguments) -> Value:
    """The value that calling `callee` gives."""
    value = _answer(run, callee, arguments)
    if len(arguments.positional) > 1:
        record_comparison(run, arguments.positional)
    if isinstance(value, Unknown) and _is_foreign(callee):
        record_escape(run, arguments)
    return value


def _is_foreign(callee: Value) -> bool:
    """Whether nothing of what the callee does is read in the program."""
    if isinstance(callee, Name):
        return not callee.path.startswith("builtins.")
    return isinstance(callee, Unknown)


def _answer(run: Interpreter, callee: Value, arguments: Arguments) -> Value:
    match callee:
        case Unknown():
            return callee
        case Function():
            return call_function(run, callee, arguments)
        case BoundMethod(receiver=receiver, function=function):
            return call_function(run, function, _with_receiver(receiver, arguments), receiver)
        case UserClass():
            return instantiate(run, callee, arguments)
        case Partial():
            given = Arguments(
                callee.positional + arguments.positional,
                {**dict(callee.keywords), **arguments.keywords},
                arguments.open_positional,
                arguments.open_keywords,
            )
            return dispatch(run, callee.function, given)
        case Either():
            return try_each(run, callee, lambda option: dispatch(run, option, arguments))
    return _with_none_for_omitted(run, arguments, lambda given: _of_library(run, callee, given))


def _of_library(run: Interpreter, callee: Value, arguments: Arguments) -> Value:
    match callee:
        case Name(path=path):
            return call_library(run, path, arguments)
        case LibraryMethod():
            return call_method(run, callee, arguments)
        case Builtin(function=function):
            return function(*arguments.positional, **arguments.keywords)
        case Expression():
            return _call_of_parameter(run, str(callee), arguments)
    return _call_object(run, callee, arguments)


def _with_none_for_omitted(
    run: Interpreter, arguments: Arguments, answer: Callable[[Arguments], Value]
) -> Value:
    """What a library makes of `None` where a caller may pass something: no refusal is sure."""
    if not any(map(is_omitted, (*arguments.positional, *arguments.keywords.values()))):
        return answer(arguments)
    told = replace(
        arguments,
        positional=tuple(None if is_omitted(part) else part for part in arguments.positional),
        keywords={k: None if is_omitted(v) else v for k, v in arguments.keywords.items()},
    )
    return run.guard(lambda: answer(told))


HYPERPARAMETERS = frozenset({"Int", "Choice", "Float", "Boolean", "Fixed"})


def _call_of_parameter(run: Interpreter, callee: str, arguments: Arguments) -> Value:
    """`hp.Int(…)` of the `hp` that keras-tuner passes; anything else nobody knows."""
    owner, _, name = callee.rpartition(".")
    if owner.isidentifier() and name in HYPERPARAMETERS:
        space = call_library(run, "keras_tuner.HyperParameters", Arguments())
        return call_method(run, LibraryMethod(space, name), arguments)
    return run.unknown(WhyUnknown.PARAMETER, f"`{callee}`")


def call_method(run: Interpreter, method: LibraryMethod, arguments: Arguments) -> Value:
    """A method that flatlint models, on the value that it is bound to."""
    found = run.object_at(method.receiver)
    for kind in type(found).__mro__:
        model = METHODS.get((kind, method.name))
        if model is not None:
            given = Arguments(
                (method.receiver, *arguments.positional),
                arguments.keywords,
                arguments.open_positional,
                arguments.open_keywords,
            )
            return call_model(run, model, f"`.{method.name}`", given)
    return run.unknown(WhyUnknown.NOT_MODELLED, f"the method `{method.name}`")


def _with_receiver(receiver: Value, arguments: Arguments) -> Arguments:
    return Arguments(
        (receiver, *arguments.positional),
        arguments.keywords,
        arguments.open_positional,
        arguments.open_keywords,
    )


def _call_object(run: Interpreter, callee: Value, arguments: Arguments) -> Value:
    found = run.object_at(callee)
    for kind in type(found).__mro__:
        if kind in CALLERS:
            return CALLERS[kind](run, callee, arguments)
    if isinstance(found, Instance):
        method = find_in_class(run, found.cls, "__call__")
        if isinstance(method, Function):
            return call_function(run, method, _with_receiver(callee, arguments), callee)
    return run.unknown(WhyUnknown.NOT_MODELLED, "calling this value")

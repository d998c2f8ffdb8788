"""Trying what may be one of several things: each by itself, the outcomes joined."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce

from flatlint.evaluation.base import Flow, Interpreter
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.values import Either, Value


def try_each(run: Interpreter, either: Either, attempt: Callable[[Value], Value]) -> Value:
    """What `attempt` gives, whichever of the things it is.

    Which of them it is may hang together with a branch that was taken before: no refusal is sure.
    """
    values: list[Value] = []

    def arm(option: Value) -> Flow:
        values.append(attempt(option))
        return Flow.NEXT

    def all_arms() -> Flow:
        return run.run_arms([partial(arm, option) for option in either.things])

    run.guard(all_arms)
    return reduce(join_values, values)

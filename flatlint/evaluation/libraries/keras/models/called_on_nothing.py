"""Models and layers of the program's own that are called without what they are to work on."""

from __future__ import annotations

from flatlint.catalogue.calling import require_inputs
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.libraries.keras.applying import record_call, refused
from flatlint.evaluation.values import Function, Ref, Value


def refused_without_inputs(
    run: Interpreter, ref: Ref, arguments: Arguments, name: str | None, class_name: str
) -> Value | None:
    """The refused call of what gets nothing for its first parameter, `name`; `None` otherwise."""
    if name is None or arguments.positional or arguments.is_open:
        return None
    try:
        require_inputs(class_name, name, arguments.keywords)
    except ShapeConflict as conflict:
        return record_call(run, ref, [], refused(conflict, run.is_guarded))
    return None


def required_parameter(call: Function) -> str | None:
    """The first parameter of a `call` of the program's own, if the caller has to pass it."""
    parameters = (*call.node.params.posonly_params, *call.node.params.params)
    if call.kind != "function" or len(parameters) < 2 or parameters[1].default is not None:
        return None
    return parameters[1].name.value

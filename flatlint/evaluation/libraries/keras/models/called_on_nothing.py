"""Models and layers of the program's own that are called without what they are to work on."""

from __future__ import annotations

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.libraries.keras.applying import Verdict, record_call
from flatlint.evaluation.values import Function, Ref, Value
from flatlint.graph import Conflict


def refused_without_inputs(
    run: Interpreter, ref: Ref, arguments: Arguments, name: str | None, class_name: str
) -> Value | None:
    """The refused call of what gets nothing for its first parameter, `name`; `None` otherwise.

    Source: `CallSpec.__init__` in keras/src/layers/layer.py, `split_out_first_arg` in
    tf_keras/src/utils/layer_utils.py.
    """
    if name is None or arguments.positional or arguments.is_open or name in arguments.keywords:
        return None
    given = ", ".join(f"`{keyword}`" for keyword in arguments.keywords) or "nothing"
    conflict = Conflict(
        f"{class_name} takes its inputs as `{name}` when it is called, and gets {given}",
        f"missing a required argument: {name!r}",
        run.is_guarded,
    )
    verdict = Verdict(UnknownArgument("Keras raises here"), None, conflict)
    return record_call(run, ref, [], verdict)


def required_parameter(call: Function) -> str | None:
    """The first parameter of a `call` of the program's own, if the caller has to pass it."""
    parameters = (*call.node.params.posonly_params, *call.node.params.params)
    if call.kind != "function" or len(parameters) < 2 or parameters[1].default is not None:
        return None
    return parameters[1].name.value

"""Functions of TensorFlow and of the old backend on symbolic tensors, which Keras 3 refuses.

Source: `KerasTensor.__tf_tensor__` in keras/src/backend/common/keras_tensor.py. Within a layer's
own `call` there are tensors of TensorFlow, which they take.
"""

from __future__ import annotations

from flatlint.catalogue.eras import Era
from flatlint.evaluation.base import MODELS, Arguments, Interpreter, Model
from flatlint.evaluation.libraries import call_model, takes_arguments
from flatlint.evaluation.libraries.keras import functions
from flatlint.evaluation.libraries.keras.operations.operating import symbolic_tensors
from flatlint.evaluation.libraries.keras.operations.recording import operation
from flatlint.evaluation.values import Value
from flatlint.graph import Conflict, WhyUnknown

HOMES = ("tensorflow.", "keras.backend.")
"""Where such functions are; those of `keras.backend` are gone, or hand on to TensorFlow."""


def _refusing(path: str, model: Model) -> Model:
    name = path.replace("tensorflow", "tf", 1)

    @takes_arguments
    def call(run: Interpreter, arguments: Arguments) -> Value:
        given = (*arguments.positional, *arguments.keywords.values())
        tensors = symbolic_tensors(run, given) if run.eras == (Era.KERAS_3,) else []
        if not tensors:
            return call_model(run, model, path, arguments)
        conflict = Conflict(
            f"{name} is no function for symbolic tensors of Keras 3: take the one of keras.ops, "
            f"or call {name} within a layer",
            "A KerasTensor cannot be used as input to a TensorFlow function.",
            run.is_guarded,
        )
        refused = run.unknown(WhyUnknown.REFUSED, name)
        return operation(run, path.rpartition(".")[2], tensors, refused, conflict)

    return call


for _path, _found in list(MODELS.items()):
    if _path.startswith(HOMES) and _found.__module__.startswith(f"{functions.__name__}."):
        MODELS[_path] = _refusing(_path, _found)

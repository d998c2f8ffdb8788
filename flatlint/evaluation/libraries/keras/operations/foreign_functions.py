"""Functions of TensorFlow and of the old backend on tensors: what Keras, or they, refuse.

Keras 3 has them refuse its symbolic tensors altogether (`KerasTensor.__tf_tensor__` in
keras/src/backend/common/keras_tensor.py). Within a layer's own `call` there are tensors of
TensorFlow, which they take.
"""

from __future__ import annotations

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.evaluation.base import MODELS, Arguments, Interpreter, Model
from flatlint.evaluation.libraries import call_model, takes_arguments
from flatlint.evaluation.libraries.keras import functions
from flatlint.evaluation.libraries.keras.nesting import tensors_among
from flatlint.evaluation.libraries.keras.operations.counterparts import COUNTERPARTS
from flatlint.evaluation.libraries.keras.operations.operating import symbolic_tensors
from flatlint.evaluation.libraries.keras.operations.recording import operation, refused
from flatlint.evaluation.values import Value
from flatlint.graph import Conflict, Tensor, WhyUnknown

HOMES = ("tensorflow.", "keras.backend.")
"""Where such functions are; those of `keras.backend` are gone, or hand on to TensorFlow."""


def _refusing(path: str, model: Model) -> Model:
    name = path.replace("tensorflow", "tf", 1)

    @takes_arguments
    def call(run: Interpreter, arguments: Arguments) -> Value:
        given = (*arguments.positional, *arguments.keywords.values())
        tensors = symbolic_tensors(run, given)
        if not tensors or run.eras != (Era.KERAS_3,):
            refusal = _held_against_counterpart(run, path, given, arguments)
            return refusal or call_model(run, model, path, arguments)
        conflict = Conflict(
            f"{name} is no function for symbolic tensors of Keras 3: take the one of keras.ops, "
            f"or call {name} within a layer",
            "A KerasTensor cannot be used as input to a TensorFlow function.",
            run.is_guarded,
        )
        refused = run.unknown(WhyUnknown.REFUSED, name)
        return operation(run, path.rpartition(".")[2], tensors, refused, conflict)

    return call


def _held_against_counterpart(
    run: Interpreter, path: str, given: tuple[Value, ...], arguments: Arguments
) -> Value | None:
    """The refused call, if the like of `keras.ops` would be refused as well."""
    if Era.KERAS_1 in run.eras:  # the tensors may be those of Theano
        return None
    counterpart = COUNTERPARTS.get(path)
    tensors = tensors_among(run, given)
    conflict = counterpart.refusal(run, arguments) if counterpart and tensors else None
    conflict = conflict or _dtype_refusal(path, tensors)
    if conflict is None:
        return None
    return refused(run, path.rpartition(".")[2], tensors, conflict.message, conflict.keras)


DTYPES = {"reduce_any": ("bool",), "reduce_all": ("bool",), "one_hot": ("int", "uint")}
"""How the names of the dtypes begin that a function takes."""


def _dtype_refusal(path: str, tensors: list[Tensor]) -> ShapeConflict | None:
    """TensorFlow casts nothing by itself; what no layer made may be of any dtype."""
    name = path.rpartition(".")[2]
    taken = DTYPES.get(name)
    made = tensors[0].made_by if tensors else None
    dtype = tensors[0].dtype if made is not None and not made.is_operation else None
    if taken is None or dtype is None or dtype.startswith(taken):
        return None
    return ShapeConflict(
        f"{name} takes tensors of dtype {' or '.join(taken)}, and gets {dtype}",
        f"Value passed to parameter has DataType {dtype} not in list of allowed values",
    )


for _path, _found in list(MODELS.items()):
    if _path.startswith(HOMES) and _found.__module__.startswith(f"{functions.__name__}."):
        MODELS[_path] = _refusing(_path, _found)

"""`keras.ops` on symbolic tensors: the catalogue says what comes out, and what Keras refuses."""

from __future__ import annotations

from collections.abc import Callable

from flatlint.catalogue.operations import OPERATIONS
from flatlint.evaluation.base import MODELS, Arguments, Interpreter, Model, models
from flatlint.evaluation.libraries import call_model, takes_arguments
from flatlint.evaluation.libraries.keras import functions
from flatlint.evaluation.libraries.keras.operations.operating import (
    call_operation,
    call_within_layer,
    symbolic_tensors,
)
from flatlint.evaluation.values import Value
from flatlint.graph import WhyUnknown

HOMES = ("keras.ops", "keras.ops.numpy", "keras.ops.nn", "keras.ops.linalg")

ALIKE_WITHIN_LAYERS = frozenset([
    "average_pool", "cholesky", "conv", "depth_to_space", "depthwise_conv", "det", "diff", "dsplit",
    "eigh", "glu", "hsplit", "image.extract_patches", "inv", "max_pool", "qr", "separable_conv",
    "space_to_depth", "stft", "svd", "unfold", "vsplit",
])  # fmt: skip
"""Operations to whose tensors the backend gives the sizes that Keras gives symbolic ones.

Of the others some broadcast there and do not here, or the other way.
"""

# What these say of arrays and of tensors within a layer holds beside what is said here.
_EARLIER = functions


def _register(name: str) -> None:
    for home in HOMES:
        path = f"{home}.{name}"
        models(path)(_model(name, MODELS.get(path)))


def _model(name: str, earlier: Model | None) -> Callable[..., Value]:
    @takes_arguments
    def call(run: Interpreter, arguments: Arguments) -> Value:
        given = (*arguments.positional, *arguments.keywords.values())
        tensors = symbolic_tensors(run, given)
        if tensors:
            return call_operation(run, name, arguments, tensors)
        if earlier is None:
            if name in ALIKE_WITHIN_LAYERS:
                return call_within_layer(run, name, arguments)
            return run.unknown(WhyUnknown.NOT_MODELLED, f"keras.ops.{name}")
        return call_model(run, earlier, f"keras.ops.{name}", arguments)

    return call


for _name in OPERATIONS:
    _register(_name)
for _name in ("softmax", "log_softmax"):
    _path = f"keras.activations.{_name}"
    models(_path)(_model(_name, MODELS.get(_path)))

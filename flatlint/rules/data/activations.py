"""Which function makes an output: what the last layer says of itself."""

from __future__ import annotations

from flatlint.catalogue.arguments import OpaqueArgument
from flatlint.catalogue.layers.activations import Activation, Softmax
from flatlint.graph import Tensor


def activation_of(output: Tensor) -> str | None:
    """The name of the activation that makes a tensor: `softmax`; `None` where not known."""
    call = output.made_by
    if call is None or call.layer.spec is None or call.is_operation:
        return None
    spec = call.layer.spec
    if isinstance(spec, Softmax):
        return "softmax"
    if not isinstance(spec, Activation) and not hasattr(spec, "kernel_initializer"):
        return None
    return name_of(getattr(spec, "activation", None), default="linear")


def name_of(value: object, default: str | None = None) -> str | None:
    """The name of an activation: a word, or the last part of a path of Keras or TensorFlow."""
    match value:
        case None:
            return default
        case str():
            return value.lower()
        case OpaqueArgument(kind=path):
            return path.rpartition(".")[2].lower()
        case _:
            return None

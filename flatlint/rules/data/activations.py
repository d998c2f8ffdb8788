"""Which function makes an output: what the last layer says of itself."""

from __future__ import annotations

from flatlint.catalogue.arguments import OpaqueArgument
from flatlint.catalogue.spec import LayerSpec
from flatlint.graph import Tensor


def activation_of(output: Tensor) -> str | None:
    """The name of the activation that makes a tensor: `softmax`; `None` where not known."""
    call = output.made_by
    if call is None or call.layer.spec is None or call.is_operation:
        return None
    return activation_in(call.layer.spec)


def activation_in(spec: LayerSpec) -> str | None:
    """The name of the activation that a layer ends with; `linear` if it has none."""
    if spec.keras_name == "Softmax":
        return "softmax"
    return _name_of(getattr(spec, "activation", None)) if spec.ends_with_activation else None


def _name_of(value: object) -> str | None:
    """A word, or the last part of a path of Keras or TensorFlow."""
    match value:
        case None:
            return "linear"
        case str():
            return value.lower()
        case OpaqueArgument(kind=path):
            return path.rpartition(".")[2].lower()
        case _:
            return None

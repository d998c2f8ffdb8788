"""What Keras 2 makes of a sparse tensor, as `Input(sparse=True)` begins with one.

Keras 3 turns it into an ordinary one wherever a layer needs that. Source: tf_keras 2.21, each of
its layers called on a sparse input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flatlint.catalogue.conflict import NotKnown, ShapeConflict

if TYPE_CHECKING:
    from flatlint.catalogue.spec import LayerSpec

COMPUTING = frozenset({"Dense"})
"""These make an ordinary tensor of it."""

PASSING_ON = frozenset(
    {
        *("Activation", "ActivityRegularization", "Identity", "Lambda", "Layer", "Wrapper"),
        *("Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise"),
        *("SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"),
        *("CategoryEncoding", "Discretization", "Embedding", "Hashing"),
        *("IntegerLookup", "StringLookup"),
    }
)
"""These take it, some losing its sizes on the way."""

ACTIVATIONS = frozenset({"linear", "tanh"})
"""The only functions that take it."""


def require_dense(spec: LayerSpec) -> None:
    """Refuse a sparse input where the layer does; `NotKnown` where its sizes are lost or not."""
    if spec.keras_name in COMPUTING:
        return
    if spec.merges or (spec.keras_name in PASSING_ON and not _is_refusing_function(spec)):
        raise NotKnown("layers of Keras 2 hand on a sparse tensor with or without its sizes")
    raise ShapeConflict(
        f"{spec.keras_name} takes no sparse tensor",
        "Failed to convert elements of SparseTensor(...) to Tensor.",
    )


def _is_refusing_function(spec: LayerSpec) -> bool:
    activation = getattr(spec, "activation", None)
    return isinstance(activation, str) and activation not in ACTIVATIONS

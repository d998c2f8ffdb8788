"""Keras: layers created and applied, models built, and what programs ask of them."""

from flatlint.evaluation.libraries.keras import (
    asking,
    creating,
    functional,
    inputs,
    sequential,
    settings,
    subclassing,
    tensors,
    training,
)

__all__ = [
    "asking",
    "creating",
    "functional",
    "inputs",
    "sequential",
    "settings",
    "subclassing",
    "tensors",
    "training",
]

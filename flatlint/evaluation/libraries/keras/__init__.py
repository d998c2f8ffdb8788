"""Keras: layers created and applied, models built, and what programs ask of them."""

from flatlint.evaluation.libraries.keras import (
    asking,
    calling,
    creating,
    datasets,
    functional,
    functions,
    inputs,
    losses,
    merging,
    sequential,
    settings,
    shape_functions,
    subclassing,
    tensors,
    training,
)

__all__ = [
    "asking",
    "calling",
    "creating",
    "datasets",
    "functional",
    "functions",
    "inputs",
    "losses",
    "merging",
    "sequential",
    "settings",
    "shape_functions",
    "subclassing",
    "tensors",
    "training",
]

"""Keras: layers created and applied, models built, and what programs ask of them."""

from flatlint.evaluation.libraries.keras import (
    answering,
    creating,
    functions,
    inputs,
    losses,
    metrics,
    settings,
)
from flatlint.evaluation.libraries.keras.data import (
    datasets,
    generators,
    pictures,
    texts,
    timeseries,
    utilities,
)
from flatlint.evaluation.libraries.keras.models import (
    asking,
    calling,
    functional,
    sequential,
    subclassing,
    training,
)
from flatlint.evaluation.libraries.keras.operations import (
    foreign_functions,
    iterating,
    keras_operations,
    merging,
    tensors,
)

__all__ = [
    "answering",
    "asking",
    "calling",
    "creating",
    "datasets",
    "foreign_functions",
    "functional",
    "functions",
    "generators",
    "inputs",
    "iterating",
    "keras_operations",
    "losses",
    "merging",
    "metrics",
    "pictures",
    "sequential",
    "settings",
    "subclassing",
    "tensors",
    "texts",
    "timeseries",
    "training",
    "utilities",
]

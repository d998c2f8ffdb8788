"""numpy: arrays by their shape, type and, where small and literal, their values."""

from flatlint.evaluation.libraries.numpy import (
    attributes,
    brackets,
    counting,
    cutting,
    elementwise,
    files,
    functions,
    indexing,
    making,
    operators,
    products,
    randomness,
    shaping,
    writing,
)

__all__ = [
    "attributes",
    "brackets",
    "counting",
    "cutting",
    "elementwise",
    "files",
    "functions",
    "indexing",
    "making",
    "operators",
    "products",
    "randomness",
    "shaping",
    "writing",
]

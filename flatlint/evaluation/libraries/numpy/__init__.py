"""numpy: arrays by their shape, type and, where small and literal, their values."""

from flatlint.evaluation.libraries.numpy import (
    attributes,
    indexing,
    making,
    operators,
    randomness,
    shaping,
    writing,
)

__all__ = ["attributes", "indexing", "making", "operators", "randomness", "shaping", "writing"]

"""Operations: what the functions of `keras.ops` do to shapes, and what they refuse.

A function takes Keras's own parameters, with a `Shape` in the place of each tensor.
"""

from flatlint.catalogue.operations import (
    arranging,
    converting,
    elementwise,
    images,
    joining,
    picking,
    products,
    reducing,
    slicing,
)
from flatlint.catalogue.operations.registry import OPERATIONS

__all__ = [
    "OPERATIONS",
    "arranging",
    "converting",
    "elementwise",
    "images",
    "joining",
    "picking",
    "products",
    "reducing",
    "slicing",
]

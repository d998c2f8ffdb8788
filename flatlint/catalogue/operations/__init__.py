"""Operations: what the functions of `keras.ops` do to shapes, and what they refuse.

A function takes Keras's own parameters, with a `Shape` in the place of each tensor.
"""

from flatlint.catalogue.operations import (
    arranging,
    comparing,
    converting,
    counting,
    elementwise,
    image_edges,
    images,
    joining,
    looping,
    matrices,
    patches,
    picking,
    products,
    quantiles,
    ranging,
    rearranging,
    reducing,
    refusing,
    signals,
    slicing,
    splitting,
    windowing,
)
from flatlint.catalogue.operations.registry import OPERATIONS

__all__ = [
    "OPERATIONS",
    "arranging",
    "comparing",
    "converting",
    "counting",
    "elementwise",
    "image_edges",
    "images",
    "joining",
    "looping",
    "matrices",
    "patches",
    "picking",
    "products",
    "quantiles",
    "ranging",
    "rearranging",
    "reducing",
    "refusing",
    "signals",
    "slicing",
    "splitting",
    "windowing",
]

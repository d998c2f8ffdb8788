"""Functions of Keras and TensorFlow on tensors, by what they do to axes."""

from flatlint.evaluation.libraries.keras.functions import (
    arranging,
    elementwise,
    images,
    joining,
    like_operations,
    picking,
    products,
    ranges,
    sizes,
)

__all__ = [
    "arranging",
    "elementwise",
    "images",
    "joining",
    "like_operations",
    "picking",
    "products",
    "ranges",
    "sizes",
]

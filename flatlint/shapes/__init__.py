"""Sizes and shapes, pure: no Keras, no syntax."""

from flatlint.shapes.bounds import bounds_of, symbol_between
from flatlint.shapes.broadcasting import broadcast_dims, broadcast_shapes
from flatlint.shapes.dim import (
    OPEN,
    UNFIXED,
    Dim,
    Expression,
    Open,
    Unfixed,
    are_equal,
    is_fixed,
    join_dims,
    product,
    symbol,
    text_of,
)
from flatlint.shapes.shape import Shape, are_alike, join_shapes, met_shapes

__all__ = [
    "OPEN",
    "UNFIXED",
    "Dim",
    "Expression",
    "Open",
    "Shape",
    "Unfixed",
    "are_alike",
    "are_equal",
    "bounds_of",
    "broadcast_dims",
    "broadcast_shapes",
    "is_fixed",
    "join_dims",
    "join_shapes",
    "met_shapes",
    "product",
    "symbol",
    "symbol_between",
    "text_of",
]

"""Broadcasting: what two shapes make together, as numpy and TensorFlow do it."""

from __future__ import annotations

from itertools import zip_longest

from flatlint.shapes.dim import UNFIXED, Dim, Expression, Open, Unfixed, are_equal
from flatlint.shapes.shape import Shape


def broadcast_dims(left: Dim, right: Dim) -> Dim | None:
    """The common size of two axes; `None` where they can never meet.

    A 1 gives way to anything, and an open axis gives way to a number above 1.
    """
    if left == 1:
        return right
    if right == 1 or left == right:
        return left
    if isinstance(left, int) and isinstance(right, int):
        return None
    if isinstance(left, Unfixed) or isinstance(right, Unfixed):
        number = left if isinstance(left, int) else right
        return number if isinstance(number, int) else UNFIXED
    if isinstance(left, Open) or isinstance(right, Open):
        other = right if isinstance(left, Open) else left
        return other if isinstance(other, int) else UNFIXED
    # A symbol beside a number or another symbol may be 1, or equal to it.
    if isinstance(left, int) or isinstance(right, int):
        return left if isinstance(left, int) else right
    return left if isinstance(left, Expression) and are_equal(left, right) else UNFIXED


def broadcast_shapes(*shapes: Shape) -> Shape | None:
    """The common shape, aligned at the last axis; `None` where the shapes can never meet."""
    dims: list[Dim] = []
    for sizes in zip_longest(*(reversed(shape.dims) for shape in shapes), fillvalue=1):
        size: Dim = 1
        for other in sizes:
            met = broadcast_dims(size, other)
            if met is None:
                return None
            size = met
        dims.append(size)
    return Shape(tuple(reversed(dims)))

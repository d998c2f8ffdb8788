"""Linear algebra: `keras.ops.linalg`, and diagonals."""

from __future__ import annotations

from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations.elementwise import broadcast
from flatlint.catalogue.operations.lines import batch, first, line
from flatlint.catalogue.operations.operands import (
    axis_within,
    is_same_size,
    matrix,
    square,
    tensor,
    total,
    whole_number,
)
from flatlint.catalogue.operations.registry import operation
from flatlint.catalogue.spec import ShapeTree
from flatlint.shapes import OPEN, UNFIXED, Dim, Open, Shape, are_equal


def _rows_and_columns(shape: Shape) -> ShapeTree:
    return (Shape(shape[:-1]), shape)


def _turned(shape: Shape) -> Shape:
    return Shape((*shape[:-2], shape[-1], shape[-2]))


line("cholesky", first, x=square)
line("cholesky_inverse", first, x=square)
line("inv", first, x=square)
line("det", batch, x=square)
line("matrix_rank", batch, x=matrix)
line("logdet", batch, x=tensor)
line("slogdet", lambda shape: (Shape(()), batch(shape)), x=tensor)
line("eig", _rows_and_columns, x=square)
line("eigh", _rows_and_columns, x=square)
line("pinv", _turned, x=matrix)


@operation("solve", "solve_triangular")
def solve(a: object, b: object, lower: object = False) -> Shape:
    """As the right side, which stands for one vector or for several of them.

    Source: `_assert_a_b_compat` in keras/src/ops/linalg.py.
    """
    left, right = square("solve", a), tensor("solve", b)
    if not right.rank:
        raise ShapeConflict("solve: `b` has no axes", "Expected input to have rank >= 1.")
    place = {right.rank: -2, right.rank - 1: -1}.get(left.rank)
    if place is not None and is_same_size(left[place], right[place]) is False:
        raise ShapeConflict(
            f"solve: {left} has {left[place]} rows, and {right} has {right[place]}",
            f"Incompatible shapes between `a` and `b`. Received: a.shape={left}, b.shape={right}",
        )
    return right


@operation("lstsq")
def lstsq(a: object, b: object, rcond: object = None) -> Shape:
    """A column of the answer for each column of the right side."""
    left, right = tensor("lstsq", a), tensor("lstsq", b)
    if left.rank != 2 or right.rank not in (1, 2):
        raise ShapeConflict(
            f"lstsq takes one matrix and one matrix or vector, not {left} and {right}",
            f"Expected a to have rank 2. Received: a.shape={left}",
        )
    if is_same_size(left[0], right[0]) is False:
        raise ShapeConflict(
            f"lstsq: {left} has {left[0]} rows, and {right} has {right[0]}",
            f"Expected b.shape[0] to be equal to a.shape[0]. Received: a.shape={left}, "
            f"b.shape={right}",
        )
    return Shape((left[1], *right[1:]))


@operation("svd")
def svd(x: object, full_matrices: object = True, compute_uv: object = True) -> ShapeTree:
    """Two matrices and what stands between them, or that alone."""
    shape = matrix("svd", x)
    least = _smaller_side("svd", shape)
    if not isinstance(full_matrices, int) or not isinstance(compute_uv, int):
        raise NotKnown("which matrices svd is to give")
    between = Shape((*shape[:-2], least))
    if not compute_uv:
        return between
    rows, columns = (shape[-2], shape[-1]) if full_matrices else (least, least)
    return (
        Shape((*shape[:-1], rows)),
        between,
        Shape((*shape[:-2], columns, shape[-1])),
    )


@operation("qr")
def qr(x: object, mode: object = "reduced") -> ShapeTree:
    """A matrix of columns at right angles, and a triangle."""
    shape = matrix("qr", x)
    if isinstance(mode, str | int | float | None) and mode not in ("reduced", "complete"):
        raise ShapeConflict(
            f"qr: `mode` is 'reduced' or 'complete', not {mode!r}",
            "`mode` argument value not supported. Expected one of {'reduced', 'complete'}.",
        )
    if not isinstance(mode, str):
        raise NotKnown("`mode` of qr")
    least = _smaller_side("qr", shape)
    if mode == "complete":
        least = shape[-2]
    return (Shape((*shape[:-1], least)), Shape((*shape[:-2], least, shape[-1])))


@operation("lu_factor")
def lu_factor(x: object) -> ShapeTree:
    """Both factors in one matrix, and the order of its rows."""
    shape = matrix("lu_factor", x)
    return (shape, Shape((*shape[:-2], _smaller_side("lu_factor", shape))))


def _smaller_side(name: str, shape: Shape) -> Dim:
    """The lesser of rows and columns, both of which have to be known."""
    rows, columns = shape[-2], shape[-1]
    if isinstance(rows, Open) or isinstance(columns, Open):
        raise ShapeConflict(
            f"{name} must know how many rows and columns a matrix has, and {shape} leaves it open",
            f"Input should have its last 2 dimensions fully-defined. Received: {shape}",
        )
    return lesser(rows, columns)


def lesser(left: Dim, right: Dim) -> Dim:
    """The smaller of two sizes, open if one of them is."""
    if isinstance(left, Open) or isinstance(right, Open):
        return OPEN
    if isinstance(left, int) and isinstance(right, int):
        return min(left, right)
    return left if left == right else UNFIXED


@operation("cdist")
def cdist(x: object, y: object) -> Shape:
    """The distance of every point of one from every point of the other."""
    left, right = matrix("cdist", x), matrix("cdist", y)
    if are_equal(left[-1], right[-1]) is False:
        raise ShapeConflict(
            f"cdist: points of {left[-1]} numbers are no points of {right[-1]}",
            "The last dimension of inputs to `cdist` must match. "
            f"Received shapes: x.shape={left}, y.shape={right}",
        )
    front = broadcast("cdist", Shape(left[:-2]), Shape(right[:-2]))
    return Shape((*front, left[-2], right[-2]))


@operation("diag")
def diag(x: object, k: object = 0) -> Shape:
    """The diagonal of a matrix, or a matrix with this diagonal."""
    shape = tensor("diag", x)
    if shape.rank == 1:
        return _with_diagonal("diag", shape[0], k)
    if shape.rank != 2:
        raise ShapeConflict(
            f"diag takes a vector or a matrix, and {shape} has {shape.rank} axes",
            f"`x` must be 1-D or 2-D, but received shape {shape}.",
        )
    return Shape((_diagonal("diag", shape[0], shape[1], k),))


@operation("diagflat")
def diagflat(x: object, k: object = 0) -> Shape:
    """A matrix with all numbers on its diagonal."""
    shape = tensor("diagflat", x)
    return _with_diagonal("diagflat", total(shape.dims), k)


def _with_diagonal(name: str, size: Dim, shift: object) -> Shape:
    side = size if isinstance(size, Open) else size + abs(_shift(name, shift))
    return Shape((side, side))


def _shift(name: str, value: object) -> int:
    if isinstance(value, float):
        raise NotKnown(f"what {name} makes of {value}")
    return whole_number(name, value, "offset")


def _diagonal(name: str, rows: Dim, columns: Dim, offset: object) -> Dim:
    """How many places a diagonal has, `offset` columns right of the main one.

    Keras looks at the offset only where both sizes are known.
    """
    if isinstance(rows, Open) or isinstance(columns, Open):
        return OPEN
    if not isinstance(rows, int) or not isinstance(columns, int):
        return UNFIXED
    shift = _shift(name, offset)
    left = columns - shift if shift > 0 else rows + shift
    return max(0, min(left, rows, columns))


@operation("diagonal")
def diagonal(x: object, offset: object = 0, axis1: object = 0, axis2: object = 1) -> Shape:
    """The axes of the matrices make way for one that follows all others."""
    shape = tensor("diagonal", x)
    rows, columns = _two_axes("diagonal", shape, axis1, axis2)
    rest = shape.without_axes([rows, columns])
    return Shape((*rest, _diagonal("diagonal", shape[rows], shape[columns], offset)))


@operation("trace")
def trace(x: object, offset: object = 0, axis1: object = 0, axis2: object = 1) -> Shape:
    """The sum of a diagonal."""
    shape = tensor("trace", x)
    return shape.without_axes(_two_axes("trace", shape, axis1, axis2))


def _two_axes(name: str, shape: Shape, axis1: object, axis2: object) -> tuple[int, int]:
    first_axis, second_axis = axis_within(name, axis1, shape), axis_within(name, axis2, shape)
    if first_axis == second_axis:
        raise ShapeConflict(
            f"{name}: a diagonal lies between two axes, and both are {first_axis}",
            f"`axis1` and `axis2` must be different. Received: axis1={axis1}, axis2={axis2}",
        )
    return first_axis, second_axis

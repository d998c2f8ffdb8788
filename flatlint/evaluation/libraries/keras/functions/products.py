"""Products of tensors over axes that the program names: `batch_dot`, `tensordot`."""

from __future__ import annotations

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.iteration import as_tuple
from flatlint.evaluation.libraries.keras.functions.elementwise import lost, paths
from flatlint.evaluation.libraries.keras.operations.borrowing import borrow
from flatlint.evaluation.libraries.keras.operations.recording import operation, refused
from flatlint.evaluation.libraries.keras.operations.tensors import arithmetic
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Tensor
from flatlint.shapes import Dim, Shape, are_equal


@models("tensorflow.tensordot", "tensorflow.linalg.tensordot", "keras.ops.tensordot")
def tensordot(
    run: Interpreter,
    a: Value = None,
    b: Value = None,
    axes: Value = 2,
    x1: Value = None,
    x2: Value = None,
    **_: Value,
) -> Value:
    """The axes of both that are summed over go, the others stay in their order."""
    left, right = (a if a is not None else x1), (b if b is not None else x2)
    return borrow(run, "tensordot", "tensordot", [left, right], {"axes": axes})


@models("keras.backend.batch_dot")
def batch_dot(run: Interpreter, x: Value, y: Value, axes: Value = None) -> Value:
    """One axis of each is summed over for every sample (`batch_dot` in keras/src/backend.py)."""
    left, right = _shape_of(x), _shape_of(y)
    if left is None or right is None or left.rank < 2 or right.rank < 2:
        return lost(run, "batch_dot")
    tensors = [value for value in (x, y) if isinstance(value, Tensor)]
    summed = _summed_axes(run, left, right, axes)
    if summed is None:
        return lost(run, "batch_dot")
    if are_equal(left[summed[0]], right[summed[1]]) is False and tensors:
        return refused(
            run,
            "batch_dot",
            tensors,
            f"batch_dot sums over axis {summed[0]} of {left} and axis {summed[1]} of {right}, "
            f"which have the sizes {left[summed[0]]} and {right[summed[1]]}",
            f"Cannot do batch_dot on inputs with shapes {left} and {right} with axes={summed}.",
        )
    rest: list[Dim] = [size for axis, size in enumerate(left) if axis != summed[0]]
    rest += [size for axis, size in enumerate(right) if axis not in (0, summed[1])]
    # Vectors give a number for each sample, which keeps an axis of its own.
    output = Shape((*rest, 1)) if len(rest) == 1 else Shape(tuple(rest))
    return operation(run, "batch_dot", tensors, output) if tensors else Array(output, "float32")


def _shape_of(value: Value) -> Shape | None:
    shape = value.shape if isinstance(value, Tensor | Array) else None
    return shape if isinstance(shape, Shape) else None


def _summed_axes(
    run: Interpreter, left: Shape, right: Shape, axes: Value
) -> tuple[int, int] | None:
    """The axis of each that is summed over; never the batch."""
    given = as_tuple(run, axes)
    if given is None:
        given = (left.rank - 1, right.rank - 1 if right.rank == 2 else right.rank - 2)
    pair = (given, given) if isinstance(given, int) else given
    if not isinstance(pair, tuple) or len(pair) != 2:
        return None
    first, second = pair
    if not isinstance(first, int) or not isinstance(second, int):
        return None
    found = (first + left.rank * (first < 0), second + right.rank * (second < 0))
    is_inside = 0 < found[0] < left.rank and 0 < found[1] < right.rank
    return found if is_inside else None


@models(*paths("matmul"))
def matmul(
    run: Interpreter,
    a: Value = None,
    b: Value = None,
    transpose_a: Value = False,
    transpose_b: Value = False,
    adjoint_a: Value = False,
    adjoint_b: Value = False,
    x1: Value = None,
    x2: Value = None,
    **_: Value,
) -> Value:
    """The product of the last two axes."""
    left, right = (a if a is not None else x1), (b if b is not None else x2)
    left = _swapped(run, left) if True in (transpose_a, adjoint_a) else left
    right = _swapped(run, right) if True in (transpose_b, adjoint_b) else right
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        return arithmetic(run, "@", left, right, run.here.node)
    return borrow(run, "matmul", "matmul", [left, right])


def _swapped(run: Interpreter, value: Value) -> Value:
    return borrow(run, "transpose", "swapaxes", [value, -1, -2])


@models("keras.backend.dot", "keras.ops.dot", "keras.ops.numpy.dot")
def dot(run: Interpreter, x: Value, y: Value, **_: Value) -> Value:
    """The last axis of `x` against the one before the last of `y`."""
    shapes = [value.shape for value in (x, y) if isinstance(value, Tensor | Array)]
    known = [shape for shape in shapes if isinstance(shape, Shape) and shape.rank > 1]
    if len(known) != 2:
        return lost(run, "dot")
    left, right = known
    tensors = [value for value in (x, y) if isinstance(value, Tensor)]
    output = Shape((*left[:-1], *right[:-2], right[-1]))
    return operation(run, "dot", tensors, output) if tensors else Array(output, "float32")


@models("keras.ops.einsum", "tensorflow.einsum", "keras.ops.numpy.einsum")
def einsum(run: Interpreter, equation: Value, *operands: Value, **_: Value) -> Value:
    """Axes by their letters; an equation without an arrow or with dots is left unknown."""
    if not isinstance(equation, str) or "->" not in equation or "." in equation:
        return lost(run, "einsum")
    terms, _arrow, wanted = equation.replace(" ", "").partition("->")
    sizes: dict[str, Dim] = {}
    for letters, operand in zip(terms.split(","), operands, strict=False):
        shape = operand.shape if isinstance(operand, Tensor | Array) else None
        if not isinstance(shape, Shape) or shape.rank != len(letters):
            return lost(run, "einsum")
        for letter, size in zip(letters, shape, strict=True):
            if not isinstance(sizes.get(letter), int):
                sizes[letter] = size
    if any(letter not in sizes for letter in wanted):
        return lost(run, "einsum")
    tensors = [operand for operand in operands if isinstance(operand, Tensor)]
    output = Shape(tuple(sizes[letter] for letter in wanted))
    return operation(run, "einsum", tensors, output) if tensors else Array(output, "float32")

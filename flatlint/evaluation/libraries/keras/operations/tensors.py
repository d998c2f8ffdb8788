"""Symbolic tensors in expressions: arithmetic, subscripts, attributes."""

from __future__ import annotations

import libcst as cst

from flatlint.catalogue.eras import Era
from flatlint.evaluation.base import (
    Arguments,
    Interpreter,
    attribute,
    indexes,
    method,
    operates,
)
from flatlint.evaluation.iteration import as_tuple
from flatlint.evaluation.libraries.keras.operations.operating import (
    call_operation,
    symbolic_tensors,
)
from flatlint.evaluation.libraries.keras.operations.recording import operation, refused
from flatlint.evaluation.values import Either, Name, Slice, Value, is_one_number, shape_value
from flatlint.graph import Array, Tensor, Unknown, WhyUnknown
from flatlint.shapes import Dim, Shape, broadcast_shapes
from flatlint.shapes.slices import sliced


@operates(Tensor)
def arithmetic(run: Interpreter, sign: str, left: Value, right: Value, node: cst.CSTNode) -> Value:
    """`left sign right` broadcasts, and `@` multiplies matrices; a text takes what `%` puts in."""
    if isinstance(left, str) and sign == "%":
        return run.unknown(WhyUnknown.NOT_MODELLED, "a text with a tensor in it", node)
    left, right = _any_number(left), _any_number(right)
    if run.eras == (Era.KERAS_3,) and (tensors := symbolic_tensors(run, (left, right))):
        return call_operation(run, _NAMES[sign], Arguments((left, right)), tensors)
    tensors = [value for value in (left, right) if isinstance(value, Tensor)]
    is_text = any(tensor.dtype == "string" for tensor in tensors)
    if not is_text and any(value is None or isinstance(value, str) for value in (left, right)):
        message = f"a tensor cannot be taken together with {right if left in tensors else left!r}"
        if sign not in ("==", "!=") and Era.KERAS_1 not in run.eras:
            return refused(run, _NAMES[sign], tensors, message, "Attempt to convert a value")
    shapes = [_shape_in(run, value) for value in (left, right)]
    known = [shape for shape in shapes if isinstance(shape, Shape)]
    if len(known) < 2:
        output = next(shape for shape in shapes if isinstance(shape, Unknown))
        return operation(run, _NAMES.get(sign, "operation"), tensors, output)
    result = _matmul(*known) if sign == "@" else broadcast_shapes(*known)
    name = _NAMES[sign]
    if result is None and sign == "@" and min(shape.rank for shape in known) < 2:
        unknown = run.unknown(WhyUnknown.NOT_MODELLED, f"{known[0]} {sign} {known[1]}", node)
        return operation(run, name, tensors, unknown)
    if result is None or (sign == "@" and _clash_inside(*known)):
        message = f"{known[0]} {sign} {known[1]}: the sizes do not fit"
        return refused(run, name, tensors, message, "Dimensions must be equal")
    return operation(run, name, tensors, result)


def _any_number(value: Value) -> Value:
    """Some number for one that is not known: none changes a shape."""
    return 1 if isinstance(value, Unknown) and is_one_number(value) else value


_NAMES = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "@": "matmul",
          "**": "power", "//": "floor_divide", "%": "mod", "<": "less", "<=": "less_equal",
          ">": "greater", ">=": "greater_equal", "!=": "not_equal", "&": "logical_and",
          "|": "logical_or", "^": "logical_xor", "<<": "left_shift", ">>": "right_shift",
          "==": "equal"}  # fmt: skip
"""Sign -> the function of `keras.ops` that does the same."""


def _shape_in(run: Interpreter, value: Value) -> Shape | Unknown:
    value = as_tuple(run, value)
    match value:
        case Tensor(shape=shape) | Array(shape=shape):
            return shape
        case int() | float():
            return Shape(())
        case tuple() if value and all(isinstance(part, int | float) for part in value):
            return Shape((len(value),))
        case Unknown():
            return value
        case _:
            return Unknown(WhyUnknown.ARGUMENT, "an operand")


def _clash_inside(left: Shape, right: Shape) -> bool:
    """Whether the axes that a product of matrices sums over differ."""
    ours, theirs = left[-1], right[-2]
    return isinstance(ours, int) and isinstance(theirs, int) and ours != theirs


def _matmul(left: Shape, right: Shape) -> Shape | None:
    if left.rank < 2 or right.rank < 2:
        return None
    front = broadcast_shapes(Shape(left[:-2]), Shape(right[:-2]))
    return None if front is None else Shape((*front, left[-2], right[-1]))


NO_INDEX = "Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) are valid indices"


@indexes(Tensor)
def subscript(run: Interpreter, tensor: Tensor, index: Value, node: cst.CSTNode) -> Value:
    """`x[:, 0]`: numbers take an axis away, slices shorten it, `None` adds one."""
    if run.eras == (Era.KERAS_3,) and (tensors := symbolic_tensors(run, (tensor,))):
        return call_operation(run, "get_item", Arguments((tensor, index)), tensors)
    if not isinstance(tensor.shape, Shape):
        return tensor
    parts = tuple(map(_new_axis, index if isinstance(index, tuple) else (index,)))
    if any(isinstance(part, Unknown | Either | Name) for part in parts):
        # It may be `None` and the like: how many axes are taken, is not known.
        unknown = run.unknown(WhyUnknown.NOT_MODELLED, "an unknown index", node)
        return operation(run, "get_item", [tensor], unknown)
    given = sum(1 for part in parts if part is not None and part is not Ellipsis)
    if given > tensor.shape.rank:
        message = f"{given} indices for {tensor.shape} with its {tensor.shape.rank} axes"
        return refused(run, "get_item", [tensor], message, "too many indices")
    dims: list[Dim] = []
    axis = 0
    for part in parts:
        if part is Ellipsis:
            width = tensor.shape.rank - given
            dims += tensor.shape[axis : axis + width]
            axis += width
        elif part is None:
            dims.append(1)
        else:
            if isinstance(part, Slice):
                dims.append(slice_size(tensor.shape[axis], part))
            elif isinstance(part, Tensor | Array):
                unknown = run.unknown(WhyUnknown.NOT_MODELLED, "an index that is a tensor", node)
                return operation(run, "get_item", [tensor], unknown)
            elif isinstance(part, float | str):
                message = f"{part!r} is no index of a tensor"
                return refused(run, "get_item", [tensor], message, NO_INDEX)
            elif _is_beyond(tensor.shape[axis], part):
                message = f"index {part} of axis {axis}, and {tensor.shape} ends before it"
                return refused(
                    run,
                    "get_item",
                    [tensor],
                    message,
                    f"slice index {part} of dimension {axis} out of bounds",
                )
            axis += 1
    return operation(run, "get_item", [tensor], Shape((*dims, *tensor.shape[axis:])))


def _new_axis(part: Value) -> Value:
    """`tf.newaxis` and `K.newaxis` are `None`, as numpy's is."""
    return None if isinstance(part, Name) and part.path.endswith(".newaxis") else part


def _is_beyond(size: Dim, index: Value) -> bool:
    is_number = isinstance(index, int) and not isinstance(index, bool)
    return is_number and isinstance(size, int) and not -size <= index < size  # type: ignore[operator]


def slice_size(size: Dim, part: Slice) -> Dim:
    """How many elements a slice takes of an axis."""
    return sliced(size, slice(part.start, part.stop, part.step))


@attribute(Tensor, "shape", "_keras_shape")
def shape(run: Interpreter, tensor: Tensor) -> Value:
    """The shape as a tuple, `None` for open axes."""
    return shape_value(tensor.shape) if isinstance(tensor.shape, Shape) else tensor.shape


@method(Tensor, "get_shape")
def get_shape(run: Interpreter, tensor: Tensor) -> Value:
    """`x.get_shape()`."""
    return shape(run, tensor)


@method(tuple, "as_list")
def as_list(run: Interpreter, sizes: Value) -> Value:
    """`x.shape.as_list()`."""
    return sizes


@attribute(tuple, "rank", "ndims")
def rank(run: Interpreter, sizes: Value) -> Value:
    """`x.shape.rank`."""
    return len(sizes) if isinstance(sizes, tuple) else None


@attribute(Tensor, "ndim")
def ndim(run: Interpreter, tensor: Tensor) -> Value:
    """The number of axes."""
    return tensor.shape.rank if isinstance(tensor.shape, Shape) else tensor.shape


@attribute(Tensor, "dtype")
def dtype(run: Interpreter, tensor: Tensor) -> Value:
    """The type of the elements."""
    return tensor.dtype or "float32"

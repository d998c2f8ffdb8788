"""Operations that multiply and sum up: matmul, dot, einsum and their kin."""

from __future__ import annotations

from typing import Any

from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations.elementwise import broadcast
from flatlint.catalogue.operations.operands import operand, total
from flatlint.catalogue.operations.registry import operation
from flatlint.shapes import Dim, Open, Shape, are_equal


@operation("matmul")
def matmul(x1: object, x2: object) -> Shape:
    """The last axis of one against the one before the last of the other; vectors are widened.

    Source: `compute_matmul_output_shape` in keras/src/ops/operation_utils.py.
    """
    left, right = operand("matmul", x1), operand("matmul", x2)
    for shape in (left, right):
        if not shape.rank:
            raise ShapeConflict(
                "matmul multiplies matrices, not numbers", "list index out of range"
            )
    wide = Shape((1, *left)) if left.rank == 1 else left
    high = Shape((*right, 1)) if right.rank == 1 else right
    if are_equal(wide[-1], high[-2]) is False:
        raise ShapeConflict(
            f"matmul cannot multiply {left} by {right}: the last axis of the first is {wide[-1]}, "
            f"and {'the only axis' if right.rank == 1 else 'the one before the last'} of the "
            f"second is {high[-2]}",
            "Inner dimensions (`x1.shape[-1]` and `x2.shape[-2]`) must be equal, but received "
            f"`x1.shape={wide}` and `x2.shape={high}`.",
        )
    front = broadcast("matmul", Shape(wide[:-2]), Shape(high[:-2]))
    rows = () if left.rank == 1 else (wide[-2],)
    columns = () if right.rank == 1 else (high[-1],)
    return Shape((*front, *rows, *columns))


@operation("dot")
def dot(x1: object, x2: object) -> Shape:
    """The last axis of `x1` against the one before the last of `x2`, all others kept."""
    left, right = operand("dot", x1), operand("dot", x2)
    if not left.rank or not right.rank:
        return broadcast("dot", left, right)
    if left.rank == right.rank == 1:
        return Shape(())
    place = 0 if right.rank == 1 else -2
    is_same = left[-1] == right[place]
    if place and not is_same:
        is_same = are_equal(left[-1], right[place]) is not False
    elif not is_same and not (isinstance(left[-1], int | Open) and
                              isinstance(right[0], int | Open)):  # fmt: skip
        raise NotKnown("whether the sizes of dot agree")
    if not is_same:
        raise ShapeConflict(
            f"dot: the last axis of {left} is {left[-1]}, and that of {right} it goes with is "
            f"{right[place]}",
            "Shape must match on the last axis of `x1` and second last axis of `x2` when `x1` is "
            f"N-d array while `x2` is M-D, but received `x1.shape={left}` and x2.shape=`{right}`.",
        )
    rest = right[1:] if right.rank == 1 else (*right[:-2], right[-1])
    return Shape((*left[:-1], *rest))


@operation("inner")
def inner(x1: object, x2: object) -> Shape:
    """The last axes against one another."""
    left, right = operand("inner", x1), operand("inner", x2)
    if not left.rank or not right.rank:
        return left if left.rank else right
    if are_equal(left[-1], right[-1]) is False:
        raise ShapeConflict(
            f"inner: the last axes of {left} and {right} differ",
            "`inner` requires the last dimension of `x1` and `x2` to match.",
        )
    return Shape((*left[:-1], *right[:-1]))


@operation("outer")
def outer(x1: object, x2: object) -> Shape:
    """Every number of one with every number of the other."""
    return Shape((total(operand("outer", x1).dims), total(operand("outer", x2).dims)))


@operation("vdot")
def vdot(x1: object, x2: object) -> Shape:
    """One number."""
    return Shape(())


@operation("tensordot")
def tensordot(x1: object, x2: object, axes: object = 2) -> Shape:
    """The last axes of one against the first of the other, or those that are named."""
    left, right = operand("tensordot", x1), operand("tensordot", x2)
    if isinstance(axes, int):
        if axes <= 0:
            return Shape((*left, *right))
        return Shape((*left[: -axes or None], *right[axes:]))
    if not isinstance(axes, list | tuple) or len(axes) != 2:
        raise NotKnown("the axes of tensordot")
    named = [list(part) if isinstance(part, list | tuple) else [part] for part in axes]
    for part, shape in zip(named, (left, right), strict=True):
        if not all(isinstance(a, int) and -shape.rank <= a < shape.rank for a in part):
            raise NotKnown("the axes of tensordot")
    if any(isinstance(part, int) for part in axes):
        raise ShapeConflict(
            "tensordot: `axes` is a number or two lists of axes", "'int' object is not iterable"
        )
    pairs = [(left[a], right[b]) for a, b in zip(*named, strict=False)]
    if len(named[0]) != len(named[1]) or any(are_equal(a, b) is False for a, b in pairs):
        raise ShapeConflict(
            f"tensordot: the axes {named[0]} of {left} and {named[1]} of {right} do not agree",
            "Shape mismatch on `x1[axes[0]]` and `x2[axes[1]]`",
        )
    kept = [
        shape.without_axes([axis % shape.rank for axis in part])
        for part, shape in zip(named, (left, right), strict=True)
    ]
    return Shape((*kept[0], *kept[1]))


@operation("einsum")
def einsum(subscripts: object, *operands: object, **_: Any) -> Shape:
    """Axes by their letters; three dots stand for the axes that have none."""
    if not isinstance(subscripts, str):
        raise NotKnown("the letters of einsum")
    terms, arrow, wanted = subscripts.partition("->")
    inputs = terms.split(",")
    if len(inputs) != len(operands):
        raise ShapeConflict(
            f"einsum: {subscripts!r} is for {len(inputs)} tensors, and gets {len(operands)}",
            f"Number of operands ({len(operands)}) does not match the number of input specs "
            f"({len(inputs)}) in `einsum`",
        )
    if " " in subscripts:
        raise NotKnown("spaces between the letters of einsum")
    if not arrow:
        once = sorted({letter for letter in terms if letter.isalpha() and terms.count(letter) == 1})
        wanted = "..." + "".join(once)
    sizes: dict[str, Dim] = {}
    dots = Shape(())
    for term, given in zip(inputs, operands, strict=True):
        more = _read_term(term, operand("einsum", given), wanted, sizes)
        dots = broadcast("einsum", dots, more) if "..." in wanted else dots
    return _arranged(wanted, sizes, dots)


def _read_term(term: str, shape: Shape, wanted: str, sizes: dict[str, Dim]) -> Shape:
    """Note the sizes of the letters that come out; gives the axes that the dots stand for.

    Letters that are summed over are not compared: Keras looks at what comes out alone.
    """
    front, has_dots, back = term.partition("...")
    letters = len(front) + len(back)
    if shape.rank < letters or (not has_dots and shape.rank != letters):
        raise ShapeConflict(
            f"einsum: {term!r} names {letters} axes, and {shape} has {shape.rank}",
            "Number of dimensions in the subscript does not match the number of dimensions in the "
            f"operand, received subscript `{term}` and operand of shape {shape}.",
        )
    end = shape.rank - len(back)
    named = [*zip(front, shape[: len(front)], strict=True), *zip(back, shape[end:], strict=True)]
    for letter, size in named:
        if letter in wanted:
            (sizes[letter],) = broadcast("einsum", Shape((sizes.get(letter, 1),)), Shape((size,)))
    return Shape(shape[len(front) : end])


def _arranged(wanted: str, sizes: dict[str, Dim], dots: Shape) -> Shape:
    front, has_dots, back = wanted.partition("...")
    if any(letter not in sizes for letter in front + back):
        raise NotKnown("a letter of einsum that no tensor has")
    middle = dots if has_dots else Shape(())
    return Shape((*(sizes[a] for a in front), *middle, *(sizes[b] for b in back)))

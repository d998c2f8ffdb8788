"""`x[…]` of a symbolic tensor of Keras 3: integers, slices, `None` and `...` in a tuple."""

from __future__ import annotations

from typing import NoReturn

from flatlint.catalogue.arguments import UnknownArgument, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations.operands import tensor
from flatlint.catalogue.operations.registry import operation
from flatlint.shapes import UNFIXED, Dim, Open, Shape
from flatlint.shapes.slices import sliced


@operation("get_item")
def get_item(x: object, key: object) -> Shape:
    """What a subscript leaves of a tensor.

    Source: `GetItem.compute_output_spec` in keras/src/ops/numpy.py.
    """
    shape = tensor("x[…]", x)
    parts = _parts(key)
    if ... not in parts:
        parts.append(...)
    if parts.count(...) > 1:
        raise ShapeConflict(
            "`...` can stand once in a subscript", "Slice should only have one ellipsis."
        )
    wanted = sum(part is not None and part is not ... for part in parts)
    if wanted > shape.rank:
        raise ShapeConflict(
            f"{wanted} indices for the {shape.rank} axes of {shape}",
            f"Array has shape {shape} but slice has to many indices.",
        )
    dims: list[Dim] = []
    axis = 0
    for part in parts:
        if part is ...:
            dims += shape[axis : axis + shape.rank - wanted]
            axis += shape.rank - wanted
        elif part is None:
            dims.append(1)
        else:
            dims += _taken(part, axis, shape)
            axis += 1
    return Shape(tuple(dims))


def _parts(key: object) -> list[object]:
    """The entries of a subscript; a slice alone is none of what Keras 3 takes."""
    if isinstance(key, UnknownArgument):
        raise NotKnown(key.reason, key.origin)
    if isinstance(key, tuple | list):
        return list(key)
    if not isinstance(key, int) and not is_symbolic(key):
        _refuse(key)
    return [key]


def _refuse(key: object) -> NoReturn:
    if isinstance(key, slice):
        hint = ": a slice of the first axis alone is `x[a:b, ...]`"
        shown = f"a slice {_written(key)}"
    else:
        hint = ""
        shown = "a tensor" if isinstance(key, Shape) else repr(key)
    raise ShapeConflict(
        f"a symbolic tensor takes integers and slices in a tuple as its subscript, not {shown}"
        f"{hint}",
        f"Unsupported key type for array slice. Received: `{key}`",
    )


def _written(part: slice) -> str:
    bounds = ["" if bound is None else str(bound) for bound in (part.start, part.stop)]
    step = "" if part.step is None else f":{part.step}"
    return f"[{':'.join(bounds)}{step}]"


def _taken(part: object, axis: int, shape: Shape) -> list[Dim]:
    """What one entry leaves of its axis."""
    size = shape[axis]
    if isinstance(part, UnknownArgument):
        raise NotKnown(part.reason, part.origin)
    if is_symbolic(part):
        return []
    if isinstance(part, slice):
        return [_sliced(part, size)]
    if not isinstance(part, int):
        _refuse(part)
    if isinstance(size, int) and not -size <= part < size:
        raise ShapeConflict(
            f"index {part} lies outside of axis {axis} of {shape}, which has {size} places",
            f"Array has shape {shape} but out-of-bounds index {part} was requested.",
        )
    return []


def _sliced(part: slice, size: Dim) -> Dim:
    """How many places a slice takes; of an open axis the size stays open."""
    if isinstance(size, Open):
        return size
    bounds = (part.start, part.stop, part.step)
    if any(is_symbolic(bound) for bound in bounds):
        return UNFIXED
    if not all(isinstance(bound, int | None) for bound in bounds):
        raise ShapeConflict(
            f"the bounds of a slice are whole numbers: {_written(part)}",
            "slice indices must be integers or None or have an __index__ method",
        )
    if part.step == 0:
        raise ShapeConflict("a slice cannot go in steps of 0", "slice step cannot be zero")
    return sliced(size, part)

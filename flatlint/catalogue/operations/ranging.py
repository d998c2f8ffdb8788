"""Operations that spread numbers out: ranges, grids, powers, products of all pairs."""

from __future__ import annotations

from typing import Any

from flatlint.catalogue.arguments import UnknownArgument, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations.elementwise import broadcast
from flatlint.catalogue.operations.lines import line
from flatlint.catalogue.operations.operands import (
    axis_within,
    operand,
    python_integer,
    stated_shape,
    tensor,
    total,
    vector,
)
from flatlint.catalogue.operations.registry import Operation, operation, register_all
from flatlint.catalogue.spec import ShapeTree
from flatlint.shapes import Dim, Open, Shape


def _range(name: str) -> Operation:
    def shape(
        start: object,
        stop: object,
        num: object = 50,
        *_: object,
        retstep: object = False,
        dtype: object = None,
        axis: object = 0,
        **__: Any,
    ) -> Shape:
        """A new axis with `num` numbers from one tensor to the other."""
        if retstep is not False or dtype is not None:
            raise NotKnown(f"what {name} is to give")
        # Of a list for the other end Keras sees neither the sizes nor the dtype.
        end = Shape(()) if isinstance(stop, list | tuple) else operand(name, stop)
        ends = broadcast(name, operand(name, start), end)
        place = axis_within(name, axis, Shape((1, *ends)))
        return stated_shape(name, (*ends[:place], num, *ends[place:]))

    return shape


register_all(("linspace", "logspace", "geomspace"), _range)


line("full", lambda shape, _: shape, shape=stated_shape, fill_value=operand)


@operation("meshgrid")
def meshgrid(*x: object, indexing: object = "xy") -> ShapeTree:
    """A grid with an axis for each tensor, as many times as there are tensors."""
    if isinstance(indexing, UnknownArgument):
        raise NotKnown(indexing.reason, indexing.origin)
    if indexing not in ("xy", "ij"):
        raise ShapeConflict(
            f"meshgrid: `indexing` is 'xy' or 'ij', not {indexing!r}",
            "Valid values for `indexing` are 'xy' and 'ij'",
        )
    sizes = [total(tensor("meshgrid", part).dims) for part in x]
    if indexing == "xy":
        if len(sizes) < 2:
            raise ShapeConflict("meshgrid of one tensor", "list index out of range")
        sizes[:2] = sizes[1::-1]
    return [Shape(tuple(sizes))] * len(sizes)


@operation("vander")
def vander(x: object, N: object = None, increasing: object = False) -> Shape:  # noqa: N803
    """The powers of each number."""
    shape = vector("vander", x)
    if isinstance(increasing, int | float | str | None) and not isinstance(increasing, bool):
        raise ShapeConflict(
            f"vander: `increasing` is True or False, not {increasing!r}",
            "Argument `increasing` must be of type `bool`.",
        )
    if N is None:
        return Shape((shape[0], shape[0]))
    count = N if is_symbolic(N) else python_integer("vander", N, "N")
    return stated_shape("vander", (shape[0], count))


@operation("kron")
def kron(x1: object, x2: object) -> Shape:
    """The sizes multiplied; Keras pairs them from the front and drops what is left over."""
    left, right = operand("kron", x1), operand("kron", x2)
    return Shape(tuple(a * b for a, b in zip(left, right, strict=False)))


@operation("correlate")
def correlate(x1: object, x2: object, mode: object = "valid") -> Shape:
    """One signal moved along the other, both of known length."""
    left, right = vector("correlate", x1)[0], vector("correlate", x2)[0]
    if isinstance(mode, UnknownArgument):
        raise NotKnown(mode.reason, mode.origin)
    if mode not in ("valid", "same", "full"):
        raise ShapeConflict(
            f"correlate: `mode` is 'valid', 'same' or 'full', not {mode!r}",
            "`mode` must be either `valid`, `same`, or `full`",
        )
    if isinstance(left, Open) or isinstance(right, Open):
        raise ShapeConflict(
            f"correlate must know the lengths of both signals, {left} and {right}",
            "'>=' not supported between instances of 'NoneType' and 'int'",
        )
    if not isinstance(left, int) or not isinstance(right, int):
        raise NotKnown("the lengths of the signals")
    lengths: dict[object, Dim] = {
        "valid": abs(left - right) + 1, "same": max(left, right), "full": left + right - 1,
    }  # fmt: skip
    return stated_shape("correlate", (lengths[mode],))


@operation("cross")
def cross(
    x1: object,
    x2: object,
    axisa: object = -1,
    axisb: object = -1,
    axisc: object = -1,
    axis: object = None,
) -> Shape:
    """Vectors of 2 or 3 numbers; two of 2 make a number."""
    if axis is not None:
        axisa = axisb = axisc = axis
    left, right = tensor("cross", x1), tensor("cross", x2)
    places = (axis_within("cross", axisa, left), axis_within("cross", axisb, right))
    sizes = (left[places[0]], right[places[1]])
    for size in sizes:
        if isinstance(size, int) and size not in (2, 3):
            raise ShapeConflict(
                f"cross takes vectors of 2 or 3 numbers, not of {size}",
                f"dim must be either 2 or 3, but received: {size}",
            )
    rest = [shape.without_axes([place]) for shape, place in zip((left, right), places, strict=True)]
    met = broadcast("cross", *rest)
    if 3 not in sizes and not all(isinstance(size, int | Open) for size in sizes):
        raise NotKnown("whether the vectors have 2 or 3 numbers")
    made = (3,) if 3 in sizes else ()
    place = axis_within("cross", axisc, Shape((*made, *met)))
    return Shape((*met[:place], *made, *met[place:]))

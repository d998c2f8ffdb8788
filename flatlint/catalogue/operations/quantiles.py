"""Operations that give fewer numbers than they take: quantiles, differences, halves."""

from __future__ import annotations

from flatlint.catalogue.arguments import UnknownArgument, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations.lines import anything, line, number
from flatlint.catalogue.operations.operands import axis_within, tensor, whole_number
from flatlint.catalogue.operations.reducing import reduced
from flatlint.catalogue.operations.registry import Operation, operation, register_all
from flatlint.shapes import Dim, Open, Shape

line("allclose", number, x1=anything, x2=anything)
line("size", number, x=tensor)
line("ndim", lambda shape: Shape((shape.rank,)), x=tensor)


def _quantile(name: str) -> Operation:
    def shape(
        x: object,
        q: object,
        axis: object = None,
        method: object = "linear",
        keepdims: object = False,
    ) -> Shape:
        """A new axis in front for a list of quantiles."""
        rest = reduced(name, tensor(name, x), axis, keepdims)
        return Shape((*_asked_for(name, q), *rest))

    return shape


def _asked_for(name: str, quantiles: object) -> tuple[Dim, ...]:
    """Of a tensor Keras takes the first axis; of a short list, quantile takes none."""
    if isinstance(quantiles, UnknownArgument):
        raise NotKnown(quantiles.reason, quantiles.origin)
    if isinstance(quantiles, Shape):
        return quantiles[:1]
    if not isinstance(quantiles, list | tuple):
        return ()
    count = len(quantiles)
    return (count,) if count > 1 or name.endswith("percentile") else ()


register_all(("quantile", "percentile", "nanquantile", "nanpercentile"), _quantile)


@operation("trapezoid")
def trapezoid(y: object, x: object = None, dx: object = 1.0, axis: object = -1) -> Shape:
    """Without the axis, which Keras counts on in a circle."""
    shape = tensor("trapezoid", y)
    if is_symbolic(axis):
        raise NotKnown("the axis of trapezoid")
    if axis is None or not shape.rank:
        return shape
    return shape.without_axes([whole_number("trapezoid", axis, "axis") % shape.rank])


@operation("diff")
def diff(a: object, n: object = 1, axis: object = -1) -> Shape:
    """A number less for each time that neighbours are subtracted."""
    shape = tensor("diff", a)
    place = axis_within("diff", axis, shape)
    size = shape[place]
    if isinstance(size, Open):
        return shape
    less = size - whole_number("diff", n, "n")
    return shape.with_axis(place, max(less, 0) if isinstance(less, int) else less)


@operation("glu")
def glu(x: object, axis: object = -1) -> Shape:
    """Half of the axis opens and shuts for the other half."""
    shape = tensor("glu", x)
    place = axis_within("glu", axis, shape)
    size = shape[place]
    if isinstance(size, int) and size % 2:
        raise ShapeConflict(
            f"glu cuts axis {place} in two, and {shape} has {size} there",
            f"axis size must be divisible by 2. Received: x.shape={shape} with axis={axis}",
        )
    return shape.with_axis(place, size // 2)

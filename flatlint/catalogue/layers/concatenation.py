"""Concatenate: tensors one behind the other along an axis; all other axes must agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NoReturn

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import UnknownArgument, is_symbolic, refuse
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.differing import remainder_remark
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.merging import MergingLayer
from flatlint.shapes import OPEN, Dim, Expression, Open, Shape


def _axis(value: object, info: ValidationInfo) -> int | UnknownArgument:
    """A position among the axes; neither era checks it before the layer is called."""
    if isinstance(value, UnknownArgument):
        return value
    if is_symbolic(value):
        return UnknownArgument("the axis of Concatenate is not fixed")
    if not isinstance(value, int):
        refuse(info, "an integer", value, "list indices must be integers or slices")
    return int(value)


class Concatenate(MergingLayer):
    """Tensors joined along `axis`.

    Source: `Concatenate` of keras/src/layers/merging/concatenate.py, which reports the sizes of the
    first input for the other axes, and of tf_keras/src/layers/merging/concatenate.py, where an axis
    that one input leaves open takes the size that another one gives.

    [(None, 3), (None, 4)]             -> Concatenate()       -> (None, 7)
    [(None, 3, 4), (None, 2, 4)]       -> Concatenate(axis=1) -> (None, 5, 4)
    [(None, 3, 4), (None, 2, 4)]       -> Concatenate()       -> conflict: axis 1
    [(None, 3, 4), (None, 4)]          -> Concatenate()       -> conflict: rank
    """

    axis: Annotated[int | UnknownArgument, PlainValidator(_axis)] = -1

    def merge(self, shapes: Sequence[Shape]) -> Shape:
        """The first shape, with the sizes of all along the axis added up."""
        if len({shape.rank for shape in shapes}) > 1:
            return self._of_unequal_ranks(shapes)
        if isinstance(self.axis, UnknownArgument):
            raise NotKnown(self.axis.reason)
        axis = self._counted_from_start(shapes)
        if axis is None:
            return shapes[0]
        sizes = [
            self._joined(shapes) if position == axis else self._shared(position, shapes)
            for position in range(shapes[0].rank)
        ]
        return Shape(tuple(sizes))

    def _of_unequal_ranks(self, shapes: Sequence[Shape]) -> Shape:
        """Refused, but for a gap in Keras 3.

        It takes the axis out of the shapes that have it, compares the rest, and adds up the sizes
        only as long as none is open: `(None, 4, None)` and `(None, 4)` pass with `axis=2`.
        """
        first, axis = shapes[0], self.axis
        if isinstance(axis, UnknownArgument) or self.era < Era.KERAS_3 or axis < 0:
            self._refuse("tensors of the same rank", shapes)
        rests = [shape.without_axes([axis]) for shape in shapes]
        is_open = axis < first.rank and isinstance(first[axis], Open)
        if not is_open or len({rest.rank for rest in rests}) > 1:
            self._refuse("tensors of the same rank", shapes)
        for position in range(rests[0].rank):
            if len({rest[position] for rest in rests if isinstance(rest[position], int)}) > 1:
                self._refuse("tensors of the same rank", shapes)
        return first

    def _counted_from_start(self, shapes: Sequence[Shape]) -> int | None:
        """Where the axis is; `None` where Keras 3 never looks: beyond the end of one tensor."""
        rank, axis = shapes[0].rank, self.axis
        assert isinstance(axis, int)
        if -rank <= axis < rank:
            return axis % rank
        if self.era is Era.KERAS_3 and len(shapes) == 1 and axis >= rank:
            return None
        raise ShapeConflict(
            f"Concatenate(axis={axis}) has no such axis in {shapes[0]}",
            "list index out of range",
        )

    def _joined(self, shapes: Sequence[Shape]) -> Dim:
        assert isinstance(self.axis, int)
        total: Dim = 0
        for shape in shapes:
            total = total + shape[self.axis]
        return total

    def _shared(self, position: int, shapes: Sequence[Shape]) -> Dim:
        """The size of an axis that is not joined."""
        sizes = [shape[position] for shape in shapes]
        numbers = list(dict.fromkeys(size for size in sizes if isinstance(size, int)))
        if len(numbers) > 1:
            remark = remainder_remark(numbers[0], numbers[1])
            self._refuse(
                f"equal sizes on every axis but {self.axis}; axis {position} is "
                f"{' and '.join(map(str, numbers))}{remark}",
                shapes,
            )
        if self.era is Era.KERAS_3:
            return sizes[0]
        if numbers:
            return numbers[0]
        symbols = [size for size in sizes if isinstance(size, Expression)]
        if symbols:
            return symbols[0]
        return next((size for size in sizes if not isinstance(size, Open)), OPEN)

    def _refuse(self, wanted: str, shapes: Sequence[Shape]) -> NoReturn:
        listing = ", ".join(map(str, shapes))
        raise ShapeConflict(
            f"Concatenate needs {wanted}: it gets {listing}",
            "A `Concatenate` layer requires inputs with matching shapes except for the "
            f"concatenation axis. Received: input_shape=[{listing}]",
        )

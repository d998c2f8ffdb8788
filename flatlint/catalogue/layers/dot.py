"""Dot: the products of two tensors summed over one axis of each, sample by sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import Anything, UnknownArgument, is_symbolic, refuse
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.merging import MergingLayer
from flatlint.catalogue.numpy_integers import is_python_integer
from flatlint.shapes import Dim, Open, Shape


def _axes(value: object, info: ValidationInfo) -> int | tuple[int, int] | UnknownArgument:
    """One axis for both tensors, or one for each; judged when the layer is made."""
    if isinstance(value, UnknownArgument):
        return value
    if is_python_integer(value):
        return int(value)
    if is_symbolic(value):
        return UnknownArgument("the axes of Dot are not fixed")
    if not isinstance(value, list | tuple):
        refuse(
            info,
            "an integer or two integers",
            value,
            f"Invalid type for argument `axes`: it should be a list or an int. Received: {value!r}",
        )
    if len(value) == 2 and any(is_symbolic(axis) for axis in value):
        return UnknownArgument("the axes of Dot are not fixed")
    if len(value) != 2 or not all(isinstance(axis, int) for axis in value):
        refuse(
            info,
            "an integer or two integers",
            value,
            "Invalid format for argument `axes`: it should contain two elements, which should be "
            f"integers. Received: axes={value!r}",
        )
    return int(value[0]), int(value[1])


class Dot(MergingLayer):
    """The dot product along `axes`; `normalize` makes it the cosine and changes no shape.

    Source: `Dot.build` of keras/src/layers/merging/dot.py (tf_keras has the same), then
    `compute_output_shape` in Keras 3 and `batch_dot` of tf_keras/src/backend.py in Keras 2.

    [(None, 6), (None, 6)]       -> Dot(axes=1)      -> (None, 1)
    [(None, 6, 2), (None, 6, 3)] -> Dot(axes=1)      -> (None, 2, 3)
    [(None, 6, 2), (None, 2, 6)] -> Dot(axes=(1, 2)) -> (None, 2, 2)
    [(None, 6), (None, 5)]       -> Dot(axes=1)      -> conflict: 6
    """

    input_count: ClassVar[int | None] = 2

    axes: Annotated[int | tuple[int, int] | UnknownArgument, PlainValidator(_axes)]
    normalize: Anything = False

    def merge(self, shapes: Sequence[Shape]) -> Shape:
        """What is left of both shapes without their summed axes and the second batch axis."""
        if len(shapes) < 2:
            return shapes[0]  # the other one is unknown, and then so is the result
        left, right = shapes
        first, second = self._positions(left, right)
        self._require_equal(left, right, first, second)
        if self.era is Era.KERAS_3:
            return self._as_computed(left, right, first, second)
        self._require_samples(left, right, first, second)
        rest = left.without_axes([0, first])[:] + right.without_axes([0, second])[:]
        return Shape((_batch(left[0], right[0]), *(rest or (1,))))

    def _positions(self, left: Shape, right: Shape) -> tuple[int, int]:
        """Both axes counted from 0; a single negative one wraps around any number of times."""
        if isinstance(self.axes, UnknownArgument):
            raise NotKnown(self.axes.reason)
        if isinstance(self.axes, int):
            if self.axes < 0:
                return self.axes % left.rank, self.axes % right.rank
            axes = (self.axes, self.axes)
        else:
            axes = self.axes
        for axis, shape in zip(axes, (left, right), strict=True):
            if not -shape.rank <= axis < shape.rank:
                raise ShapeConflict(
                    f"Dot(axes={self.axes}) has no axis {axis} in {shape}",
                    "tuple index out of range",
                )
        return axes[0] % left.rank, axes[1] % right.rank

    def _require_equal(self, left: Shape, right: Shape, first: int, second: int) -> None:
        one, other = left[first], right[second]
        decided = all(isinstance(size, int | Open) for size in (one, other))
        if decided and one != other:
            raise ShapeConflict(
                f"Dot sums over axis {first} of {left}, which is {one}, and axis {second} of "
                f"{right}, which is {other}: they must be equal",
                f"Incompatible input shapes: axis values {one} (at axis {first}) != {other} "
                f"(at axis {second}). Full input shapes: {left}, {right}",
            )

    def _require_samples(self, left: Shape, right: Shape, first: int, second: int) -> None:
        """What `batch_dot` of Keras 2 checks when the layer runs."""
        if min(left.rank, right.rank) < 2:
            raise ShapeConflict(
                f"Dot takes tensors of rank 2 or more and gets {left} and {right}",
                "Cannot do batch_dot on inputs with rank < 2. Received inputs with shapes "
                f"{left} and {right}.",
            )
        if isinstance(left[0], int) and isinstance(right[0], int) and left[0] != right[0]:
            raise ShapeConflict(
                f"Dot gets tensors of different batch sizes: {left} and {right}",
                "Cannot do batch_dot on inputs with different batch sizes. Received inputs with "
                f"shapes {left} and {right}.",
            )
        if 0 in (first, second):
            raise ShapeConflict(
                "Dot cannot sum over axis 0, which is the batch axis",
                "Cannot perform batch_dot over axis 0. If your inputs are not batched, add a "
                "dummy batch dimension to your inputs",
            )

    def _as_computed(self, left: Shape, right: Shape, first: int, second: int) -> Shape:
        """Keras 3 never runs the layer on symbolic tensors: it only pops axes from the shapes."""
        rest = list(right.without_axes([second]))
        if not rest:
            raise ShapeConflict(
                f"Dot takes tensors of rank 2 or more and gets {left} and {right}",
                "pop from empty list",
            )
        dims = (*left.without_axes([first]), *rest[1:])
        return Shape(dims if len(dims) != 1 else (*dims, 1))


def _batch(left: Dim, right: Dim) -> Dim:
    return right if isinstance(left, Open) or isinstance(right, int) else left

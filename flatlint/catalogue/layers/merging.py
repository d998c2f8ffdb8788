"""Merging element by element: Add, Subtract, Multiply, Average, Maximum, Minimum."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any, ClassVar

from flatlint.catalogue.arguments import NoTensor, UnknownArgument
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.differing import differing_axes
from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import OPEN, Dim, Open, Shape, broadcast_dims

FLOATS = ("float", "bfloat")
"""How the names of dtypes begin that layers of Keras 2 cast to their own."""


class MergingLayer(LayerSpec):
    """A layer that is called on a list of tensors and makes one of them."""

    merges: ClassVar[bool] = True
    input_count: ClassVar[int | None] = None
    """How many tensors it takes; any number from one on if `None`."""

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Keras 2 merges tensors as they are, and TensorFlow wants them of one dtype."""
        # A layer casts whatever floats it gets to its own, and nothing else.
        kinds = ["floats" if dtype.startswith(FLOATS) else dtype for dtype in dtypes if dtype]
        known = list(dict.fromkeys(kinds))
        if len(known) > 1 and self.era < Era.KERAS_3:
            raise ShapeConflict(
                f"{self.keras_name} merges tensors of different dtypes: {' and '.join(known)}",
                f"Input 'y' of Op has type {known[1]} that does not match type {known[0]} of "
                "argument 'x'.",
            )

    def call(self, inputs: ShapeTree, *others: Any, **_: Any) -> ShapeTree:
        """The shape of the merged tensor.

        Shapes that do not fit together are refused even where another input is unknown.
        """
        if others:
            raise ShapeConflict(
                f"{self.keras_name} takes its tensors in one list, not as several arguments",
                "call() takes 2 positional arguments but more were given "
                "(too many positional arguments)",
            )
        shapes = self.listed(inputs)
        known = [shape for shape in shapes if isinstance(shape, Shape)]
        for one in known:
            self.require_least_rank(one, 1)
        merged = self.merge(known) if known else ()
        for shape in shapes:
            if isinstance(shape, UnknownArgument):
                raise NotKnown(shape.reason)
        return merged

    def call_weights(self, inputs: ShapeTree, *_: Any, **__: Any) -> tuple[Weight, ...]:
        """Merging has no weights."""
        return ()

    @abstractmethod
    def merge(self, shapes: Sequence[Shape]) -> Shape:
        """The shape that `shapes`, one or more, make together."""

    def listed(self, inputs: ShapeTree) -> list[Shape | UnknownArgument]:
        """The inputs as a list; anything else is refused, as both eras do."""
        if isinstance(inputs, UnknownArgument):
            raise NotKnown(inputs.reason)
        if isinstance(inputs, Shape | Mapping):
            what = f"one tensor {inputs}" if isinstance(inputs, Shape) else "a dict"
            raise ShapeConflict(
                f"{self.keras_name} takes a list of tensors and gets {what}",
                f"A merge layer should be called on a list of inputs. Received: {inputs} "
                "(not a list of tensors)",
            )
        if not inputs:
            raise ShapeConflict(
                f"{self.keras_name} takes a list of tensors and gets an empty one",
                "A merge layer should be called on a list of at least 1 input. Got 0 inputs.",
            )
        if self.input_count not in (None, len(inputs)):
            raise ShapeConflict(
                f"{self.keras_name} takes exactly {self.input_count} tensors and gets "
                f"{len(inputs)}",
                f"A `{self.keras_name}` layer should be called on exactly {self.input_count} "
                "inputs.",
            )
        for item in inputs:
            if isinstance(item, NoTensor):
                raise ShapeConflict(
                    f"{self.keras_name} takes tensors alone, and {item.reason}",
                    "Only input tensors may be passed as positional arguments.",
                )
        if not all(isinstance(shape, Shape | UnknownArgument) for shape in inputs):
            raise NotKnown(f"{self.keras_name} is called on a nested list")
        return list(inputs)  # type: ignore[arg-type]  # checked by the line before


class ElementwiseMerge(MergingLayer):
    """Tensors of shapes that broadcast, combined element by element.

    Lower ranks get axes of size 1 behind the batch axis. Source: `_Merge.build` and `call` of
    tf_keras/src/layers/merging/base_merge.py; `Merge.compute_output_shape` of
    keras/src/layers/merging/base_merge.py, which leaves an axis open where one input does.
    """

    def merge(self, shapes: Sequence[Shape]) -> Shape:
        """`shapes` broadcast, the batch axes apart."""
        batch = self._batch(shapes)
        inner = reduce(self._meet, [shape[1:] for shape in shapes])
        return Shape((batch, *inner))

    def _batch(self, shapes: Sequence[Shape]) -> Dim:
        sizes = {shape[0]: None for shape in shapes if not isinstance(shape[0], Open)}
        fixed = [size for size in sizes if isinstance(size, int)]
        if len(fixed) > 1:
            raise ShapeConflict(
                f"{self.keras_name} merges tensors of different batch sizes "
                f"({', '.join(map(str, fixed))})",
                "Cannot merge tensors with different batch sizes. Received tensors with shapes "
                f"{_listing(shapes)}",
            )
        return fixed[0] if fixed else next(iter(sizes), OPEN)

    def _meet(self, left: tuple[Dim, ...], right: tuple[Dim, ...]) -> tuple[Dim, ...]:
        if len(left) < len(right):
            left, right = right, left
        leading = len(left) - len(right)
        met = [self._meet_axis(a, b) for a, b in zip(left[leading:], right, strict=True)]
        if None in met:
            self._refuse(left, right)
        return left[:leading] + tuple(size for size in met if size is not None)

    def _meet_axis(self, left: Dim, right: Dim) -> Dim | None:
        if self.era is Era.KERAS_3 and (isinstance(left, Open) or isinstance(right, Open)):
            return OPEN
        return broadcast_dims(left, right)

    def _refuse(self, left: tuple[Dim, ...], right: tuple[Dim, ...]) -> None:
        raise ShapeConflict(
            f"{self.keras_name} cannot meet {Shape(left)} with {Shape(right)} (batch axis left "
            f"out): {differing_axes(left, right)}",
            f"Inputs have incompatible shapes. Received shapes {Shape(left)} and {Shape(right)}",
        )


def _listing(shapes: Sequence[Shape]) -> str:
    return f"[{', '.join(map(str, shapes))}]"


class Add(ElementwiseMerge):
    """The sum of tensors.

    [(None, 3), (None, 3)]          -> Add() -> (None, 3)
    [(None, 4, 3), (None, 3)]       -> Add() -> (None, 4, 3)
    [(None, 25, 8), (None, 24, 8)]  -> Add() -> conflict: multiple of 2
    (None, 3)                       -> Add() -> conflict: a list
    """


class Subtract(ElementwiseMerge):
    """The difference of two tensors.

    [(None, 3), (None, 3)]            -> Subtract() -> (None, 3)
    [(None, 3), (None, 1)]            -> Subtract() -> (None, 3)
    [(None, 3), (None, 3), (None, 3)] -> Subtract() -> conflict: exactly 2
    """

    input_count: ClassVar[int | None] = 2


class Multiply(ElementwiseMerge):
    """The product of tensors, element by element.

    [(None, 4, 3), (None, 1, 3)] -> Multiply() -> (None, 4, 3)
    [(None, 4, 3), (None, 4)]    -> Multiply() -> conflict: axis -1 is 3 and 4
    """


class Average(ElementwiseMerge):
    """The mean of tensors.

    [(None, 3), (None, 3), (None, 3)] -> Average() -> (None, 3)
    [(None, 3), (None, 5)]            -> Average() -> conflict: axis -1 is 3 and 5
    """


class Maximum(ElementwiseMerge):
    """The largest of each element.

    [(None, 3), (None, 3)] -> Maximum() -> (None, 3)
    [(5, 3), (4, 3)]       -> Maximum() -> conflict: batch sizes
    """


class Minimum(ElementwiseMerge):
    """The smallest of each element.

    [(None, 3), (None, 3)] -> Minimum() -> (None, 3)
    [(None, 3), (None, 2)] -> Minimum() -> conflict: axis -1 is 3 and 2
    """

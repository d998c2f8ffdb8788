"""Cropping1D, 2D, 3D: space with its margins cut off."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from pydantic import Field, ValidationInfo, field_validator

from flatlint.catalogue.arguments import dialect_of
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.margins import Margin, margins, pair
from flatlint.catalogue.layers.spatial import SpatialLayer
from flatlint.shapes import Dim, Shape


class Cropping(SpatialLayer):
    """Space without `cropping`; where nothing would be left, Keras refuses.

    Sources: cropping1d.py to cropping3d.py of keras/src/layers/reshaping and of tf_keras, where
    `Cropping3D` alone does not look whether anything is left and a negative number for all axes
    is a Python slice.
    """

    keras_2_leaves_nothing: ClassVar[bool] = False

    cropping: Any = Field(default=1, validate_default=True)

    @field_validator("cropping", mode="plain")
    @classmethod
    def _margins(cls, value: object, info: ValidationInfo) -> tuple[Margin, ...]:
        if cls.axes == 1:
            return (pair(value, info),)
        least = 0 if dialect_of(info).era is Era.KERAS_3 else None
        return margins(value, cls.axes, info, least)

    def output_shape(self, inputs: Shape) -> Shape:
        """Each spatial axis without its margins, the same channels."""
        self.require_rank(inputs, self.axes + 2)
        space = [self._cut(inputs, index) for index in range(self.axes)]
        return self.arrange(inputs, space, self.channels(inputs))

    def _cut(self, inputs: Shape, index: int) -> Dim:
        size, (first, last) = self.space(inputs)[index], self.cropping[index]
        if isinstance(first, float) or isinstance(last, float):
            if isinstance(size, int) or self.era < Era.KERAS_3:
                self._refuse_fraction()
            return size
        left: Dim = size - first - last
        if not isinstance(left, int) or not isinstance(size, int):
            return left
        if left <= 0 and not (self.keras_2_leaves_nothing and self.era < Era.KERAS_3):
            self._refuse_nothing_left(inputs, index)
        return len(range(size)[first : -last if last else None])

    def _refuse_nothing_left(self, inputs: Shape, index: int) -> NoReturn:
        first, last = self.cropping[index]
        raise ShapeConflict(
            f"{self.keras_name} cuts {first} and {last} off {self.axis_named(inputs, index)} of "
            f"{inputs}: nothing is left of {self.space(inputs)[index]}; "
            f"{first + last + 1} or more would fit",
            "Values in `cropping` argument should be smaller than the corresponding spatial "
            "dimension of the input.",
        )

    def _refuse_fraction(self) -> NoReturn:
        raise ShapeConflict(
            f"{self.keras_name}: `cropping` must be made of integers, not {self.cropping}",
            "Cannot convert to a shape. Found invalid dimension of type 'float'; Only integers, "
            "slices (`:`), ellipsis are valid indices",
        )


class Cropping1D(Cropping):
    """A sequence without its first and last steps.

    (None, 5, 3) -> Cropping1D()       -> (None, 3, 3)
    (None, 5, 3) -> Cropping1D((1, 3)) -> (None, 1, 3)
    (None, 5, 3) -> Cropping1D((2, 3)) -> conflict: 6 or more
    """

    axes: ClassVar[int] = 1
    input_rank: ClassVar[int | None] = 3


class Cropping2D(Cropping):
    """An image without its margins.

    (None, 9, None, 3) -> Cropping2D(((1, 2), (0, 1))) -> (None, 6, None, 3)
    (None, 9, 9, 3)    -> Cropping2D((1, 2))           -> (None, 7, 5, 3)
    (None, 9, 4, 3)    -> Cropping2D(2)                -> conflict: axis 2 (width)
    """

    axes: ClassVar[int] = 2
    input_rank: ClassVar[int | None] = 4

    cropping: Any = Field(default=0, validate_default=True)


class Cropping3D(Cropping):
    """A volume without its margins.

    (None, 5, 6, 7, 3)         -> Cropping3D()                -> (None, 3, 4, 5, 3)
    (None, 8, 8, 8, 2)         -> Cropping3D(((1, 2), 2, 3))  -> (None, 5, 4, 2, 2)
    keras3: (None, 8, 8, 8, 2) -> Cropping3D(4)               -> conflict: nothing is left
    keras2: (None, 8, 8, 8, 2) -> Cropping3D(4)               -> (None, 0, 0, 0, 2)
    """

    axes: ClassVar[int] = 3
    input_rank: ClassVar[int | None] = 5
    keras_2_leaves_nothing: ClassVar[bool] = True

"""ZeroPadding1D, 2D, 3D: space with margins of zeros added."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from pydantic import Field, ValidationInfo, field_validator

from flatlint.catalogue.arguments import dialect_of
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.margins import Margin, margins, pair
from flatlint.catalogue.layers.spatial import SpatialLayer
from flatlint.shapes import Dim, Shape

_SIDES = ("top_pad", "bottom_pad", "left_pad", "right_pad")


class ZeroPadding(SpatialLayer):
    """Space with `padding` around it.

    Sources: zero_padding1d.py to zero_padding3d.py of keras/src/layers/reshaping and of tf_keras.
    A negative number for all axes cuts off in Keras 3 and is refused at the call in Keras 2.
    """

    padding: Any = Field(default=1, validate_default=True)

    @field_validator("padding", mode="plain")
    @classmethod
    def _margins(cls, value: object, info: ValidationInfo) -> tuple[Margin, ...]:
        if cls.axes == 1:
            return (pair(value, info),)
        if cls.axes == 2 and dialect_of(info).era is Era.KERAS_1:
            value = _by_side(value)
        return margins(value, cls.axes, info, None)

    def output_shape(self, inputs: Shape) -> Shape:
        """Each spatial axis with its margins, the same channels."""
        self.require_rank(inputs, self.axes + 2)
        space = [self._widened(inputs, index) for index in range(self.axes)]
        return self.arrange(inputs, space, self.channels(inputs))

    def _widened(self, inputs: Shape, index: int) -> Dim:
        size, (first, last) = self.space(inputs)[index], self.padding[index]
        if isinstance(first, float) or isinstance(last, float):
            if isinstance(size, int) or self.era < Era.KERAS_3:
                self._refuse("must be made of integers", "Found invalid dimension of type 'float'")
            return size
        if self.era < Era.KERAS_3 and isinstance(first, int) and first < 0:
            self._refuse("must not be negative", "Paddings must be non-negative")
        after: Dim = size + first + last
        if isinstance(after, int) and after < 0:
            self._refuse(
                f"cuts more off {self.axis_named(inputs, index)} of {inputs} than there is",
                "Cannot convert to a shape. Negative dimensions are not allowed.",
            )
        return after

    def _refuse(self, why: str, keras: str) -> NoReturn:
        raise ShapeConflict(f"{self.keras_name}: `padding={self.padding}` {why}", keras)


def _by_side(value: object) -> object:
    """Keras 1 took a margin for each side (`ZeroPadding2D` of keras/layers/convolutional.py)."""
    if isinstance(value, dict) and value.keys() <= set(_SIDES):
        value = tuple(value.get(side, 0) for side in _SIDES)
    match value:
        case (top, bottom, left, right):
            return ((top, bottom), (left, right))
        case _:
            return value


class ZeroPadding1D(ZeroPadding):
    """A sequence with steps of zeros before and after it; Keras 2 knows no data format here.

    (None, 5, 3)         -> ZeroPadding1D((1, 2))                               -> (None, 8, 3)
    keras3: (None, 3, 5) -> ZeroPadding1D((1, 2), data_format="channels_first") -> (None, 3, 8)
    (None, 5, 3)         -> ZeroPadding1D((1, 2, 3))                            -> conflict: pair
    """

    axes: ClassVar[int] = 1
    input_rank: ClassVar[int | None] = 3
    is_always_channels_last: ClassVar[bool] = True


class ZeroPadding2D(ZeroPadding):
    """An image with a margin of zeros.

    (None, 5, None, 3)      -> ZeroPadding2D(((1, 2), (0, 3))) -> (None, 8, None, 3)
    (None, 5, 5)            -> ZeroPadding2D(1)                -> conflict: rank 4
    keras3: (None, 5, 5, 3) -> ZeroPadding2D(-1)               -> (None, 3, 3, 3)
    keras2: (None, 5, 5, 3) -> ZeroPadding2D(-1)               -> conflict: negative
    keras1: (None, 5, 5, 3) -> ZeroPadding2D((1, 2, 3, 4))     -> (None, 8, 12, 3)
    """

    axes: ClassVar[int] = 2
    input_rank: ClassVar[int | None] = 4


class ZeroPadding3D(ZeroPadding):
    """A volume with a margin of zeros.

    (None, 5, 5, 5, 3) -> ZeroPadding3D((1, 2, 3)) -> (None, 7, 9, 11, 3)
    (None, 5, 5, 5, 3) -> ZeroPadding3D((1, 2))    -> conflict: tuple of 3
    """

    axes: ClassVar[int] = 3
    input_rank: ClassVar[int | None] = 5

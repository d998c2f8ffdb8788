"""UpSampling1D, 2D, 3D: every position of space repeated."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, NoReturn

from pydantic import Field, PlainValidator, ValidationInfo, field_validator

from flatlint.catalogue.arguments import (
    UnknownArgument,
    as_size,
    dialect_of,
    is_integer,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.spatial import SpatialLayer
from flatlint.catalogue.numpy_integers import NumpyInteger
from flatlint.catalogue.spec import LayerSpec
from flatlint.shapes import OPEN, Dim, Open, Shape

KERAS_2_INTERPOLATIONS = (
    "nearest",
    "bilinear",
    "bicubic",
    "area",
    "lanczos3",
    "lanczos5",
    "gaussian",
    "mitchellcubic",
)


def step_factor(value: object, info: ValidationInfo) -> Dim:
    """How often each step is repeated; Keras 2 casts with `int` and checks nothing."""
    if is_symbolic(value):
        return as_size(value)
    if dialect_of(info).era is Era.KERAS_3:
        if not is_integer(value, info, (3, 15)) or isinstance(value, bool):
            keras = f"Expected an integer value for `size`, got {type(value)}."
            refuse(info, "a positive integer", value, keras)
        if value <= 0:
            keras = f"Argument `size` should be a positive integer. Received: size={value}"
            refuse(info, "a positive integer", value, keras)
        return int(value)
    try:
        return int(value)  # type: ignore[call-overload, no-any-return]
    except (TypeError, ValueError, OverflowError) as error:
        return refuse(info, "a positive integer", value, str(error))


class UpSampling1D(LayerSpec):
    """A sequence with each step repeated.

    Sources: keras/src/layers/reshaping/up_sampling1d.py and its namesake in tf_keras.

    (None, 5, 3)          -> UpSampling1D()    -> (None, 10, 3)
    (None, 5, 3)          -> UpSampling1D(0)   -> conflict: positive
    keras2: (None, 10, 3) -> UpSampling1D(2.5) -> (None, 20, 3)
    keras3: (None, 10, 3) -> UpSampling1D(2.5) -> conflict: positive integer
    """

    input_rank: ClassVar[int | None] = 3

    size: Annotated[Dim, PlainValidator(step_factor)] = 2

    def output_shape(self, inputs: Shape) -> Shape:
        """`size` times as many steps."""
        self.require_rank(inputs, 3)
        return inputs.with_axis(1, repeated(self, inputs, 1, self.size))


def repeated(layer: LayerSpec, inputs: Shape, axis: int, factor: Dim) -> Dim:
    """The size of `axis` with each position repeated; Keras 2 splits it, and needs a position."""
    size = inputs[axis]
    if layer.era is Era.KERAS_3 or not isinstance(size, int):
        return size * factor
    if size == 0 or (isinstance(factor, int) and factor <= 0):
        raise ShapeConflict(
            f"{layer.keras_name} repeats the {size} positions of axis {axis} of {inputs} "
            f"{factor} times: both numbers must be positive",
            "Attr 'num_split' of 'Split' Op must be at least minimum 1; List argument "
            "'indices' to 'SparseConcat' Op must have at least length 1",
        )
    return size * factor


class UpSampling(SpatialLayer):
    """Images or volumes with each position repeated along every spatial axis."""

    size: Any = Field(default=2, validate_default=True)

    @field_validator("size", mode="plain")
    @classmethod
    def _factors(cls, value: Any, info: ValidationInfo) -> tuple[Dim | float, ...]:
        factors = list(value) if isinstance(value, list | tuple) else [value] * cls.axes
        is_whole = isinstance(value, list | tuple | int) or is_symbolic(value)
        is_whole = is_whole and not isinstance(value, NumpyInteger)
        are_fitting = all(
            is_symbolic(factor) or (isinstance(factor, int | float) and factor > 0)
            for factor in factors
        )
        if len(factors) != cls.axes or not is_whole or not are_fitting:
            keras = f"The `size` argument must be a tuple of {cls.axes} integers."
            wanted = f"a positive integer or a tuple of {cls.axes}"
            refuse(info, wanted, value, f"{keras} Received size={value}")
        return tuple(f if isinstance(f, float) else as_size(f) for f in factors)

    def refuse_fraction(self) -> NoReturn:
        """Refuse a factor that is a float, where a size comes of it."""
        raise ShapeConflict(
            f"{self.keras_name}: `size={self.size}` must be made of integers",
            "Cannot convert to a shape. Found invalid dimension of type 'float'",
        )


class UpSampling2D(UpSampling):
    """Images enlarged.

    Keras 2 leaves both axes open where one is, and rounds floats in `size` down. Sources:
    keras/src/layers/reshaping/up_sampling2d.py; `resize_images` of tf_keras/src/backend.py.

    (None, 5, 6, 3)            -> UpSampling2D()       -> (None, 10, 12, 3)
    (None, 5, 6, 3)            -> UpSampling2D((1, 3)) -> (None, 5, 18, 3)
    (None, 5, 6, 3)            -> UpSampling2D((2,))   -> conflict: tuple of 2
    keras3: (None, 5, None, 3) -> UpSampling2D()       -> (None, 10, None, 3)
    keras2: (None, 5, None, 3) -> UpSampling2D()       -> (None, None, None, 3)
    """

    axes: ClassVar[int] = 2
    input_rank: ClassVar[int | None] = 4

    interpolation: Any = "nearest"

    @field_validator("interpolation", mode="plain")
    @classmethod
    def _method(cls, value: object, info: ValidationInfo) -> object:
        if isinstance(value, UnknownArgument):
            return value
        if not isinstance(value, str):
            keras = f"{type(value).__name__!r} object has no attribute 'lower'"
            refuse(info, "a string", value, keras)
        # Keras 3 finds out that it does not know a method when data comes.
        if dialect_of(info).era < Era.KERAS_3 and value.lower() not in KERAS_2_INTERPOLATIONS:
            refuse(
                info,
                f"one of {', '.join(map(repr, KERAS_2_INTERPOLATIONS))}",
                value,
                f"Value not recognized for `interpolation`: {value}.",
            )
        return value.lower()

    def output_shape(self, inputs: Shape) -> Shape:
        """`size` times the height and width."""
        self.require_rank(inputs, 4)
        space = self.space(inputs)
        if self.era < Era.KERAS_3 and any(isinstance(size, Open) for size in space):
            return self.arrange(inputs, (OPEN, OPEN), self.channels(inputs))
        enlarged = [self._enlarged(*pair) for pair in zip(space, self.size, strict=True)]
        return self.arrange(inputs, enlarged, self.channels(inputs))

    def _enlarged(self, size: Dim, factor: Dim | float) -> Dim:
        if isinstance(factor, float):
            if self.era < Era.KERAS_3:
                return size * int(factor)
            if isinstance(size, int):
                self.refuse_fraction()
            return size
        return size * factor


class UpSampling3D(UpSampling):
    """Volumes enlarged; Keras 2 forgets to look at the rank and repeats three axes of whatever.

    Sources: keras/src/layers/reshaping/up_sampling3d.py; tf_keras/src/layers/reshaping/
    up_sampling3d.py, which sets its `input_spec` before the base class clears it.

    (None, 5, 6, 7, 3)      -> UpSampling3D()          -> (None, 10, 12, 14, 3)
    (None, 5, None, 7, 3)   -> UpSampling3D((1, 2, 3)) -> (None, 5, None, 21, 3)
    keras3: (None, 6, 7, 1) -> UpSampling3D()          -> conflict: rank 5
    keras2: (None, 6, 7, 1) -> UpSampling3D()          -> (None, 12, 14, 2)
    """

    axes: ClassVar[int] = 3
    input_rank: ClassVar[int | None] = 5

    def output_shape(self, inputs: Shape) -> Shape:
        """`size` times the depth, height and width."""
        if self.era is Era.KERAS_3:
            self.require_rank(inputs, 5)
        first = 2 if self.has_channels_first else 1
        self.require_least_rank(inputs, first + 3)
        dims = list(inputs)
        for axis, factor in enumerate(self.size, start=first):
            if isinstance(factor, float):
                if isinstance(inputs[axis], int):
                    self.refuse_fraction()
            else:
                dims[axis] = repeated(self, inputs, axis, factor)
        return Shape(tuple(dims))

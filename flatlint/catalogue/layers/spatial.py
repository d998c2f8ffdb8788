"""Layers over space: where space and channels stand in a tensor, and windows that move over it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, TypeAlias

from pydantic import Field, PlainValidator, ValidationInfo, model_validator

from flatlint.catalogue.arguments import (
    DataFormat,
    UnknownArgument,
    as_size,
    dialect_of,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import OpenSize, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.numpy_integers import NumpyInteger
from flatlint.catalogue.spec import LayerSpec
from flatlint.shapes import UNFIXED, Dim, Open, Shape, join_dims
from flatlint.shapes.windows import dilated, strided

AXIS_NAMES = {1: ("steps",), 2: ("height", "width"), 3: ("depth", "height", "width")}

Sizes: TypeAlias = Annotated[tuple[Dim, ...], PlainValidator(lambda value: value)]
"""One size per spatial axis; the class that has the field knows how many those are."""

Padding: TypeAlias = Annotated[str | None, PlainValidator(lambda value: value)]
"""`valid`, `same` or `causal`; `None` where the source does not say which."""


class SpatialLayer(LayerSpec):
    """A layer over a batch of signals, images or volumes, whose channels stand first or last."""

    axes: ClassVar[int]
    """How many spatial axes there are."""

    is_always_channels_last: ClassVar[bool] = False
    """Whether Keras 2 ignores the configured data format where none is given."""

    data_format: DataFormat = Field(default=None, validate_default=True)

    @model_validator(mode="before")
    @classmethod
    def _default_data_format(cls, given: Any, info: ValidationInfo) -> Any:
        if cls.is_always_channels_last and dialect_of(info).era < Era.KERAS_3:
            return {"data_format": "channels_last", **given}
        return given

    @property
    def has_channels_first(self) -> bool:
        """Whether the channels stand before space; raises `NotKnown` if that is not fixed."""
        return self.data_format == "channels_first"

    @property
    def channel_axis(self) -> int:
        """The axis of the channels, counted from the end: Keras 2 may see more batch axes."""
        return -1 - self.axes if self.has_channels_first else -1

    def channels(self, inputs: Shape) -> Dim:
        """The number of channels."""
        return inputs[self.channel_axis]

    def space(self, inputs: Shape) -> tuple[Dim, ...]:
        """The sizes of the spatial axes."""
        if self.has_channels_first:
            return inputs[inputs.rank - self.axes :]
        return inputs[inputs.rank - self.axes - 1 : inputs.rank - 1]

    def arrange(self, inputs: Shape, space: Sequence[Dim], channels: Dim) -> Shape:
        """A shape with the batch axes of `inputs`, and other space and channels."""
        batch = inputs[: inputs.rank - self.axes - 1]
        if self.has_channels_first:
            return Shape((*batch, channels, *space))
        return Shape((*batch, *space, channels))

    def axis_named(self, inputs: Shape, index: int) -> str:
        """How messages call a spatial axis: `axis 1 (height)`."""
        first = inputs.rank - self.axes - (0 if self.has_channels_first else 1)
        return f"axis {first + index} ({AXIS_NAMES[self.axes][index]})"

    def require_channels(self, inputs: Shape) -> None:
        """Refuse an input that leaves the number of channels open."""
        if isinstance(self.channels(inputs), Open):
            raise OpenSize(
                f"{self.keras_name} makes its kernel for a number of channels, and {inputs} "
                f"leaves axis {inputs.rank + self.channel_axis} open: give the number of channels",
                "unsupported operand type(s) for %: 'NoneType' and 'int'"
                if self.era is Era.KERAS_3
                else "The channel dimension of the inputs should be defined. The input_shape "
                f"received is {inputs}",
            )

    def windowed(
        self,
        inputs: Shape,
        window: Sequence[Dim],
        strides: Sequence[Dim],
        padding: object,
        dilation: Sequence[Dim] | None = None,
        least: int = 1,
    ) -> tuple[Dim, ...]:
        """The spatial sizes after a window has moved over `inputs`.

        A padding that is no word is not known. Raises `ShapeConflict` where the window fits fewer
        than `least` times along an axis and the padding does not make room for it.
        """
        dilation = dilation or (1,) * self.axes
        is_valid = isinstance(padding, str) and padding == "valid"
        sizes = []
        for index, size in enumerate(self.space(inputs)):
            steps = (window[index], strides[index], dilation[index])
            after = _places(size, padding, *steps)
            if isinstance(after, int) and after < least and is_valid:
                self._refuse_window(inputs, index, *steps)
            sizes.append(after)
        return tuple(sizes)

    def _refuse_window(
        self, inputs: Shape, index: int, window: Dim, stride: Dim, dilation: Dim
    ) -> None:
        size, covered = self.space(inputs)[index], dilated(window, dilation)
        width = f"a window of {window}" + (
            f" dilated by {dilation} covers {covered}" if dilation != 1 else ""
        )
        keras = "Computed output size would be zero or negative."
        if self.era < Era.KERAS_3:
            keras = (
                "One of the dimensions in the output is <= 0 due to downsampling; "
                f"Negative dimension size caused by subtracting {covered} from {size}"
            )
        raise ShapeConflict(
            f"{self.keras_name}: {self.axis_named(inputs, index)} of {inputs} has size {size}, and "
            f"{width} (stride {stride}) does not fit: a size of {covered} or more would, or "
            "padding='same'",
            keras,
        )


def _places(size: Dim, padding: object, window: Dim, stride: Dim, dilation: Dim) -> Dim:
    if not isinstance(padding, str):
        return join_dims(
            strided(size, window, stride, "valid", dilation),
            strided(size, window, stride, "same", dilation),
        )
    return strided(size, window, stride, padding, dilation)


def whole_sizes(
    value: object, axes: int, info: ValidationInfo, least: int = 1, takes_floats: bool = False
) -> tuple[Dim, ...]:
    """One size per axis, from a number for all or from a tuple of that length.

    A tuple may hold floats where `takes_floats`: Keras 3 never looks at their type. Sources:
    `standardize_tuple` of keras/src/utils/argument_validation.py, `normalize_tuple` of
    tf_keras/src/utils/conv_utils.py.
    """
    if isinstance(value, UnknownArgument):
        return (UNFIXED,) * axes
    sizes = list(value) if isinstance(value, list | tuple) else [value] * axes
    wanted = f"an integer or a tuple of {axes} integers"
    if isinstance(value, str | float | NumpyInteger) or len(sizes) != axes:
        _refuse_sizes(info, wanted, value, axes)
    for index, size in enumerate(sizes):
        if isinstance(size, float) and takes_floats:
            sizes[index] = int(size) if size.is_integer() else UNFIXED
        elif not is_symbolic(size) and not isinstance(size, int):
            _refuse_sizes(info, wanted, value, axes)
        if isinstance(size, int | float) and size < least:
            _refuse_sizes(info, f"{wanted}, {least} or more", value, axes)
    return tuple(as_size(size) for size in sizes)


def _refuse_sizes(info: ValidationInfo, wanted: str, value: object, axes: int) -> None:
    keras = f"The `{info.field_name}` argument must be a tuple of {axes} integers."
    refuse(info, wanted, value, f"{keras} Received {info.field_name}={value}")

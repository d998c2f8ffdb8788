"""Layers that hand on what they get: Identity, Layer, Masking, ActivityRegularization."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import Anything, dialect_of, refuse
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.input_dtypes import require_floats, require_numbers
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Shape, broadcast_shapes


class Identity(LayerSpec):
    """Nothing at all, for any nest of tensors.

    (None, 5)              -> Identity() -> (None, 5)
    [(None, 5), (None, 6)] -> Identity() -> [(None, 5), (None, 6)]
    (None, 5)              -> Identity(banana=1) -> conflict: banana
    """

    def call(self, inputs: ShapeTree, **_: Any) -> ShapeTree:
        """What came in."""
        return inputs

    def call_weights(self, inputs: ShapeTree, **_: Any) -> Iterable[Weight]:
        """None, whatever came in."""
        return ()


class Layer(LayerSpec):
    """The base class of all layers, used by itself: Keras 2 hands on what it gets.

    keras2: (None, 5) -> Layer() -> (None, 5)
    keras3: (None, 5) -> Layer() -> conflict: no `call`
    """

    def call(self, inputs: ShapeTree, **_: Any) -> ShapeTree:
        """What came in; Keras 3 has nothing to call."""
        if self.era is Era.KERAS_3:
            raise ShapeConflict(
                "Layer is a base class and has no `call` of its own",
                "Layer Layer does not have a `call()` method implemented.",
            )
        return inputs

    def call_weights(self, inputs: ShapeTree, **_: Any) -> Iterable[Weight]:
        """None."""
        return ()


class Masking(LayerSpec):
    """Marks the steps of a sequence whose every value is `mask_value` as missing.

    (None, 10, 8)   -> Masking()                -> (None, 10, 8)
    (None, None, 8) -> Masking(mask_value=-1.0) -> (None, None, 8)
    (None, 10, 8)   -> Masking(value=0)         -> conflict: value
    """

    mask_value: Anything = 0.0

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Numbers in Keras 2, which compares them with the value in its own kind."""
        if isinstance(self.mask_value, float):
            require_floats(self.keras_name, self.era, dtypes)
        require_numbers(self.keras_name, self.era, dtypes)

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The shape that came in; Keras 2 compares the input with the value right away."""
        if self.era < Era.KERAS_3:
            self._require_comparable(inputs)
        return inputs

    def _require_comparable(self, inputs: Shape) -> None:
        if self.mask_value is None or isinstance(self.mask_value, str):
            raise ShapeConflict(
                f"Masking compares numbers, and its `mask_value` is {self.mask_value!r}",
                f"Expected float32, but got {self.mask_value!r}",
            )
        if isinstance(self.mask_value, list | tuple):
            values = Shape.of(len(self.mask_value))
            if broadcast_shapes(inputs, values) is None:
                raise ShapeConflict(
                    f"Masking has {values[0]} values to compare with the last axis of {inputs}",
                    f"Dimensions must be equal, but are {inputs[-1]} and {values[0]}",
                )


def penalty(value: object, info: ValidationInfo) -> object:
    """The weight of a cost: a number, in Keras 3 not a negative one.

    Source: `validate_float_arg` in keras/src/regularizers/regularizers.py.
    """
    if isinstance(value, str) or (
        dialect_of(info).era is Era.KERAS_3 and isinstance(value, int | float) and value < 0
    ):
        refuse(
            info,
            "a number, 0 or more",
            value,
            f"Invalid value for argument {info.field_name}: expected a non-negative float. "
            f"Received: {info.field_name}={value}",
        )
    return value


Penalty: TypeAlias = Annotated[object, PlainValidator(penalty)]


class ActivityRegularization(LayerSpec):
    """Adds a cost for large outputs to the loss of the model.

    (None, 5) -> ActivityRegularization(l1=0.01) -> (None, 5)
    (None, 5) -> ActivityRegularization(0, 0.1)  -> (None, 5)
    (None, 5) -> ActivityRegularization(l3=1)    -> conflict: l3
    """

    l1: Penalty = 0.0
    l2: Penalty = 0.0

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Floating-point numbers in Keras 2."""
        require_floats(self.keras_name, self.era, dtypes)

"""Reshape: the same values of each sample under other axes."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import ValidationInfo, field_validator

from flatlint.catalogue.arguments import (
    UnknownArgument,
    as_size,
    dialect_of,
    if_unread,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import LayerSpec
from flatlint.shapes import OPEN, Dim, Open, Shape, are_equal, product


class Reshape(LayerSpec):
    """The batch axis stays, the others become `target_shape`; -1 stands for what is left.

    Keras compares the number of values only where all sizes are known. In Keras 3 `None` leaves an
    axis open and anything that is not an integer does too. Sources: `compute_reshape_output_shape`
    of keras/src/ops/operation_utils.py, tf_keras/src/layers/reshaping/reshape.py.

    (None, 12)      -> Reshape((3, -1))   -> (None, 3, 4)
    (None, None, 4) -> Reshape((-1, 7))   -> (None, None, 7)
    (None, 13)      -> Reshape((3, -1))   -> conflict: multiple of 3
    (None, 13)      -> Reshape((3, 4))    -> conflict: 12 values
    keras3: (None, 6) -> Reshape((None, 3)) -> (None, None, 3)
    keras2: (None, 6) -> Reshape((None, 3)) -> conflict: None
    """

    hides_rank: ClassVar[bool] = True

    target_shape: Any

    @field_validator("target_shape", mode="plain")
    @classmethod
    def _target(cls, value: object, info: ValidationInfo) -> object:
        if (unread := if_unread(value)) is not None:
            return unread
        if not isinstance(value, list | tuple | str):
            keras = f"{type(value).__name__!r} object is not iterable"
            refuse(info, "a tuple of integers", value, keras)
        newest = dialect_of(info).era is Era.KERAS_3
        for size in value:
            if not newest and not isinstance(size, int) and not is_symbolic(size):
                refuse(info, "a tuple of integers", value, f"Expected int32, but got {size!r}")
            if newest and isinstance(size, int) and size < -1:
                refuse(
                    info,
                    "a tuple of integers that are -1 or more",
                    value,
                    "Each dimension in `target_shape` must be a non-negative integer, or `-1`",
                )
        target = tuple(as_size(s) if isinstance(s, int) or is_symbolic(s) else OPEN for s in value)
        if newest and target.count(-1) > 1:
            cls._refuse_unknowns(Shape(target), dialect_of(info).layer)
        return target

    def output_shape(self, inputs: Shape) -> Shape:
        """The batch axis of `inputs` and the target, its -1 worked out where it can be."""
        if isinstance(self.target_shape, UnknownArgument):
            raise NotKnown(self.target_shape.reason)
        self.require_least_rank(inputs, 1)
        target: tuple[Dim, ...] = self.target_shape
        if any(isinstance(size, Open) for size in (*inputs[1:], *target)):
            if self.era < Era.KERAS_3:
                self._require_divisible(inputs, target)
            return Shape((inputs[0], *map(self._left_open, target)))
        return Shape((inputs[0], *self._filled(inputs, target)))

    def _left_open(self, size: Dim) -> Dim:
        if isinstance(size, int) and size < -1:
            raise ShapeConflict(
                f"{self.keras_name}: {size} in `target_shape` is no size",
                f"Dimension {size} must be >= 0",
            )
        return OPEN if size == -1 else size

    def _require_divisible(self, inputs: Shape, target: tuple[Dim, ...]) -> None:
        """Refuse what TensorFlow, below Keras 2, finds out about the one open axis of an input."""
        fixed = [size for size in inputs[1:] if isinstance(size, int)]
        if not isinstance(inputs[0], int) or len(fixed) != inputs.rank - 2:
            return
        batch, known, wanted = inputs[0], product(fixed), product(target)
        if -1 in target or not isinstance(wanted, int) or not isinstance(known, int):
            return
        if batch * known > 0 and wanted % known:
            raise ShapeConflict(
                f"{self.keras_name}: {inputs} with its open axis filled has a multiple of {known} "
                f"values, and {Shape(target)} takes {wanted} values",
                f"Dimension size must be evenly divisible by {batch * known} but is "
                f"{batch * wanted}",
            )

    def _filled(self, inputs: Shape, target: tuple[Dim, ...]) -> tuple[Dim, ...]:
        unknown = [axis for axis, size in enumerate(target) if isinstance(size, int) and size < 0]
        if len(unknown) > 1:
            self._refuse_unknowns(Shape(target), self.keras_name)
        given = product(inputs[1:])
        known = product(size for axis, size in enumerate(target) if axis not in unknown)
        if not unknown:
            if are_equal(given, known) is False:
                self._refuse_count(inputs, given, known)
            return target
        if known == 0 or (isinstance(given, int) and isinstance(known, int) and given % known):
            self._refuse_remainder(inputs, given, known)
        (axis,) = unknown
        return (*target[:axis], given // known, *target[axis + 1 :])

    def _refuse_count(self, inputs: Shape, given: Dim, known: Dim) -> None:
        raise ShapeConflict(
            f"{self.keras_name}: a sample of {inputs} has {given} values, and "
            f"{Shape(self.target_shape)} takes {known} values{self._fitting(given)}",
            self._keras_size_message(inputs),
        )

    def _fitting(self, given: Dim) -> str:
        """A target that would do: the same one with another size on one of its axes."""
        target: tuple[Dim, ...] = self.target_shape
        if not isinstance(given, int):
            return ""
        for axis in reversed(range(len(target))):
            others = product((*target[:axis], *target[axis + 1 :]))
            if isinstance(others, int) and others > 0 and given % others == 0:
                fit = Shape((*target[:axis], given // others, *target[axis + 1 :]))
                return f": {fit} would fit"
        return ""

    def _refuse_remainder(self, inputs: Shape, given: Dim, known: Dim) -> None:
        wanted = f"a multiple of {known} would fit" if known != 0 else "-1 beside a 0 never fits"
        raise ShapeConflict(
            f"{self.keras_name}: a sample of {inputs} has {given} values, which "
            f"{Shape(self.target_shape)} cannot hold: {wanted}",
            self._keras_size_message(inputs),
        )

    def _keras_size_message(self, inputs: Shape) -> str:
        shapes = f"{Shape(inputs[1:])}, target_shape={Shape(self.target_shape)}"
        if self.era is Era.KERAS_3:
            return f"The total size of the tensor must be unchanged. Received: input_shape={shapes}"
        return f"total size of new array must be unchanged, input_shape = {shapes}"

    @staticmethod
    def _refuse_unknowns(target: Shape, layer: str) -> None:
        raise ShapeConflict(
            f"{layer}: `target_shape={target}` leaves more than one size to be worked out: "
            "at most one may be -1",
            "There must be at most one unknown dimension (-1) in `target_shape`. "
            f"Received: target_shape={target}.",
        )

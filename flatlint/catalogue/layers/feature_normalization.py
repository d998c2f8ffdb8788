"""Normalization: values shifted and scaled by the mean and variance of the data seen before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, ValidationInfo, model_validator

from flatlint.catalogue.arguments import Anything, UnknownArgument, is_symbolic, refuse
from flatlint.catalogue.axes import from_front, numbers_of, require_sizes, require_within
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Dim, Shape, are_equal, broadcast_shapes


def kept_axes(value: object, info: ValidationInfo) -> object:
    """The axes that have statistics of their own; `None` for none."""
    if isinstance(value, float):
        refuse(info, "an axis, several, or None", value, "'float' object is not iterable")
    return value


KeptAxes: TypeAlias = Annotated[object, PlainValidator(kept_axes)]


class Normalization(LayerSpec):
    """Mean 0 and variance 1 along the kept axes, by statistics that `adapt` collects.

    (None, 8, 9, 3) -> Normalization()                        -> (None, 8, 9, 3)
    (None, 3)       -> Normalization(mean=1.0, variance=2.0)  -> (None, 3)
    (None, None)    -> Normalization()                        -> conflict: leaves it open
    (None, 3)       -> Normalization(axis=2)                  -> conflict: axis 2
    (None, 3)       -> Normalization(mean=1.0)                -> conflict: both
    """

    axis: KeptAxes = -1
    mean: Anything = None
    variance: Anything = None
    invert: Anything = False

    @model_validator(mode="after")
    def _require_both(self) -> Normalization:
        """Refuse a mean without a variance; Keras 3 looks at their shapes too."""
        if (self.mean is None) is not (self.variance is None):
            raise ShapeConflict(
                f"{self.keras_name} needs both `mean` and `variance`, or neither",
                "When setting values directly, both `mean` and `variance` must be set.",
            )
        if self.era is Era.KERAS_3 and self.mean is not None:
            self._require_shapes()
        return self

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The shape that came in."""
        kept = self._kept(inputs)
        if self.mean is not None:
            self._require_fitting(tuple(inputs[axis] for axis in kept))
        return inputs

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """Mean, variance and a count, none of them learnt; nothing where they are given."""
        if self.mean is None:
            sizes = tuple(inputs[axis] for axis in self._kept(inputs))
            yield Weight("mean", sizes, trainable=False)
            yield Weight("variance", sizes, trainable=False)
            yield Weight("count", (), trainable=False)

    def _kept(self, inputs: Shape) -> list[int]:
        numbers = [] if self.axis is None else numbers_of(self.axis)
        require_within(
            self.keras_name,
            numbers,
            inputs,
            "All `axis` values must be in the range [-ndim, ndim). Received inputs with "
            f"ndim={inputs.rank}, while axis={self.axis}",
        )
        require_sizes(
            self.keras_name,
            numbers,
            inputs,
            f"All `axis` values to be kept must have a known shape. Received axis={self.axis}, "
            f"inputs.shape={inputs}",
        )
        kept = sorted(from_front(numbers, inputs.rank))
        if len(set(kept)) < len(kept):
            raise ShapeConflict(
                f"{self.keras_name} is given an axis twice: {self.axis}",
                "Input to reshape has another number of values than the requested shape",
            )
        return kept

    def _require_shapes(self) -> None:
        mean, variance = _shape_of(self.mean), _shape_of(self.variance)
        if mean is None or variance is None:
            return
        if mean != variance:
            raise ShapeConflict(
                f"{self.keras_name}: `mean` has the shape {mean} and `variance` {variance}",
                "When setting values directly, `mean` and `variance` must have the same shape.",
            )
        axes = self.axis if isinstance(self.axis, list | tuple) else [self.axis]
        kept = 0 if self.axis is None else len(axes)
        if mean.rank > kept:
            raise ShapeConflict(
                f"{self.keras_name}: `mean` has {mean.rank} axes, and {kept} are kept",
                "The rank of `mean` must be less than or equal to the number of axes "
                f"({kept}). Received: mean shape {mean} for axis {self.axis}",
            )

    def _require_fitting(self, sizes: tuple[Dim, ...]) -> None:
        """Refuse given statistics that do not broadcast to the kept axes."""
        for name, value in (("mean", self.mean), ("variance", self.variance)):
            if isinstance(value, str):
                raise ShapeConflict(
                    f"{self.keras_name}: `{name}` must be a number, not {value!r}",
                    "Cast string to float is not supported",
                )
            given = _shape_of(value)
            met = None if given is None else broadcast_shapes(given, Shape(sizes))
            grows = met is not None and (met.rank > len(sizes) or _are_unlike(met.dims, sizes))
            if given is not None and (met is None or grows):
                raise ShapeConflict(
                    f"{self.keras_name}: `{name}` has the shape {given}, and the kept axes have "
                    f"the sizes {Shape(sizes)}",
                    f"operands could not be broadcast together with shapes {given} {Shape(sizes)}",
                )


def _are_unlike(left: tuple[Dim, ...], right: tuple[Dim, ...]) -> bool:
    pairs = zip(left, right, strict=False)
    return any(are_equal(one, other) is False for one, other in pairs)


def _shape_of(value: object) -> Shape | None:
    """The shape of a number or of nested lists of numbers; `None` where it is not known."""
    if isinstance(value, int | float):
        return Shape(())
    if isinstance(value, UnknownArgument) or is_symbolic(value):
        return None
    if isinstance(value, list | tuple):
        inner = [_shape_of(part) for part in value]
        first = inner[0] if inner else Shape(())
        if first is None or any(part != first for part in inner):
            return None
        return Shape((len(value), *first))
    return None

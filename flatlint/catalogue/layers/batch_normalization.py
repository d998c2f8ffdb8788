"""BatchNormalization: each channel gets mean 0 and variance 1 over the batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    Anything,
    Constraint,
    Flag,
    Initializer,
    Regularizer,
    UnknownArgument,
    dialect_of,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.axes import (
    axes,
    distinct_axes,
    numbers_of,
    require_sizes,
    require_within,
)
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.every_layer import trainable
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Dim, Shape

FUSED_AXES = (-4, -3, -1, 1, 3, 4)
"""The axes that the fused kernel of Keras 2 can have its channels on."""

FUSED_PLACES = {4: (1, 3), 5: (1, 4)}
"""For each rank where Keras 2 may take the fused kernel, the axes that it can have."""

CLIPPING = frozenset({"rmax", "rmin", "dmax"})


def batch_axis(value: object, info: ValidationInfo) -> object:
    """Where the channels are: one axis in Keras 3, one or several in Keras 2."""
    if dialect_of(info).era < Era.KERAS_3:
        return axes(value, info)
    if isinstance(value, int) or is_symbolic(value):
        return value
    try:
        # Keras 3 casts with int(): 1.0 and '1' pass.
        return int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return refuse(
            info,
            "one axis",
            value,
            "int() argument must be a string, a bytes-like object or a real number, not "
            f"'{type(value).__name__}'",
        )


def cast_number(value: object, info: ValidationInfo) -> object:
    """A number that Keras 3 casts with float(); Keras 2 does not look."""
    if dialect_of(info).era < Era.KERAS_3 or is_symbolic(value):
        return value
    if isinstance(value, list | tuple | dict) or value is None:
        refuse(info, "a number", value, "float() argument must be a string or a real number")
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            refuse(info, "a number", value, f"could not convert string to float: {value!r}")
    return value


def clipping(value: object, info: ValidationInfo) -> object:
    """The limits of batch renormalisation; both eras check their names, Keras 3 the numbers too."""
    renorm = info.data.get("renorm")
    if isinstance(renorm, UnknownArgument) or not renorm or not isinstance(value, Mapping):
        return value
    if set(value) - CLIPPING:
        refuse(
            info,
            f"a dict with keys among {', '.join(sorted(CLIPPING))}",
            value,
            f"Received invalid keys for `renorm_clipping` argument: {value}.",
        )
    if dialect_of(info).era is Era.KERAS_3:
        _require_limits(value, info)
    return value


def _require_limits(value: Mapping[str, object], info: ValidationInfo) -> None:
    numbers = {key: number for key, number in value.items() if isinstance(number, int | float)}
    if numbers.keys() >= {"rmax", "rmin"} and numbers["rmax"] < numbers["rmin"]:
        refuse(
            info,
            "given an `rmax` above its `rmin`",
            value,
            "rmax should be greater than rmin in the `renorm_clipping` argument.",
        )
    if numbers.get("dmax", 0) < 0:
        refuse(
            info,
            "given a `dmax` of 0 or more",
            value,
            "dmax should be non-negative in the `renorm_clipping` argument.",
        )


def batch_trainable(value: object, info: ValidationInfo) -> object:
    """`trainable` of this layer, which Keras 2 alone takes as it is."""
    return value if dialect_of(info).era < Era.KERAS_3 else trainable(value, info)


BatchTrainable: TypeAlias = Annotated[object, PlainValidator(batch_trainable)]
BatchAxis: TypeAlias = Annotated[object, PlainValidator(batch_axis)]
CastNumber: TypeAlias = Annotated[object, PlainValidator(cast_number)]
Clipping: TypeAlias = Annotated[object, PlainValidator(clipping)]


class BatchNormalization(LayerSpec):
    """Normalises every channel over the batch, with statistics that training collects.

    (None, 8, 9, 3)    -> BatchNormalization()       -> (None, 8, 9, 3)
    (None, 3, 8, 9)    -> BatchNormalization(axis=1) -> (None, 3, 8, 9)
    (None, None)       -> BatchNormalization()       -> conflict: leaves it open
    (None, 5)          -> BatchNormalization(axis=3) -> conflict: axis 3
    keras2: (None, 8, 9) -> BatchNormalization([1, 2]) -> (None, 8, 9)
    keras3: (None, 8, 9) -> BatchNormalization([1, 2]) -> conflict: one axis
    """

    axis: BatchAxis = -1
    momentum: CastNumber = 0.99
    epsilon: CastNumber = 1e-3
    center: Flag = True
    scale: Flag = True
    beta_initializer: Initializer = "zeros"
    gamma_initializer: Initializer = "ones"
    moving_mean_initializer: Initializer = "zeros"
    moving_variance_initializer: Initializer = "ones"
    beta_regularizer: Regularizer = None
    gamma_regularizer: Regularizer = None
    beta_constraint: Constraint = None
    gamma_constraint: Constraint = None
    renorm: Flag = False
    renorm_clipping: Clipping = None
    fused: Anything = None
    virtual_batch_size: Anything = None
    synchronized: Flag = False
    trainable: BatchTrainable = True

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The shape that came in."""
        self._channels(inputs)
        return inputs

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """Scale and offset are learnt; the moving statistics are collected, not learnt."""
        sizes = self._channels(inputs)
        if self.scale:
            yield Weight("gamma", sizes)
        if self.center:
            yield Weight("beta", sizes)
        yield from (Weight(name, sizes, trainable=False) for name in self._statistics())

    def _statistics(self) -> Iterator[str]:
        yield from ("moving_mean", "moving_variance")
        if self.renorm:
            yield from ("moving_stddev", "renorm_mean", "renorm_stddev")

    def _channels(self, inputs: Shape) -> tuple[Dim, ...]:
        """The sizes of one statistic: as many numbers as there are channels."""
        if self.era is Era.KERAS_3:
            numbers = numbers_of(self.axis)
            keras = "tuple index out of range"
            require_within(self.keras_name, numbers, inputs, keras)
        else:
            numbers = distinct_axes(self.keras_name, self.axis, inputs)
            self._require_keras_2(numbers, inputs)
            self._require_fusable(numbers, inputs)
        require_sizes(
            self.keras_name,
            numbers,
            inputs,
            f"Input has undefined `axis` dimension. Received input with shape {inputs} and "
            f"axis={self.axis}",
        )
        return tuple(inputs[axis] for axis in numbers)

    def _require_keras_2(self, places: list[int], inputs: Shape) -> None:
        """Refuse what `build` and `call` of Keras 2 stumble over."""
        if not places:
            raise ShapeConflict(f"{self.keras_name} gets no axis", "list index out of range")
        # The fused kernel, which tensors of rank 4 and 5 get, has an epsilon of its own.
        is_missing = self.epsilon is None and inputs.rank not in FUSED_PLACES
        if is_missing or isinstance(self.epsilon, str):
            raise ShapeConflict(
                f"{self.keras_name}: `epsilon` must be a number, not {self.epsilon!r}",
                "None values not supported.",
            )
        size = self.virtual_batch_size
        if isinstance(size, int) and size <= 0:
            raise ShapeConflict(
                f"{self.keras_name}: `virtual_batch_size` must be positive, not {size}",
                "`virtual_batch_size` must be a positive integer that divides the true batch "
                f"size of the input tensor. Received: virtual_batch_size={size}",
            )

    def _require_fusable(self, places: list[int], inputs: Shape) -> None:
        """Refuse axes and ranks that the fused kernel of Keras 2 cannot have.

        Source: `build` in tf_keras/src/layers/normalization/batch_normalization.py. Left to itself
        Keras takes the fused kernel where axis and rank allow, and looks at the axis only then.
        """
        wanted = self.fused
        if self.synchronized and wanted:
            raise ShapeConflict(
                f"{self.keras_name} cannot be both fused and synchronized",
                "`fused=True` is not supported when `synchronized=True`.",
            )
        numbers = numbers_of(self.axis)
        one_fusable_axis = len(numbers) == 1 and numbers[0] in FUSED_AXES
        can_fuse = one_fusable_axis and not self.renorm and self.virtual_batch_size is None
        if wanted and not can_fuse:
            raise ShapeConflict(
                f"{self.keras_name} cannot be fused for axis {self.axis}",
                "Passing `fused=True` is only supported when axis is 1 or 3 for input rank = 4 "
                f"or 1 or 4 for input rank = 5. Got axis {self.axis}",
            )
        if wanted is None:
            wanted = can_fuse and not self.synchronized and inputs.rank in FUSED_PLACES
        if not wanted:
            return
        if inputs.rank not in FUSED_PLACES:
            raise ShapeConflict(
                f"{self.keras_name} can be fused for tensors of rank 4 and 5, not for {inputs}",
                "Batch normalization layers with `fused=True` only support 4D or 5D input "
                f"tensors. Received tensor with shape: {inputs}",
            )
        if inputs.rank == 4 and places[0] not in FUSED_PLACES[4]:
            raise ShapeConflict(
                f"{self.keras_name} takes channels on axis 1 or 3 of {inputs}, not on {places[0]}",
                "Unsupported axis. The use of `fused=True` is only possible with `axis=1` or "
                f"`axis=3` for 4D input tensors. Received: axis={self.axis}",
            )


class SyncBatchNormalization(BatchNormalization):
    """Batch normalisation over the batches of all devices.

    (None, 8, 9, 3) -> SyncBatchNormalization()       -> (None, 8, 9, 3)
    (None, 8, 9, 3) -> SyncBatchNormalization(axis=7) -> conflict: axis 7
    """

    synchronized: Flag = True

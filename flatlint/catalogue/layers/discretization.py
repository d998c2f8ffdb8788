"""Numbers as the bins that they fall into: Discretization."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    Anything,
    UnknownArgument,
    as_size,
    dialect_of,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.categories import INT, ONE_HOT, IndexMode, Sparse, encoded, one_hot
from flatlint.catalogue.spec import LayerSpec, ShapeTree
from flatlint.shapes import UNFIXED, Dim, Shape


def bin_count(value: object, info: ValidationInfo) -> object:
    """How many bins to make, where the data are to say which; not beside given boundaries."""
    if value is None or isinstance(value, UnknownArgument) or is_symbolic(value):
        return value
    if not isinstance(value, int | float) or value < 0:
        refuse(
            info,
            "0 or more",
            value,
            f"`num_bins` must be greater than or equal to 0. Received: {value}",
        )
    if info.data.get("bin_boundaries") is not None:
        raise ShapeConflict(
            f"{dialect_of(info).layer}: `num_bins` and `bin_boundaries` exclude each other",
            "Both `num_bins` and `bin_boundaries` should not be set.",
        )
    return value


def boundaries(value: object, info: ValidationInfo) -> object:
    """Where one bin ends and the next begins."""
    if dialect_of(info).era < Era.KERAS_3 and isinstance(value, int | float | str):
        refuse(
            info,
            "a list of numbers",
            value,
            f"object of type '{type(value).__name__}' has no len()",
        )
    return value


BinCount: TypeAlias = Annotated[object, PlainValidator(bin_count)]
Boundaries: TypeAlias = Annotated[object, PlainValidator(boundaries)]


class Discretization(LayerSpec):
    """Numbers as the bins that they fall into.

    (None, 4) -> Discretization([0.0, 1.0]) -> (None, 4)
    (None, 4) -> Discretization([0.0, 1.0], num_bins=3) -> conflict: exclude
    keras3: (None, 1) -> Discretization([0.0, 1.0], output_mode='one_hot') -> (None, 3)
    keras3: (None, 4) -> Discretization() -> conflict: num_bins
    """

    bin_boundaries: Boundaries = None
    num_bins: BinCount = None
    epsilon: Anything = 0.01
    output_mode: IndexMode = INT
    sparse: Sparse = False
    bins: Anything = None
    """The old name, in Keras 2, of the boundaries or of how many bins there are."""
    is_adapted: Anything = None
    """Whether data have made the bins, where the program shows that."""

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """Indices keep the shape, anything else has one place a bin in its last axis."""
        if self.bin_boundaries is None and self.num_bins is None and self.era is Era.KERAS_3:
            raise ShapeConflict(
                f"{self.keras_name} needs `bin_boundaries` or `num_bins`",
                "You need to set either `num_bins` or `bin_boundaries`.",
            )
        if self.output_mode == INT:
            return inputs
        if self.era < Era.KERAS_3:
            return encoded(self, inputs, self.output_mode, self._depth(), self.sparse)
        if self.output_mode == ONE_HOT:
            return one_hot(inputs, self._depth())
        # Keras 3 leaves out the second axis here, not the last.
        rest = (inputs[0], *inputs[2:]) if inputs.rank >= 2 else ()
        return Shape((*rest, self._depth()))

    @property
    def _boundaries(self) -> object:
        is_count = isinstance(self.bins, int) and self.num_bins is None
        return self.bin_boundaries if is_count or self.bin_boundaries is not None else self.bins

    def _depth(self) -> Dim:
        boundaries = self._boundaries
        if isinstance(boundaries, int | float):
            raise ShapeConflict(
                f"{self.keras_name}: `bin_boundaries` must be a list of numbers, not {boundaries}",
                f"object of type '{type(boundaries).__name__}' has no len()",
            )
        if isinstance(boundaries, Sequence):
            return len(boundaries) + 1
        if boundaries is not None:
            raise NotKnown("the number of bins is not known")
        if self.era is Era.KERAS_3:
            return as_size(self.num_bins)
        # Without boundaries Keras 2 takes those that adapt() has found: none before.
        return 1 if self.is_adapted is False else UNFIXED

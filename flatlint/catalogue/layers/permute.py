"""Permute: the axes of a sample in another order."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationInfo, field_validator

from flatlint.catalogue.arguments import UnknownArgument, if_unread, is_symbolic, refuse
from flatlint.catalogue.conflict import NotKnown
from flatlint.catalogue.spec import LayerSpec
from flatlint.shapes import Shape


class Permute(LayerSpec):
    """Axis `dims[i]` of the input becomes axis `i + 1`; the batch axis stays.

    Source: keras/src/layers/reshaping/permute.py and its namesake in tf_keras.

    (None, 3, 4)    -> Permute((2, 1))    -> (None, 4, 3)
    (None, 3, 4, 5) -> Permute((3, 1, 2)) -> (None, 5, 3, 4)
    (None, 3, 4)    -> Permute((0, 1))    -> conflict: from 1
    (None, 3, 4)    -> Permute((3, 1, 2)) -> conflict: rank 4
    """

    dims: Any

    @field_validator("dims", mode="plain")
    @classmethod
    def _order(cls, value: object, info: ValidationInfo) -> object:
        if (unread := if_unread(value)) is not None:
            return unread
        if not isinstance(value, list | tuple):
            keras = f"{type(value).__name__!r} object is not iterable"
            refuse(info, "a tuple of integers", value, keras)
        if any(is_symbolic(axis) for axis in value):
            return UnknownArgument("the order of the axes is not fixed")
        is_order = all(isinstance(axis, int) for axis in value)
        if not is_order or sorted(value) != list(range(1, len(value) + 1)):
            refuse(
                info,
                f"the axes from 1 to {len(value)} in some order (the batch axis, 0, stays)",
                value,
                "Invalid permutation argument `dims` for Permute Layer. The set of indices in "
                f"`dims` must be consecutive and start from 1. Received dims={value}",
            )
        return tuple(int(axis) for axis in value)

    def output_shape(self, inputs: Shape) -> Shape:
        """The sizes of `inputs` in the order of `dims`."""
        if isinstance(self.dims, UnknownArgument):
            raise NotKnown(self.dims.reason)
        self.require_rank(inputs, len(self.dims) + 1)
        return Shape((inputs[0], *(inputs[axis] for axis in self.dims)))

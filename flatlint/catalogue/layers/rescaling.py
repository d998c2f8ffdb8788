"""Rescaling: every value times a number plus a number."""

from __future__ import annotations

from flatlint.catalogue.arguments import Anything, UnknownArgument, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import LayerSpec, ShapeTree
from flatlint.shapes import Shape, broadcast_shapes


class Rescaling(LayerSpec):
    """`inputs * scale + offset`; Keras 2 computes it at once, so that shapes must meet.

    (None, 32, 24, 3) -> Rescaling(1 / 255)         -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> Rescaling([1.0, 2.0, 3.0]) -> (None, 32, 24, 3)
    keras2: (None, 32, 24, 3) -> Rescaling([1.0, 2.0]) -> conflict: 2
    keras3: (None, 32, 24, 3) -> Rescaling([1.0, 2.0]) -> (None, 32, 24, 3)
    """

    scale: Anything
    offset: Anything = 0.0

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The shape that came in, in Keras 2 broadcast with the numbers."""
        if self.era is Era.KERAS_3:
            return inputs
        shape = inputs
        for name, value in (("scale", self.scale), ("offset", self.offset)):
            numbers = self._shape_of(name, value)
            met = broadcast_shapes(shape, numbers)
            if met is None:
                raise ShapeConflict(
                    f"{self.keras_name}: `{name}` has the shape {numbers}, which does not meet "
                    f"the last axes of {shape}",
                    f"Dimensions must be equal, but are {shape[-1]} and {numbers[-1]}",
                )
            shape = met
        return shape

    def _shape_of(self, name: str, value: object) -> Shape:
        if isinstance(value, list | tuple):
            inner = {self._shape_of(name, part) for part in value}
            if len(inner) > 1:
                raise NotKnown(f"`{name}` is no regular array")
            return Shape((len(value), *(inner.pop() if inner else ())))
        if value is None:
            raise ShapeConflict(
                f"{self.keras_name}: `{name}` must be a number, not {value!r}",
                f"Cannot cast {value!r} to a number",
            )
        if isinstance(value, int | float | str) or is_symbolic(value):
            if isinstance(value, UnknownArgument):
                raise NotKnown(value.reason, value.origin)
            return Shape(())
        raise NotKnown(f"`{name}` is not known")

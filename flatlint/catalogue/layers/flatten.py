"""Flatten: all axes but the batch become one."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from flatlint.catalogue.arguments import DataFormat
from flatlint.catalogue.conflict import NotKnown
from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import LayerSpec
from flatlint.shapes import OPEN, Shape, product


class Flatten(LayerSpec):
    """Every value of a sample in one row; an open axis leaves the length open.

    Where a sample has no values, Keras 2 cannot tell how many samples there are. Sources:
    keras/src/layers/reshaping/flatten.py and its namesake in tf_keras.

    (None, 7, 7, 64)   -> Flatten() -> (None, 3136)
    (None, None, 64)   -> Flatten() -> (None, None)
    (None,)            -> Flatten() -> (None, 1)
    keras3: (2, 0, 3)  -> Flatten() -> (2, 0)
    keras2: (2, 0, 3)  -> Flatten() -> (None, 0)
    (None, 7)          -> Flatten(data_format="first") -> conflict: channels_first
    """

    hides_rank: ClassVar[bool] = True

    data_format: DataFormat = Field(default=None, validate_default=True)

    def output_shape(self, inputs: Shape) -> Shape:
        """The batch axis and the product of all others."""
        if inputs.rank == 0 and self.era < Era.KERAS_3:
            raise NotKnown("Keras 2 takes an Input without axes for one of unknown rank")
        self.require_least_rank(inputs, 1)
        length = product(inputs[1:])
        if length == 0 and self.era < Era.KERAS_3:
            return Shape((OPEN, 0))
        return Shape((inputs[0], length))

"""Dense: maps the last axis to `units`; every other axis passes through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from flatlint.catalogue.arguments import (
    Activation,
    Constraint,
    Flag,
    Initializer,
    Regularizer,
    Units,
)
from flatlint.catalogue.conflict import OpenSize
from flatlint.catalogue.layers.low_rank import LoraRank, low_rank_weights
from flatlint.catalogue.spec import LayerSpec, Weight
from flatlint.shapes import Open, Shape


class Dense(LayerSpec):
    """A fully connected layer, applied to the last axis alone.

    (None, 64)    -> Dense(10) -> (None, 10)
    (None, 7, 64) -> Dense(10) -> (None, 7, 10)
    (None,)       -> Dense(10) -> conflict: rank 2 or more
    (None, None)  -> Dense(10) -> conflict: last axis
    """

    ends_with_activation: ClassVar[bool] = True

    units: Units
    activation: Activation = None
    use_bias: Flag = True
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None
    lora_rank: LoraRank = None

    def output_shape(self, inputs: Shape) -> Shape:
        """`inputs` with `units` as its last axis."""
        self.require_least_rank(inputs, 2)
        if isinstance(inputs[-1], Open):
            raise OpenSize(
                f"Dense needs to know the last axis of its input, and {inputs} leaves it open",
                "The last dimension of the inputs to a Dense layer should be defined. Found None.",
            )
        return inputs.with_last(self.units)

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """A kernel `(last axis, units)` and a bias `(units,)`."""
        kernel = (inputs[-1], self.units)
        yield Weight("kernel", kernel, trainable=not self.lora_rank)
        yield from low_rank_weights(kernel, self.lora_rank)
        if self.use_bias:
            yield Weight("bias", (self.units,))

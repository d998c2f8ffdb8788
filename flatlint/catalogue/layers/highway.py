"""Dense layers of Keras 1 that later eras dropped: Highway, MaxoutDense."""

from __future__ import annotations

from collections.abc import Iterable

from flatlint.catalogue.arguments import Activation, Anything, Flag, Units, as_size
from flatlint.catalogue.axes import require_sizes
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Dim, Shape


class Highway(LayerSpec):
    """A dense layer that learns how much of its input to carry through unchanged.

    keras1: (None, 64)    -> Highway() -> (None, 64)
    keras1: (None, 7, 64) -> Highway() -> conflict: rank 2
    """

    input_rank = 2

    activation: Activation = "linear"
    use_bias: Flag = True

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The shape that came in."""
        self.require_rank(inputs, 2)
        require_sizes(self.keras_name, [-1], inputs)
        return inputs

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """A kernel for the change and one for the share that is carried, each with a bias."""
        size = inputs[-1]
        yield Weight("kernel", (size, size))
        yield Weight("carry_kernel", (size, size))
        if self.use_bias:
            yield Weight("bias", (size,))
            yield Weight("carry_bias", (size,))


class MaxoutDense(LayerSpec):
    """Several dense layers side by side, of which the largest value counts.

    keras1: (None, 64)    -> MaxoutDense(10)               -> (None, 10)
    keras1: (None, 64)    -> MaxoutDense(10, nb_feature=2) -> (None, 10)
    keras1: (None, 7, 64) -> MaxoutDense(10)               -> conflict: rank 2
    """

    input_rank = 2

    units: Units
    nb_feature: Anything = 4
    use_bias: Flag = True

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """One row of `units` values."""
        self.require_rank(inputs, 2)
        require_sizes(self.keras_name, [-1], inputs)
        return inputs.with_last(self.units)

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """A kernel and a bias for each of the layers side by side."""
        features: Dim = as_size(self.nb_feature)
        yield Weight("kernel", (features, inputs[-1], self.units))
        if self.use_bias:
            yield Weight("bias", (features, self.units))

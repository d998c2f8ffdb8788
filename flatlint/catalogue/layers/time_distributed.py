"""TimeDistributed: a layer applied to every step of a sequence by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.merging import MergingLayer
from flatlint.catalogue.layers.wrapper import WrappingLayer, shape_inside, weights_inside
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Shape


class TimeDistributed(WrappingLayer):
    """The layer inside, applied to each `inputs[:, step]`.

    Only Keras 2 takes lists of tensors, for layers that do.
    Source: keras/src/layers/rnn/time_distributed.py and its namesake in tf_keras.

    (None, 5, 3)       -> TimeDistributed(Dense(4))     -> (None, 5, 4)
    (None, 5, 8, 8, 3) -> TimeDistributed(Conv2D(4, 3)) -> (None, 5, 6, 6, 4)
    (None, 3)          -> TimeDistributed(Dense(4))     -> conflict: rank 3
    (None, 5, 8, 3)    -> TimeDistributed(Conv2D(4, 3)) -> conflict: rank
    """

    def call(self, inputs: ShapeTree, *_: Any, **__: Any) -> ShapeTree:
        """The output of the layer inside with the time axis put back."""
        time = self._first(inputs)[1]
        step = self._step(inputs)
        output = shape_inside(self.inner, step)
        if isinstance(output, UnknownArgument):
            return output
        if not isinstance(output, Shape):
            raise ShapeConflict(
                f"TimeDistributed puts the time axis back into one tensor, and {self._name} gives "
                f"{len(output)}",
                "'list' object has no attribute 'shape'",
            )
        return Shape((self._first(inputs)[0], time, *output[1:]))

    def call_weights(self, inputs: ShapeTree, *_: Any, **__: Any) -> Iterable[Weight]:
        """The weights of the layer inside, which all steps share."""
        self._first(inputs)
        for weight in weights_inside(self.inner, self._step(inputs)):
            yield Weight(f"{self._name}/{weight.name}", weight.dims, weight.trainable)

    @property
    def _name(self) -> str:
        return self.inner.keras_name

    def _first(self, inputs: ShapeTree) -> Shape:
        """The shape whose time axis counts; refuses what has none."""
        shapes = self._listed(inputs)
        for shape in shapes:
            if shape.rank < 3:
                raise ShapeConflict(
                    f"TimeDistributed takes tensors of rank 3 or more (batch, time, the rest) and "
                    f"gets {shape}",
                    "`TimeDistributed` Layer should be passed an `input_shape` with at least 3 "
                    f"dimensions, received: {shape}",
                )
        return shapes[0]

    def _listed(self, inputs: ShapeTree) -> list[Shape]:
        if isinstance(inputs, UnknownArgument):
            return [self.single(inputs)]
        if isinstance(inputs, Shape):
            return [inputs]
        takes_several = isinstance(self.layer, MergingLayer) or not _is_known(self.layer)
        if self.era is Era.KERAS_3 or not takes_several or isinstance(inputs, Mapping):
            raise ShapeConflict(
                f"TimeDistributed takes one tensor and gets {len(inputs)}",
                "`TimeDistributed` Layer should be passed an `input_shape` with at least 3 "
                f"dimensions, received: {inputs}",
            )
        return [shape for item in inputs for shape in self._listed(item)]

    def _step(self, inputs: ShapeTree) -> ShapeTree:
        """What the layer inside sees: the shapes without their time axis."""
        if isinstance(inputs, Sequence):
            return [self._step(item) for item in inputs]
        shape = self._first(inputs)
        return Shape((shape[0], *shape[2:]))


def _is_known(layer: LayerSpec | UnknownArgument) -> bool:
    return isinstance(layer, LayerSpec) and type(layer).__module__.startswith(
        "flatlint.catalogue.layers"
    )

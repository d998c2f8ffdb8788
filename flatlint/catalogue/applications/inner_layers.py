"""Inner layers: classes that only ready-made models use, and that Keras does not offer by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Sequence as Listed
from typing import Any

from flatlint.catalogue.arguments import Anything, Dialect, as_size
from flatlint.catalogue.eras import Era
from flatlint.catalogue.registry import spec_class
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Shape


class LayerScale(LayerSpec):
    """A learnt number for each channel (ConvNeXt)."""

    projection_dim: Anything

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """One number a channel."""
        yield Weight("gamma", (as_size(self.projection_dim),))


class StochasticDepth(LayerSpec):
    """Leaves out a whole branch now and then (ConvNeXt)."""


class Sequential(LayerSpec):
    """A few layers in a row that the model holds as one (ConvNeXt)."""

    layers: Anything

    def call(self, inputs: ShapeTree, **_: Any) -> ShapeTree:
        """What comes out of the last of them."""
        for layer in self._parts():
            inputs = layer.call(inputs)
        return inputs

    def call_weights(self, inputs: ShapeTree, **_: Any) -> Iterable[Weight]:
        """The variables of all of them."""
        for layer in self._parts():
            yield from layer.call_weights(inputs)
            inputs = layer.call(inputs)

    def _parts(self) -> Iterable[LayerSpec]:
        assert isinstance(self.layers, list)
        for class_name, arguments in self.layers:
            yield inner_layer(class_name, arguments, self.era)


def inner_layer(class_name: str, arguments: Mapping[str, Any], era: Era) -> LayerSpec:
    """A layer of a ready-made model, by its class and its recorded arguments."""
    found = INNER_LAYERS.get(class_name) or spec_class(class_name)
    assert found is not None, class_name
    dialect = Dialect(era, "channels_last", class_name)
    return found.model_validate({**arguments, "dialect": dialect}, context=dialect)


class CustomScaleLayer(LayerSpec):
    """Adds a scaled branch to the trunk (InceptionResNetV2)."""

    def call(self, inputs: ShapeTree, **_: Any) -> ShapeTree:
        """The shape of the trunk, which that of the branch equals."""
        return inputs[0] if isinstance(inputs, Listed) else inputs

    def call_weights(self, inputs: ShapeTree, **_: Any) -> Iterable[Weight]:
        """None."""
        return ()


INNER_LAYERS: dict[str, type[LayerSpec]] = {
    "CustomScaleLayer": CustomScaleLayer,
    "LayerScale": LayerScale,
    "Sequential": Sequential,
    "StochasticDepth": StochasticDepth,
}

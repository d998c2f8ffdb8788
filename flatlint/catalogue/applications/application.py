"""Application: a ready-made model as one call of its constructor makes it."""

from __future__ import annotations

from dataclasses import dataclass

from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Dim


@dataclass(frozen=True)
class ApplicationLayer:
    """One step of the model: a layer, or an operation that stands between layers.

    `inputs` are places in the application's `steps`. An operation (`x + 3`) is no layer of the
    model in Keras 3; Keras 2 wraps it in one.
    """

    name: str
    class_name: str
    spec: LayerSpec | None
    inputs: tuple[int, ...]
    output: ShapeTree
    weights: tuple[Weight, ...] = ()
    is_layer: bool = True


@dataclass(frozen=True)
class Application:
    """The steps of a model in order, the input layer first; the last one gives its output."""

    name: str
    steps: tuple[ApplicationLayer, ...]

    @property
    def input_shape(self) -> ShapeTree:
        """What the model takes, the batch axis included."""
        return self.steps[0].output

    @property
    def output_shape(self) -> ShapeTree:
        """What the model gives."""
        return self.steps[-1].output

    @property
    def layers(self) -> tuple[ApplicationLayer, ...]:
        """What `model.layers` holds."""
        return tuple(step for step in self.steps if step.is_layer)

    def layer(self, name: str) -> ApplicationLayer | None:
        """What `model.get_layer(name)` gives; `None` where Keras raises."""
        for step in self.layers:
            if step.name == name:
                return step
        return None

    @property
    def weights(self) -> tuple[Weight, ...]:
        """All variables of the model."""
        return tuple(weight for step in self.steps for weight in step.weights)

    def parameters(self, trainable_only: bool = False) -> Dim:
        """How many numbers the model holds, or of these how many training changes."""
        total: Dim = 0
        for weight in self.weights:
            if weight.trainable or not trainable_only:
                total = total + weight.size
        return total

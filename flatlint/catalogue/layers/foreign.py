"""Layers whose inside is not Keras: a saved model, a module of PyTorch, a function of JAX."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from flatlint.catalogue.arguments import Anything
from flatlint.catalogue.conflict import NotKnown
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight


class Foreign(LayerSpec):
    """A layer of which neither the output nor the weights stand in the source."""

    inside: ClassVar[str]
    """What it runs, as the reason for not knowing says it."""

    def call(self, inputs: ShapeTree, **_: Any) -> ShapeTree:
        """Never known."""
        raise NotKnown(f"{self.keras_name} runs {self.inside}")

    def call_weights(self, inputs: ShapeTree, **_: Any) -> Iterable[Weight]:
        """Never known."""
        raise NotKnown(f"{self.keras_name} holds the weights of {self.inside}")


class TFSMLayer(Foreign):
    """A model saved by TensorFlow.

    (None, 5) -> TFSMLayer("model") -> unknown: saved model
    """

    inside = "a saved model"
    filepath: Anything = None


class TorchModuleWrapper(Foreign):
    """A module of PyTorch.

    (None, 5) -> TorchModuleWrapper(module) -> unknown: PyTorch
    """

    inside = "a module of PyTorch"
    module: Anything = None


class JaxLayer(Foreign):
    """A function of JAX.

    (None, 5) -> JaxLayer(function) -> unknown: JAX
    """

    inside = "a function of JAX"
    call_fn: Anything = None


class FlaxLayer(Foreign):
    """A module of Flax.

    (None, 5) -> FlaxLayer(module) -> unknown: Flax
    """

    inside = "a module of Flax"
    module: Anything = None


class DenseFeatures(Foreign):
    """Feature columns as one row.

    (None, 5) -> DenseFeatures([]) -> unknown: feature columns
    """

    inside = "feature columns"
    feature_columns: Anything = None

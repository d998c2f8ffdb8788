"""Making a layer spec in a test, as a program's constructor call would."""

from __future__ import annotations

from typing import Any

from flatlint.catalogue.arguments import Dialect
from flatlint.catalogue.binding import bind
from flatlint.catalogue.eras import Era
from flatlint.catalogue.registry import spec_class
from flatlint.catalogue.signatures import signature_of
from flatlint.catalogue.spec import LayerSpec
from flatlint.shapes import Dim, Shape, product

ERAS = (Era.KERAS_2, Era.KERAS_3)


def make(
    layer_class: str,
    *positional: Any,
    era: Era = Era.KERAS_3,
    image_data_format: str = "channels_last",
    **keywords: Any,
) -> LayerSpec:
    """The spec of `layer_class(*positional, **keywords)`; raises what the constructor refuses."""
    signature = signature_of(era, layer_class)
    assert signature is not None, f"{era.label} has no {layer_class}"
    spec = spec_class(signature.class_name)
    assert spec is not None
    arguments = bind(signature, list(positional), keywords)
    dialect = Dialect(era, image_data_format, signature.keras_name)
    return spec.model_validate({**arguments, "dialect": dialect}, context=dialect)


def output(layer: LayerSpec, *sizes: Dim | None) -> str:
    """What comes out when a tensor of these sizes goes in, written as Keras writes shapes."""
    return str(layer.call(Shape.of(*sizes)))


def parameters(layer: LayerSpec, *sizes: Dim | None) -> tuple[Dim, Dim]:
    """How many values the weights have: all of them, and the trainable ones."""
    weights = list(layer.call_weights(Shape.of(*sizes)))
    trainable = [weight for weight in weights if weight.trainable]
    return _total(weights), _total(trainable)


def _total(weights: list[Any]) -> Dim:
    total: Dim = 0
    for weight in weights:
        total = total + product(weight.dims)
    return total

"""Pipeline: layers one after another. MaxNumBoundingBoxes: as many boxes for each image."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    Anything,
    OpaqueArgument,
    UnknownArgument,
    as_size,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.layers.image_resizing import RandomCrop
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Open, Shape


class Pipeline(LayerSpec):
    """Layers applied in order.

    (None, 32, 24, 3) -> Pipeline([Resizing(16, 12), Rescaling(2)]) -> (None, 16, 12, 3)
    (None, 32, 24, 3) -> Pipeline([])                               -> conflict: no layer
    (None, None, 9, 3) -> Pipeline([RandomCrop(4, 4)])              -> conflict: RandomCrop
    (None,)           -> Pipeline([Resizing(16, 12)])               -> conflict: rank 3
    """

    layers: Anything

    def call(self, inputs: ShapeTree, **_: Any) -> ShapeTree:
        """What comes out of the last layer."""
        if isinstance(inputs, Sequence):
            # Its layers run on tensors of the backend, most of which make one of a list.
            raise NotKnown("what the layers of a Pipeline make of a list")
        for layer in self._parts():
            _require_traceable(layer, inputs)
            inputs = layer.call(inputs)
        return inputs

    def call_weights(self, inputs: ShapeTree, **_: Any) -> Iterable[Weight]:
        """The variables of all its layers."""
        for layer in self._parts():
            yield from layer.call_weights(inputs)
            inputs = layer.call(inputs)

    def _parts(self) -> list[LayerSpec]:
        if isinstance(self.layers, int | float | str | LayerSpec) or self.layers is None:
            raise ShapeConflict(
                f"{self.keras_name} takes a list of layers, not {self.layers!r}",
                f"'{type(self.layers).__name__}' object is not iterable",
            )
        if not isinstance(self.layers, list | tuple):
            raise NotKnown("the layers of a Pipeline are not known")
        if not self.layers:
            raise ShapeConflict(
                f"{self.keras_name} has no layer to apply",
                "cannot access local variable 'outputs' where it is not associated with a value",
            )
        parts = []
        for layer in self.layers:
            is_class = isinstance(layer, OpaqueArgument)
            if isinstance(layer, int | float | str | None) or is_class:
                raise ShapeConflict(
                    f"{self.keras_name} takes layers, not {layer}",
                    f"'{type(layer).__name__}' object has no attribute '_call_has_mask_arg'",
                )
            if not isinstance(layer, LayerSpec):
                raise NotKnown("a layer of a Pipeline is not known")
            parts.append(layer)
        return parts


def _require_traceable(layer: LayerSpec, inputs: ShapeTree) -> None:
    """Refuse a crop of images of open size: a Pipeline runs its layers, and this one compares."""
    if not isinstance(layer, RandomCrop) or not isinstance(inputs, Shape):
        return
    sizes = [inputs[place] for place in layer.places_in(inputs)]
    if any(isinstance(size, Open) for size in sizes):
        raise ShapeConflict(
            f"{layer.keras_name} in a Pipeline needs to know height and width, and {inputs} "
            "leaves them open",
            "Using a symbolic `tf.Tensor` as a Python `bool` is not allowed.",
        )


def castable_number(value: object, info: ValidationInfo) -> object:
    """What int() takes."""
    if isinstance(value, UnknownArgument | OpaqueArgument) or is_symbolic(value):
        return value
    try:
        return int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        return refuse(
            info,
            "a number",
            value,
            f"int() argument must be a string, a bytes-like object or a real number, not {value!r}",
        )


CastableNumber: TypeAlias = Annotated[object, PlainValidator(castable_number)]


class MaxNumBoundingBoxes(LayerSpec):
    """Images with boxes: boxes are cut or filled up to a fixed number an image.

    (None, 32, 24, 3) -> MaxNumBoundingBoxes(10)  -> (None, 32, 24, 3)
    (None, 32, 24, 3) -> MaxNumBoundingBoxes('a') -> conflict: a number
    """

    max_number: CastableNumber
    fill_value: CastableNumber = -1

    def call(self, inputs: ShapeTree, **_: Any) -> ShapeTree:
        """What came in, with `max_number` boxes and labels where there are boxes."""
        if not isinstance(inputs, Mapping) or "bounding_boxes" not in inputs:
            return inputs
        boxes = inputs["bounding_boxes"]
        if not isinstance(boxes, Mapping):
            raise NotKnown("the boxes of the images are not known")
        size = as_size(self.max_number)
        counted = {
            key: part.with_axis(1, size) if isinstance(part, Shape) and part.rank > 1 else part
            for key, part in boxes.items()
        }
        return {**inputs, "bounding_boxes": counted}

    def call_weights(self, inputs: ShapeTree, **_: Any) -> Iterable[Weight]:
        """None."""
        return ()

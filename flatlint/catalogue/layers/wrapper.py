"""Wrapper and SpectralNormalization: a layer inside another one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import OpaqueArgument, UnknownArgument, is_symbolic, refuse
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Open, Shape

NOT_LAYERS = (OpaqueArgument, int, float, str, list, tuple, dict, type(None))


def inner_layer(value: object, info: ValidationInfo) -> LayerSpec | UnknownArgument:
    """A layer, made and not merely named; an object of the program may be one."""
    if isinstance(value, LayerSpec | UnknownArgument):
        return value
    if not callable(value) and not isinstance(value, NOT_LAYERS):
        return UnknownArgument(f"`{info.field_name}` is an object of the program")
    return refuse(
        info,
        "a layer (with its arguments in parentheses, not the class)",
        value,
        f"Please initialize `{info.field_name}` with a `keras.layers.Layer` instance. "
        f"Received: {value}",
    )


InnerLayer: TypeAlias = Annotated[LayerSpec | UnknownArgument, PlainValidator(inner_layer)]


class WrappingLayer(LayerSpec):
    """A layer that does something with or to the one inside it."""

    layer: InnerLayer

    @property
    def inner(self) -> LayerSpec:
        """The layer inside; raises `NotKnown` for one that the program wrote itself."""
        if isinstance(self.layer, UnknownArgument):
            raise NotKnown(self.layer.reason)
        return self.layer

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Refuse what the layer inside refuses."""
        if isinstance(self.layer, LayerSpec):
            self.layer.require_dtypes(dtypes)


class ReportingLayer(LayerSpec):
    """A layer that reports shapes in Keras 3 for inputs that it refuses when it is called."""

    @abstractmethod
    def reported_shape(self, inputs: Shape) -> ShapeTree:
        """The output shape, of inputs of whatever rank."""

    @abstractmethod
    def reported_weights(self, inputs: Shape) -> Iterable[Weight]:
        """The weights that building for such an input makes."""


UNCHECKED = ("Pooling", "SpatialDropout", "RepeatVector", "ZeroPadding", "Transpose")
"""Layers, by parts of their names, that have some output shape for inputs of any rank."""


def shape_inside(layer: LayerSpec, inputs: ShapeTree) -> ShapeTree:
    """What comes out of the layer in a wrapper.

    Keras 2 calls it. Keras 3 has it built and asks for `compute_output_shape`, so that nothing
    looks at its `input_spec`: some layers get away with inputs of wrong rank.
    """
    if layer.era < Era.KERAS_3:
        return layer.call(inputs)
    if isinstance(layer, ReportingLayer) and isinstance(inputs, Shape):
        list(layer.reported_weights(inputs))
        return layer.reported_shape(inputs)
    with _unchecked_rank(layer, inputs):
        return layer.call(inputs)


def weights_inside(layer: LayerSpec, inputs: ShapeTree) -> Iterable[Weight]:
    """The weights of the layer in a wrapper, which only builds it."""
    if layer.era is Era.KERAS_3 and isinstance(layer, ReportingLayer) and isinstance(inputs, Shape):
        yield from layer.reported_weights(inputs)
        return
    with _unchecked_rank(layer, inputs):
        yield from layer.call_weights(inputs)


@contextmanager
def _unchecked_rank(layer: LayerSpec, inputs: ShapeTree) -> Iterator[None]:
    """Turns the refusal of a rank into an unknown result where Keras 3 reports something."""
    try:
        yield
    except ShapeConflict as conflict:
        if layer.era < Era.KERAS_3 or "ndim=" not in conflict.keras:
            raise
        if not _reports(layer, inputs):
            raise
        raise NotKnown(f"{layer.keras_name} is applied to an unusual rank") from None


def _reports(layer: LayerSpec, inputs: ShapeTree) -> bool:
    """Whether Keras 3 finds some shape all the same."""
    name = layer.keras_name
    window = getattr(layer, "axes", None)
    if "Pooling" in name and "Global" not in name and isinstance(inputs, Shape):
        # The sizes and the window are numpy arrays, which broadcast if one of them has length 1.
        return 1 in (window, inputs.rank - 2)
    return any(part in name for part in UNCHECKED)


class Wrapper(WrappingLayer):
    """The base of wrappers, which in Keras 2 builds the layer inside and does nothing with it.

    keras2: (None, 8, 3) -> Wrapper(Dense(4)) -> (None, 8, 3)
    keras3: (None, 8, 3) -> Wrapper(Dense(4)) -> conflict: does nothing
    (None, 8, 3)         -> Wrapper(4)        -> conflict: a layer
    """

    def call(self, inputs: ShapeTree, *_: Any, **__: Any) -> ShapeTree:
        """The input itself, once the layer inside has its weights."""
        if self.era is Era.KERAS_3:
            raise ShapeConflict(
                "Wrapper by itself does nothing: Keras 3 cannot call it",
                "'NoneType' object is not subscriptable",
            )
        for weight in self.inner.call_weights(inputs):
            if any(isinstance(size, Open) for size in weight.dims):
                raise ShapeConflict(
                    f"{self.inner.keras_name} inside of Wrapper needs to know more axes of its "
                    "input to make its weights",
                    "The last dimension of the inputs should be defined. Found None.",
                )
        return inputs

    def call_weights(self, inputs: ShapeTree, *_: Any, **__: Any) -> Iterable[Weight]:
        """The weights of the layer inside."""
        return self.inner.call_weights(inputs)


def _rounds(value: object, info: ValidationInfo) -> object:
    """A number above 0."""
    if is_symbolic(value) or (isinstance(value, int | float) and value > 0):
        return value
    return refuse(
        info,
        "a number above 0",
        value,
        f"`power_iterations` should be greater than zero. Received: `power_iterations={value}`",
    )


class SpectralNormalization(WrappingLayer):
    """A layer whose kernel is kept at a spectral norm of 1.

    Source: `SpectralNormalization.build` of keras/src/layers/normalization/ and of tf_keras: beside
    the weights of the layer a vector as long as the last axis of its kernel is kept.

    (None, 6)       -> SpectralNormalization(Dense(4))     -> (None, 4)
    (None, 8, 8, 3) -> SpectralNormalization(Conv2D(4, 3)) -> (None, 6, 6, 4)
    (None, 8, 3)    -> SpectralNormalization(LSTM(4))      -> conflict: kernel
    (None, 6) -> SpectralNormalization(Dense(4), power_iterations=0) -> conflict: above 0
    """

    power_iterations: Annotated[object, PlainValidator(_rounds)] = 1

    def call(self, inputs: ShapeTree, *_: Any, **__: Any) -> ShapeTree:
        """The output of the layer inside."""
        self._kernel(list(weights_inside(self.inner, inputs)))
        return shape_inside(self.inner, inputs)

    def call_weights(self, inputs: ShapeTree, *_: Any, **__: Any) -> Iterable[Weight]:
        """The weights of the layer inside, and a vector that is not trained."""
        weights = list(weights_inside(self.inner, inputs))
        yield from weights
        yield Weight("vector_u", (1, self._kernel(weights).dims[-1]), trainable=False)

    def _kernel(self, weights: list[Weight]) -> Weight:
        name = self.inner.keras_name
        # The kernel of Keras 2's depthwise layers is called `depthwise_kernel`.
        has_other_name = self.era < Era.KERAS_3 and name.startswith("Depthwise")
        for weight in weights:
            if weight.name in ("kernel", "embeddings") and not has_other_name:
                return weight
        raise ShapeConflict(
            f"SpectralNormalization works on a `kernel` or on `embeddings`, and {name} has neither",
            f"{name} object has no attribute 'kernel' nor 'embeddings'",
        )

"""Second calls: what a layer that has its variables already refuses of another input.

Found by calling every layer of both eras on two inputs. Keras 3 holds a second input against the
layer's `InputSpec`; tf_keras, while a functional model is put together, leaves it to TensorFlow,
which convolves with any multiple of the depth and adds whatever broadcasts.
"""

from __future__ import annotations

from collections.abc import Sequence

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import LayerSpec, Weight
from flatlint.shapes import Open, Shape

_CONVOLUTIONS = ("Conv1D", "Conv2D", "Conv3D")
_OTHER_CONVOLUTIONS = ("DepthwiseConv1D", "DepthwiseConv2D", "SeparableConv1D", "SeparableConv2D",
                       "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose")  # fmt: skip
_RECURRENT = ("LSTM", "GRU", "SimpleRNN", "RNN")

_BY_SPEC = frozenset({
    "Dense", *_CONVOLUTIONS, *_OTHER_CONVOLUTIONS, "BatchNormalization", "GroupNormalization",
})  # fmt: skip
"""Layers whose `InputSpec` in Keras 3 holds the sizes that their variables were made for."""

_EXACT = frozenset({"Dense", *_OTHER_CONVOLUTIONS, *_RECURRENT})
"""Layers for which Keras 2 multiplies matrices, so that even a size of 1 has to fit."""

_BY_DEPTH = frozenset({*_CONVOLUTIONS, "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"})
"""Layers for which TensorFlow takes any multiple of the channels, in groups."""

_WITHOUT_SPEC = frozenset({"LayerNormalization", "Normalization", "GroupNormalization"})
"""Layers that broadcast their variables, and have no `InputSpec` to stop them."""

_TAKES_ANYTHING = frozenset({"LocallyConnected1D", "LocallyConnected2D"})

_TAKES_ANY_RANK = frozenset({
    "Cropping1D", "Cropping2D", "Cropping3D", "UpSampling1D", "GlobalAveragePooling1D",
    "GlobalAveragePooling2D", "GlobalAveragePooling3D", "GlobalMaxPooling1D",
    "GlobalMaxPooling2D", "GlobalMaxPooling3D",
})  # fmt: skip


def is_unchecked_again(spec: LayerSpec) -> bool:
    """Whether a second call is not held against the rank that a first one must have."""
    return spec.era is Era.KERAS_2 and spec.keras_name in _TAKES_ANY_RANK


def is_left_to_data(spec: LayerSpec, inputs: object) -> bool:
    """Whether nothing is multiplied before there is data.

    `tensordot` of TensorFlow, by which Keras 2's `Dense` maps the last of several axes, reads the
    sizes while it runs if one of them is open.
    """
    is_mapped = spec.era is Era.KERAS_2 and spec.keras_name == "Dense"
    return (
        is_mapped
        and isinstance(inputs, Shape)
        and inputs.rank > 2
        and any(isinstance(size, Open) for size in inputs)
    )


def require_same_variables(
    spec: LayerSpec,
    built: Sequence[Weight],
    wanted: Sequence[Weight],
    *,
    is_inside: bool = False,
) -> None:
    """Refuse an input that would need variables of other sizes than the layer has.

    Inside of a model that is called Keras 2 holds inputs against the `InputSpec` too.
    """
    clash = _clash_inside if is_inside else _clash
    for old, new in zip(built, wanted, strict=False):
        if old.name != new.name or len(old.dims) != len(new.dims):
            continue
        for had, needs in zip(old.dims, new.dims, strict=True):
            if isinstance(had, int) and isinstance(needs, int) and clash(spec, had, needs):
                _refuse(spec, had, needs)


def _clash(spec: LayerSpec, had: int, needs: int) -> bool:
    name = spec.keras_name
    if spec.era is Era.KERAS_3:
        return name in _BY_SPEC and had != needs
    if had == needs or name in _TAKES_ANYTHING:
        return False
    if name in _BY_DEPTH:
        return needs % had != 0
    return name in _EXACT or 1 not in (had, needs)


def _clash_inside(spec: LayerSpec, had: int, needs: int) -> bool:
    return had != needs and spec.keras_name not in _WITHOUT_SPEC


def _refuse(spec: LayerSpec, had: int, needs: int) -> None:
    raise ShapeConflict(
        f"{spec.keras_name} was built for an input with {had} where this one has {needs}: its "
        "variables cannot change any more",
        f"Dimensions must be equal, but are {needs} and {had}"
        if spec.era < Era.KERAS_3
        else f'Input 0 of layer "{spec.keras_name}" is incompatible with the layer: expected axis '
        f"-1 of input shape to have value {had}",
    )

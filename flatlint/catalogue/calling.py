"""Calling: which keywords a layer takes when it is called, beside its inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TypeVar

from flatlint.catalogue.arguments import OpaqueArgument
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.data import read_table
from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import LayerSpec

T = TypeVar("T")

ANY = "**"

WITHOUT_SHAPE_FUNCTION = frozenset({
    "GRUCell", "Identity", "LSTMCell", "Layer", "RandomBrightness", "SimpleRNNCell",
    "StackedRNNCells", "Wrapper",
})  # fmt: skip
"""Layers of Keras 2 that inherit `compute_output_shape`, which then needs eager execution."""

TAKES_PLAIN_DATA = frozenset([
    "AugMix", "AutoContrast", "CategoryEncoding", "CenterCrop",
    "ContrastLimitedAdaptiveHistogramEqualization", "CutMix", "Discretization", "Equalization",
    "HashedCrossing", "Hashing", "IntegerLookup", "MaxNumBoundingBoxes", "MelSpectrogram", "MixUp",
    "Normalization", "RandAugment", "RandomBrightness", "RandomColorDegeneration",
    "RandomColorJitter", "RandomContrast", "RandomCrop", "RandomElasticTransform", "RandomErasing",
    "RandomFlip", "RandomGaussianBlur", "RandomGrayscale", "RandomHue", "RandomInvert",
    "RandomPerspective", "RandomPosterization", "RandomRotation", "RandomSaturation",
    "RandomSharpness", "RandomShear", "RandomTranslation", "RandomZoom", "Rescaling", "Resizing",
    "Solarization", "StringLookup", "TextVectorization",
])  # fmt: skip
"""What Keras 3 lets be called on numbers and strings: `_allow_non_tensor_positional_args`."""


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = read_table("calls")
    return table


@cache
def call_keywords(class_name: str, era: Era) -> frozenset[str] | None:
    """The keywords that a call takes beside the inputs; `None` where any is taken or not known."""
    taken = _table().get(era.label, {}).get(class_name)
    return None if taken is None or ANY in taken else frozenset(taken) | {"training"}


@cache
def inputs_keyword(class_name: str, era: Era) -> str | None:
    """What the first parameter of `call` is named; `None` where that is not known."""
    if class_name not in _table().get(era.label, {}):
        return None
    (name,) = _table()[f"{era.label} inputs"].get(class_name, ["inputs"])
    return None if name == ANY else name


def require_shape_function(class_name: str) -> None:
    """Refuse `dynamic=True` of a layer that cannot tell its shape without being called.

    Source: `compute_output_shape` in tf_keras/src/engine/base_layer.py.
    """
    if class_name in WITHOUT_SHAPE_FUNCTION:
        raise ShapeConflict(
            f"{class_name}(dynamic=True) is not called before there is data, and has no "
            "`compute_output_shape` to tell its output",
            "Please run in eager mode or implement the `compute_output_shape` method on your "
            f"layer ({class_name}).",
        )


INTEGERS = ("Discretization", "HashedCrossing", "Hashing", "IntegerLookup", "StringLookup",
            "TextVectorization")  # fmt: skip
"""Layers that give whole numbers unless they are told to make rows of them."""


def require_floats_to_regularize(spec: LayerSpec) -> None:
    """Refuse a cost on the output of a layer that gives whole numbers, which TensorFlow cannot add.

    A word is a regularizer that does something; of an object that is not known.
    """
    if spec.era is not Era.KERAS_2 or not isinstance(spec.activity_regularizer, str):
        return
    if spec.keras_name in INTEGERS and getattr(spec, "output_mode", None) == "int":
        raise ShapeConflict(
            f"{spec.keras_name} gives whole numbers, to which `activity_regularizer` cannot add a "
            "cost",
            "Value passed to parameter 't' has DataType int64 not in list of allowed values",
        )


def require_function(activation: object, era: Era) -> None:
    """Refuse a layer class in the place of an activation, which is called on a tensor.

    Keras 2 does so at once; Keras 3 takes the shape from elsewhere.
    """
    path = activation.kind if isinstance(activation, OpaqueArgument) else ""
    is_class = path.startswith("keras.layers.") and path.rpartition(".")[2][:1].isupper()
    if era is Era.KERAS_2 and (is_class or path == "keras.Input"):
        raise ShapeConflict(
            f"`{path}` as an activation makes a layer of the tensor that it is called on: "
            f"`{path}()` would be a layer",
            "Using a symbolic `tf.Tensor` as a Python `bool` is not allowed.",
        )


def named_arguments(
    class_name: str, era: Era, positional: Sequence[T], keywords: Mapping[str, T]
) -> tuple[Sequence[T], Mapping[str, T]]:
    """A call with what stands behind its inputs by name; refuses more than the layer takes.

    A layer that the table does not have, or whose `call` takes any number, is left as it is.
    """
    first = inputs_keyword(class_name, era)
    if not positional and first is not None:
        positional, keywords = _with_inputs(class_name, first, keywords)
    taken = _table().get(f"{era.label} by position", {}).get(class_name)
    if taken is None or ANY in taken or len(positional) < 2:
        return positional, keywords
    behind = positional[1:]
    if len(behind) > len(taken):
        raise ShapeConflict(
            f"{class_name} is called with {len(positional)} arguments, and takes "
            f"{len(taken) + 1} by position",
            f"{class_name}.call() takes {len(taken) + 2} positional arguments but "
            f"{len(positional) + 1} were given",
        )
    named = dict(zip(taken, behind, strict=False))
    twice = next((name for name in named if name in keywords), None)
    if twice is not None:
        raise ShapeConflict(
            f"{class_name} gets `{twice}` twice: by position and by name",
            f"{class_name}.call() got multiple values for argument {twice!r}",
        )
    return positional[:1], {**named, **keywords}


def _with_inputs(
    class_name: str, first: str, keywords: Mapping[str, T]
) -> tuple[Sequence[T], Mapping[str, T]]:
    """The inputs that came by name, by position."""
    require_inputs(class_name, first, keywords)
    return [keywords[first]], {name: v for name, v in keywords.items() if name != first}


def require_inputs(class_name: str, first: str, keywords: Iterable[str]) -> None:
    """Refuse a call with nothing by position that does not name its `first` parameter either.

    Source: `CallSpec.__init__` in keras/src/layers/layer.py, `split_out_first_arg` in
    tf_keras/src/utils/layer_utils.py.
    """
    if first not in keywords:
        given = ", ".join(f"`{name}`" for name in keywords) or "nothing"
        raise ShapeConflict(
            f"{class_name} takes its inputs as `{first}` when it is called, and gets {given}",
            f"missing a required argument: {first!r}",
        )


def require_call_keywords(class_name: str, era: Era, keywords: Iterable[str]) -> None:
    """Refuse a keyword that the layer's `call` has no parameter for.

    Source: the signatures of `call`; keras/src/layers/layer.py and tf_keras/src/engine/
    base_layer.py pass `training` to no layer that does not ask for it.
    """
    taken = call_keywords(class_name, era)
    if taken is None:
        return
    for name in keywords:
        if name not in taken:
            also = ", ".join(f"`{other}`" for other in sorted(taken))
            raise ShapeConflict(
                f"{class_name} does not take `{name}` when it is called, only inputs and {also}",
                f"{class_name}.call() got an unexpected keyword argument {name!r}",
            )


def require_tensors(class_name: str, era: Era, positional: Iterable[object]) -> None:
    """Refuse numbers and strings by position, as keras/src/layers/layer.py does; `None` passes."""
    if era is not Era.KERAS_3 or class_name in TAKES_PLAIN_DATA:
        return
    for value in positional:
        for part in _flat(value):
            if isinstance(part, bool | int | float | str | bytes):
                raise ShapeConflict(
                    f"{class_name} is called on {part!r}, which is no tensor",
                    "Only input tensors may be passed as positional arguments. The following "
                    f"argument value should be passed as a keyword argument: {part!r}",
                )


def _flat(value: object) -> Iterable[object]:
    if isinstance(value, list | tuple):
        for part in value:
            yield from _flat(part)
    elif isinstance(value, Mapping):
        yield from _flat(list(value.values()))
    else:
        yield value

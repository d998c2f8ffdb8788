"""What an application refuses of its arguments, and the input shape that it settles on."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

from flatlint.catalogue.applications.recorded import Recorded
from flatlint.catalogue.arguments import UnknownArgument, is_symbolic, sizes_of
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.shapes import OPEN, Dim, Open, Shape

ALPHAS = {
    "MobileNet": (0.25, 0.5, 0.75, 1.0),
    "MobileNetV2": (0.35, 0.5, 0.75, 1.0, 1.3, 1.4),
    "MobileNetV3Large": (0.75, 1.0),
    "MobileNetV3Small": (0.75, 1.0),
}
"""The widths for which there are weights."""

SIZED_WITHOUT_TOP = "NASNetMobile"
"""The model that Keras 3 gives its default size without its top too."""

FIXED_WITH_WEIGHTS = ("NASNetLarge", "NASNetMobile")
"""Models that look for open sizes themselves where they get pretrained weights."""

WEIGHT_SIZES = {"MobileNet": (128, 160, 192, 224), "MobileNetV2": (96, 128, 160, 192, 224)}
"""Sizes other than the default for which there are weights."""


def require_arguments(record: Recorded, given: Mapping[str, object], has_top: bool) -> None:
    """Refuse what does not go with pretrained weights.

    Source: the constructors in keras/src/applications/, which agree with those of tf_keras.
    """
    weights = given.get("weights", "imagenet")
    if isinstance(weights, UnknownArgument) or is_symbolic(weights):
        return
    if isinstance(weights, int | float | list | tuple):
        raise ShapeConflict(
            f"{record.name}: `weights` must be None, 'imagenet' or a file, not {weights!r}",
            "The `weights` argument should be either `None` (random initialization), `imagenet` "
            "(pre-training on ImageNet), or the path to the weights file to be loaded.",
        )
    if isinstance(weights, str) and weights != "imagenet" and _is_misspelt(weights):
        raise ShapeConflict(
            f"{record.name}: the word for pretrained weights is 'imagenet', not {weights!r}",
            "The `weights` argument should be either `None` (random initialization), `imagenet` "
            "(pre-training on ImageNet), or the path to the weights file to be loaded.",
        )
    if weights != "imagenet":
        return
    classes = given.get("classes", 1000)
    if has_top and isinstance(classes, int) and classes != 1000:
        raise ShapeConflict(
            f"{record.name}: the weights of ImageNet have 1000 classes, not {classes}; "
            "`include_top=False` leaves out the last layer, `weights=None` the weights",
            'If using `weights="imagenet"` with `include_top` as true, `classes` should be 1000. '
            f"Received classes={classes}",
        )
    activation = given.get("classifier_activation", "softmax")
    if has_top and isinstance(activation, str) and activation != "softmax":
        raise ShapeConflict(
            f"{record.name}: pretrained weights go with `classifier_activation` 'softmax' or "
            f"None, not {activation!r}",
            "Only `None` and `softmax` activations are allowed for the `classifier_activation` "
            "argument when using pretrained weights, with `include_top=True`",
        )
    _require_widths(record, given)


def _is_misspelt(weights: str) -> bool:
    """Whether a word can only be meant for the one word: near it, and no name of a file."""
    ratio = SequenceMatcher(None, weights.lower(), "imagenet").ratio()
    return ratio > 0.85 and not any(sign in weights for sign in "./\\")


def _require_widths(record: Recorded, given: Mapping[str, object]) -> None:
    name = record.name.partition(".")[0]
    alpha, deepening = given.get("alpha", 1.0), given.get("depth_multiplier", 1)
    if isinstance(deepening, int | float) and deepening != 1:
        raise ShapeConflict(
            f"{name}: pretrained weights go with `depth_multiplier=1`, not {deepening}",
            "If imagenet weights are being loaded, depth multiplier must be 1.",
        )
    widths = (1.0,) if record.name.endswith(".minimalistic") else ALPHAS.get(name)
    if widths and isinstance(alpha, int | float) and alpha not in widths:
        listed = ", ".join(map(str, widths))
        raise ShapeConflict(
            f"{name}: there are pretrained weights for `alpha` {listed}, not for {alpha}",
            f"If imagenet weights are being loaded, alpha can be one of {listed} only. Received "
            f"alpha={alpha}",
        )


def settled_input(record: Recorded, given: Mapping[str, object], has_top: bool, era: Era) -> Shape:
    """The shape of the input, the batch axis included; raises where Keras raises.

    Source: `obtain_input_shape` in keras/src/applications/imagenet_utils.py. `input_tensor` is the
    shape of the tensor that is given, if one is.
    """
    tensor, shape = given.get("input_tensor"), given.get("input_shape")
    for value in (tensor, shape):
        if isinstance(value, UnknownArgument):
            raise NotKnown(value.reason, value.origin)
    if shape is not None and (is_symbolic(shape) or not isinstance(shape, list | tuple)):
        if isinstance(shape, int | str | float):
            raise ShapeConflict(
                f"{record.name}: `input_shape` must be a tuple of three sizes, not {shape!r}",
                f"object of type '{type(shape).__name__}' has no len()",
            )
        raise NotKnown("the input shape is not known")
    is_pretrained = given.get("weights", "imagenet") == "imagenet"
    sizes = None if not shape else _given_sizes(record, sizes_of(shape), has_top, is_pretrained)
    if isinstance(tensor, Shape):
        return tensor
    if sizes is not None:
        return Shape((OPEN, *sizes))
    takes_default = record.name == SIZED_WITHOUT_TOP and era is Era.KERAS_3
    if record.needs_fixed_size[0 if has_top else 1] or takes_default:
        return Shape((OPEN, record.default_size, record.default_size, 3))
    return Shape((OPEN, OPEN, OPEN, 3))


def _given_sizes(
    record: Recorded, sizes: tuple[Dim, ...], has_top: bool, is_pretrained: bool
) -> tuple[Dim, ...]:
    needs_fixed = record.needs_fixed_size[0 if has_top else 1]
    if len(sizes) != 3:
        raise ShapeConflict(
            f"{record.name}: `input_shape` must be (height, width, channels), not {Shape(sizes)}",
            "`input_shape` must be a tuple of three integers.",
        )
    if is_pretrained and needs_fixed:
        _require_default(record, sizes)
    if is_pretrained and record.name in FIXED_WITH_WEIGHTS and Open in map(type, sizes):
        raise ShapeConflict(
            f"{record.name}: with the weights of ImageNet the input shape must be fixed, and "
            f"{Shape(sizes)} is not",
            "When specifying the input shape of a NASNet and loading `ImageNet` weights, the "
            "input_shape argument must be static (no None entries).",
        )
    if is_pretrained and isinstance(sizes[2], int | Open) and sizes[2] != 3 and record.min_size:
        _refuse_channels(record, sizes)
    small = [size for size in sizes[:2] if isinstance(size, int) and size < record.min_size]
    if small:
        raise ShapeConflict(
            f"{record.name} needs images of {record.min_size} by {record.min_size} pixels or "
            f"more, not {sizes[0]} by {sizes[1]}",
            f"Input size must be at least {record.min_size}x{record.min_size}; Received: "
            f"input_shape={Shape(sizes)}",
        )
    if needs_fixed and any(isinstance(size, Open) for size in sizes):
        raise ShapeConflict(
            f"{record.name} with its top needs a fixed input size, and {Shape(sizes)} leaves it "
            "open; `include_top=False` takes any",
            "If `include_top` is True, you should specify a static `input_shape`. Received: "
            f"input_shape={Shape(sizes)}",
        )
    return sizes


def _require_default(record: Recorded, sizes: tuple[Dim, ...]) -> None:
    """With pretrained weights the top fits one size only, for some models one of a few."""
    if not all(isinstance(size, int) for size in sizes):
        return
    others = WEIGHT_SIZES.get(record.name, ())
    size = sizes[0] if sizes[0] == sizes[1] and sizes[0] in others else record.default_size
    wanted = (size, size, 3)
    if tuple(sizes) != wanted:
        raise ShapeConflict(
            f"{record.name} with its top and the weights of ImageNet takes images {wanted}, not "
            f"{tuple(sizes)}; `include_top=False` takes any",
            "When setting `include_top=True` and loading `imagenet` weights, `input_shape` should "
            f"be {wanted}. Received: input_shape={tuple(sizes)}",
        )


def _refuse_channels(record: Recorded, sizes: tuple[Dim, ...]) -> None:
    raise ShapeConflict(
        f"{record.name}: the weights of ImageNet are for 3 channels, not {sizes[2]}",
        f"The input must have 3 channels; Received `input_shape={Shape(sizes)}`",
    )

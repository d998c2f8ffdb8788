"""Building an application: its recorded layers, worked out for the arguments of a call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flatlint.catalogue.applications.application import Application, ApplicationLayer
from flatlint.catalogue.applications.checking import require_arguments, settled_input
from flatlint.catalogue.applications.hard_swish import spelled_out
from flatlint.catalogue.applications.inner_layers import inner_layer
from flatlint.catalogue.applications.recorded import Recorded, has_layers, recorded
from flatlint.catalogue.applications.widths import Step, with_step, with_width, without
from flatlint.catalogue.arguments import Dialect, UnknownArgument, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import LayerSpec, ShapeTree
from flatlint.shapes import Open, Shape, broadcast_shapes

CLASSES = 1000
"""The number of classes that the recorded tops have."""

RESCALED = ("EfficientNetB", ("normalization",))
"""Models that rescale once more behind their normalisation if they get the ImageNet weights."""


def build_application(
    name: str, arguments: Mapping[str, object], dialect: Dialect | None = None
) -> Application:
    """The model that `keras.applications.<name>(**arguments)` makes.

    `input_tensor` is the shape of the tensor, where one is given. Raises `ShapeConflict` where
    Keras refuses the arguments, `NotKnown` where the model depends on what the source does not fix.
    """
    dialect = dialect or Dialect()
    record = _record_of(name, arguments)
    has_top = _known_flag(arguments.get("include_top", True), "include_top")
    require_arguments(record, arguments, has_top)
    inputs = settled_input(record, arguments, has_top, dialect.era)
    record = _for_input(record, inputs)
    steps = _steps(record, arguments, has_top)
    if dialect.era < Era.KERAS_3:
        steps = spelled_out(steps)
    return Application(
        _model_name(record, arguments, inputs, dialect), tuple(_worked_out(inputs, steps, dialect))
    )


def _record_of(name: str, arguments: Mapping[str, object]) -> Recorded:
    if _known_flag(arguments.get("minimalistic", False), "minimalistic"):
        name = f"{name}.minimalistic"
    if not has_layers(name):
        raise NotKnown(f"the layers of {name} are not recorded")
    return recorded(name)


def _for_input(record: Recorded, inputs: Shape) -> Recorded:
    """The record for this input: a NASNet compares widths, of which two open ones are equal.

    Source: `_adjust_block` in keras/src/applications/nasnet.py.
    """
    if inputs.rank != 4 or not has_layers(f"{record.name}.open"):
        return record
    if isinstance(inputs[2], Open):
        require_width(inputs)
        return recorded(f"{record.name}.open")
    if not isinstance(inputs[2], int) or inputs[2] < record.min_size:
        raise NotKnown("the width of the images")
    return record


def _known_flag(value: object, what: str) -> bool:
    if isinstance(value, UnknownArgument):
        raise NotKnown(value.reason, value.origin)
    if is_symbolic(value):
        raise NotKnown(f"`{what}` is not known")
    return bool(value)


def _steps(record: Recorded, arguments: Mapping[str, object], has_top: bool) -> list[Step]:
    """The steps behind the input, each with the config that the arguments give it."""
    end = _end_of(arguments, has_top)
    first_of_end = len(record.body)
    steps: list[Step] = []
    for place, (name, number, inputs) in enumerate(record.rows(end)):
        class_name, given = record.configs[number]
        if place >= first_of_end and has_top:
            given = _with_classes(class_name, given, arguments)
        if class_name == "DepthwiseConv2D" and "depth_multiplier" in arguments:
            given = {**given, "depth_multiplier": arguments["depth_multiplier"]}
        steps.append((name, (class_name, given), inputs))
    steps = _with_alpha(record, steps, arguments)
    return _with_other_ends(record, steps, arguments)


def _with_alpha(record: Recorded, steps: list[Step], arguments: Mapping[str, object]) -> list[Step]:
    alpha = arguments.get("alpha", 1.0)
    if isinstance(alpha, UnknownArgument):
        raise NotKnown(alpha.reason, alpha.origin)
    if alpha == 1 or not isinstance(alpha, int | float):
        return steps
    return with_width(record.name.partition(".")[0], steps, alpha)


def _end_of(arguments: Mapping[str, object], has_top: bool) -> str:
    if has_top:
        return "top"
    pooling = arguments.get("pooling")
    if isinstance(pooling, UnknownArgument):
        raise NotKnown(pooling.reason, pooling.origin)
    # Keras compares, and takes any other word for no pooling.
    return pooling if isinstance(pooling, str) and pooling in ("avg", "max") else "none"


def _with_classes(
    class_name: str, given: Mapping[str, Any], arguments: Mapping[str, object]
) -> Mapping[str, Any]:
    """The arguments of a layer of the top, for the classes and the activation that are wanted."""
    classes = arguments.get("classes", CLASSES)
    changed = dict(given)
    for key in ("units", "filters"):
        if changed.get(key) == CLASSES:
            changed[key] = classes
    if changed.get("target_shape") == [CLASSES]:
        changed["target_shape"] = [classes]
    is_last = class_name in ("Dense", "Activation") and changed.get("activation") == "softmax"
    if is_last and "classifier_activation" in arguments:
        changed["activation"] = arguments["classifier_activation"]
    return changed


def _with_other_ends(
    record: Recorded, steps: list[Step], arguments: Mapping[str, object]
) -> list[Step]:
    """The steps without those that an argument takes away, and with those that one puts in."""
    if arguments.get("include_preprocessing", True) is False and record.preprocessing:
        for _ in range(record.preprocessing):
            steps = without(steps, 0)
    if arguments.get("dropout_rate") == 0:
        for place in [p for p, step in enumerate(steps) if step[1][0] == "Dropout"][-1:]:
            steps = without(steps, place)
    front, names = RESCALED
    is_pretrained = arguments.get("weights", "imagenet") == "imagenet"
    if record.name.startswith(front) and is_pretrained:
        place = next(number for number, step in enumerate(steps) if step[0] in names)
        added = ("rescaling_1", ("Rescaling", {"scale": 1.0}), (place + 1,))
        steps = with_step(steps, place + 1, added)
    return steps


def _worked_out(
    inputs: Shape, steps: Sequence[Step], dialect: Dialect
) -> Iterable[ApplicationLayer]:
    """Every step with its shape and its variables."""
    done = [ApplicationLayer("input", "InputLayer", None, (), inputs)]
    specs: dict[int, LayerSpec] = {}
    for name, (class_name, given), sources in steps:
        taken = [done[source].output for source in sources]
        tree: ShapeTree = taken[0] if len(taken) == 1 else taken
        if class_name.startswith("op "):
            done.append(_operation(name, class_name, sources, taken, dialect))
            continue
        spec = specs.get(id(given)) if "correct_pad" not in given else None
        if spec is None:
            spec = inner_layer(class_name, _with_padding(given, tree), dialect.era)
            specs[id(given)] = spec
        output = spec.call(tree)
        weights = tuple(spec.call_weights(tree))
        done.append(ApplicationLayer(name, class_name, spec, sources, output, weights))
    return done


def _operation(
    name: str, class_name: str, sources: tuple[int, ...], taken: list[ShapeTree], dialect: Dialect
) -> ApplicationLayer:
    """Arithmetic between layers: tensors with one another, or with a number."""
    shapes = [shape for shape in taken if isinstance(shape, Shape)]
    output = broadcast_shapes(*shapes)
    assert output is not None
    is_layer = dialect.era < Era.KERAS_3
    return ApplicationLayer(name, class_name, None, sources, output, (), is_layer)


def _with_padding(given: Mapping[str, Any], inputs: ShapeTree) -> Mapping[str, Any]:
    """The arguments with the padding that Keras computes from the size of the input.

    Source: `correct_pad` in keras/src/applications/imagenet_utils.py: one row less at the top where
    the height is even or open, and so for the width.
    """
    if "correct_pad" not in given:
        return given
    assert isinstance(inputs, Shape)
    half = given["correct_pad"] // 2
    height, width = inputs[1], inputs[2]
    require_width(inputs)
    if not isinstance(height, int):
        lows = (1, 1)
    else:
        lows = (1 - height % 2, 1 - width % 2 if isinstance(width, int) else 1)
    return {"padding": [[half - lows[0], half], [half - lows[1], half]]}


def require_width(inputs: Shape) -> None:
    """Refuse images whose height alone is known: Keras computes with both then."""
    if isinstance(inputs[1], int) and isinstance(inputs[2], Open):
        raise ShapeConflict(
            "an application that pads by the size of its images needs their width if it knows "
            f"their height, and {inputs} leaves the width open",
            "unsupported operand type(s) for %: 'NoneType' and 'int'",
        )


def _model_name(
    record: Recorded, arguments: Mapping[str, object], inputs: Shape, dialect: Dialect
) -> str:
    """The name that the model gets if the program gives it none."""
    given = arguments.get("name", arguments.get("model_name"))
    if isinstance(given, str):
        return given
    if record.name not in ("MobileNet", "MobileNetV2"):
        return record.model_name
    alpha = arguments.get("alpha", 1.0)
    rows: object = inputs[1]
    if arguments.get("weights", "imagenet") == "imagenet" and not _has_weights(record, inputs):
        rows = 224
    front = "mobilenet" if record.name == "MobileNet" else "mobilenetv2"
    width = f"{alpha:0.2f}" if isinstance(alpha, int | float) else str(alpha)
    return f"{front}_{width}_{rows}"


def _has_weights(record: Recorded, inputs: Shape) -> bool:
    sizes = {"MobileNet": (128, 160, 192, 224), "MobileNetV2": (96, 128, 160, 192, 224)}
    return inputs[1] == inputs[2] and inputs[1] in sizes[record.name]

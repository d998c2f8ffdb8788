"""Ready-made models: their shapes, counts, inner layers and refusals."""

from __future__ import annotations

import pytest

from flatlint.catalogue.applications import build_application, has_layers
from flatlint.catalogue.applications.widths import divisible
from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.tables import table_of
from flatlint.shapes import OPEN, Shape

# What Keras said of each application when it was built: tests/oracle/build_applications.py.
BUILT = {
    name: entry["built"]
    for name, entry in table_of(Era.KERAS_3)["applications"].items()
    if has_layers(name)
}
WAYS = {
    "include_top": {},
    "no_top": {"include_top": False},
    "no_top_avg_224": {"include_top": False, "pooling": "avg", "input_shape": (224, 224, 3)},
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", sorted(BUILT))
def test_an_application_is_as_keras_builds_it(name: str, way: str) -> None:
    facts = BUILT[name][way]
    model = build_application(name, {"weights": None, **WAYS[way]})
    assert model.input_shape == Shape.of(*facts["input_shape"])
    assert model.output_shape == Shape.of(*facts["output_shape"])
    assert model.parameters() == facts["total_params"]
    assert model.parameters(trainable_only=True) == facts["trainable_params"]
    assert len(model.layers) == facts["layers"]
    assert model.name == facts["model_name"]


@pytest.mark.parametrize(
    ("name", "layer", "shape"),
    [
        ("VGG16", "block4_pool", (None, 14, 14, 512)),
        ("VGG16", "fc1", (None, 4096)),
        ("ResNet50", "conv4_block6_out", (None, 14, 14, 1024)),
        ("InceptionV3", "mixed7", (None, 17, 17, 768)),
        ("MobileNetV2", "block_13_expand_relu", (None, 14, 14, 576)),
    ],
)
def test_a_layer_inside_is_found_by_its_name(
    name: str, layer: str, shape: tuple[int | None, ...]
) -> None:
    found = build_application(name, {}).layer(layer)
    assert found is not None
    assert found.output == Shape.of(*shape)


def test_there_is_no_layer_of_another_name() -> None:
    assert build_application("VGG16", {}).layer("block9_pool") is None


def test_layers_follow_the_input_size() -> None:
    model = build_application("VGG16", {"include_top": False, "input_shape": (150, 150, 3)})
    assert model.output_shape == Shape.of(None, 4, 4, 512)


def test_an_odd_size_is_padded_as_keras_pads_it() -> None:
    # 225 -> 113 -> 57 -> 29 -> 15 -> 8, each half rounded up.
    model = build_application("MobileNetV2", {"include_top": False, "input_shape": (225, 225, 3)})
    assert model.output_shape == Shape.of(None, 8, 8, 1280)


def test_the_tensor_that_is_given_is_the_input() -> None:
    given = Shape.of(None, 64, 48, 3)
    model = build_application("VGG16", {"include_top": False, "input_tensor": given})
    assert model.output_shape == Shape.of(None, 2, 1, 512)


def test_other_classes_change_the_last_layer_alone() -> None:
    whole = build_application("VGG16", {"weights": None})
    other = build_application("VGG16", {"weights": None, "classes": 10})
    assert other.output_shape == Shape.of(None, 10)
    assert whole.parameters() - other.parameters() == 4097 * 990


def test_a_word_for_pooling_that_keras_does_not_know_means_none() -> None:
    model = build_application("VGG16", {"include_top": False, "pooling": "mean"})
    assert model.output_shape == Shape((OPEN, OPEN, OPEN, 512))


@pytest.mark.parametrize(
    ("alpha", "parameters"),
    # The weights that Keras offers: keras/src/applications/mobilenet.py lists these counts.
    [(1.0, 4_253_864), (0.75, 2_601_976), (0.5, 1_342_536), (0.25, 475_544)],
)
def test_alpha_makes_a_mobilenet_thinner(alpha: float, parameters: int) -> None:
    model = build_application("MobileNet", {"weights": None, "alpha": alpha})
    assert model.parameters() == parameters


@pytest.mark.parametrize(("value", "rounded"), [(32 * 0.35, 16), (16 * 0.35, 8), (24 * 1.4, 32)])
def test_filters_are_multiples_of_eight(value: float, rounded: int) -> None:
    assert divisible(value) == rounded


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("VGG16", {"classes": 10}, "1000 classes, not 10"),
        ("VGG16", {"include_top": False, "input_shape": (31, 64, 3)}, "32 by 32 pixels or more"),
        ("Xception", {"include_top": False, "input_shape": (70, 71, 3)}, "71 by 71"),
        ("VGG16", {"include_top": False, "input_shape": (64, 64)}, "height, width, channels"),
        ("VGG16", {"include_top": False, "input_shape": (64, 64, 1)}, "3 channels, not 1"),
        ("VGG16", {"input_shape": (64, 64, 3)}, "takes images"),
        ("VGG16", {"weights": None, "input_shape": (None, None, 3)}, "fixed input size"),
        ("VGG16", {"weights": None, "input_shape": 224}, "tuple of three sizes"),
        ("VGG16", {"weights": 3}, "None, 'imagenet' or a file"),
        ("NASNetLarge", {"include_top": False, "input_shape": (None, None, 3)}, "must be fixed"),
        (
            "NASNetLarge",
            {"weights": None, "include_top": False, "input_shape": (224, None, 3)},
            "needs their width",
        ),
        ("VGG16", {"classifier_activation": "relu"}, "'softmax' or None"),
        ("MobileNet", {"alpha": 0.3}, "not for 0.3"),
        ("MobileNet", {"depth_multiplier": 2}, "`depth_multiplier=1`, not 2"),
    ],
)
def test_what_keras_refuses_is_refused(
    name: str, arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(ShapeConflict, match=message.replace("(", r"\(")) as caught:
        build_application(name, arguments)
    assert caught.value.keras


@pytest.mark.parametrize(
    ("name", "size", "last", "parameters"),
    # Built by Keras with weights=None and include_top=False.
    [
        ("NASNetLarge", (None, None), None, 84887922),
        ("NASNetLarge", (None, 225), 7, 84916818),
        ("NASNetLarge", (33, 70), 3, 84916818),
        ("NASNetLarge", (32, 32), 1, 84916818),
        ("NASNetMobile", (None, None), None, 4267604),
        ("NASNetMobile", (32, 32), 1, 4269716),
    ],
)
def test_a_nasnet_of_another_size_is_as_keras_builds_it(
    name: str, size: tuple[int | None, int | None], last: int | None, parameters: int
) -> None:
    arguments = {"weights": None, "include_top": False, "input_shape": (*size, 3)}
    model = build_application(name, arguments)
    assert model.output_shape[2] == (OPEN if last is None else last)
    assert model.parameters() == parameters


def test_one_channel_is_fine_without_pretrained_weights() -> None:
    arguments = {"weights": None, "include_top": False, "input_shape": (64, 64, 1)}
    assert build_application("VGG16", arguments).output_shape == Shape.of(None, 2, 2, 512)


@pytest.mark.parametrize("argument", ["include_top", "input_shape", "pooling", "alpha"])
def test_what_the_source_does_not_fix_is_not_guessed(argument: str) -> None:
    arguments = {"include_top": False, argument: UnknownArgument("read from a file")}
    with pytest.raises(NotKnown, match="read from a file"):
        build_application("MobileNetV2", arguments)


def test_pretrained_efficientnets_rescale_once_more() -> None:
    trained = build_application("EfficientNetB0", {})
    untrained = build_application("EfficientNetB0", {"weights": None})
    assert len(trained.layers) == len(untrained.layers) + 1
    assert trained.parameters() == untrained.parameters()


def test_preprocessing_can_be_left_out() -> None:
    whole = build_application("EfficientNetV2B0", {"weights": None})
    bare = build_application("EfficientNetV2B0", {"weights": None, "include_preprocessing": False})
    assert len(whole.layers) > len(bare.layers)
    assert bare.output_shape == whole.output_shape

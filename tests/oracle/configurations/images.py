"""Preprocessing of images: sizes, crops, and everything random."""

from __future__ import annotations

from typing import Any

from tests.oracle.configurations.values import FLAGS
from tests.oracle.options import (
    BOTH_ERAS,
    ONLY_KERAS_2,
    ONLY_KERAS_3,
    LayerOptions,
    On,
    Source,
    Tensor,
    also_experimental,
    called,
)
from tests.oracle.programs import Era

IMAGES: list[On] = [
    (8, 8, 3),
    (9, 12, 3),
    (16, 10, 1),
    (None, None, 3),
    (None, 8, 3),
    (3, 8, 8),
    (8, 8, 4),
    Tensor((8, 8, 3), batch_size=2),
    Tensor((8, 8, 3), dtype="uint8"),
    called("x, training=True", (8, 8, 3)),
    called("x, training=False", (8, 8, 3)),
]
FORMATS = ["channels_last", "channels_first", None]
WRONG_FORMATS = ["last", 1]
INTERPOLATIONS = ["bilinear", "nearest", "bicubic", "area", "lanczos3"]
WRONG_INTERPOLATIONS: list[Any] = ["linear", None, 1, "Bilinear"]
FACTORS: list[Any] = [0.2, 0.5, (0.1, 0.3), [0.2, 0.4], 0, 1.0, (-0.2, 0.3)]
WRONG_FACTORS: list[Any] = [-0.5, "a", None, (0.3, 0.1), (0.1, 0.2, 0.3), 2.5, (-3, 3), ("a", 1)]
RANGES: list[Any] = [(0, 255), (0, 1), [0, 255], (0.0, 1.0), (-1, 1)]
WRONG_RANGES: list[Any] = [255, None, "a", (0, 1, 2), (1, 0), (0,)]
SEEDS: list[Any] = [None, 1]
FILLS = ["reflect", "constant", "wrap", "nearest"]
WRONG_FILLS: list[Any] = ["mirror", None, 1]

RESIZING = LayerOptions(
    "Resizing",
    on=IMAGES,
    required={"height": [4, 16, 1, 8], "width": [5, 16, 8]},
    optional={"interpolation": INTERPOLATIONS, "crop_to_aspect_ratio": FLAGS},
    optional_in={
        Era.KERAS_3: {
            "data_format": FORMATS,
            "pad_to_aspect_ratio": FLAGS,
            "fill_mode": ["constant"],
            "fill_value": [0.0, 1],
            "antialias": FLAGS,
        },
        Era.KERAS_2: {"interpolation": ["gaussian", "mitchellcubic", "lanczos5", "Bilinear"]},
    },
    invalid={
        "height": [0, -1, 2.5, "4", None, (4, 4)],
        "width": [0, -1, 2.5, "4", None],
        "interpolation": WRONG_INTERPOLATIONS,
        "data_format": WRONG_FORMATS,
        "size": [(4, 4)],
        "fill_mode": ["reflect"],
    },
)
CENTER_CROP = LayerOptions(
    "CenterCrop",
    on=IMAGES,
    required={"height": [4, 8, 16, 1], "width": [5, 8, 16]},
    optional_in={Era.KERAS_3: {"data_format": FORMATS}},
    invalid={
        "height": [0, -1, 2.5, "4", None],
        "width": [0, -1, 2.5, "4", None],
        "data_format": WRONG_FORMATS,
        "seed": [1],
    },
)
RANDOM_CROP = LayerOptions(
    "RandomCrop",
    on=IMAGES,
    required={"height": [4, 8, 16, 1], "width": [5, 8, 16]},
    optional={"seed": SEEDS},
    optional_in={Era.KERAS_3: {"data_format": FORMATS}},
    invalid={
        "height": [0, -1, 2.5, "4", None],
        "width": [0, -1, 2.5, "4", None],
        "data_format": WRONG_FORMATS,
        "seed": ["a", 1.5],
    },
)
RESCALING = LayerOptions(
    "Rescaling",
    on=[*IMAGES, (6,), (4, 3), Tensor((6,), dtype="int32"), ()],
    required={"scale": [Source("1.0 / 255"), 2, 0.5, [1.0, 2.0, 3.0], Source("1 / 127.5")]},
    optional={"offset": [0.0, -1, 0.5, [0.0, 0.0, 1.0]]},
    invalid={
        "scale": ["a", None, [1.0, 2.0], (1.0,)],
        "offset": ["a", None, [1.0, 2.0]],
        "factor": [1.0],
    },
)


def image_layer(
    name: str,
    optional: dict[str, list[Any]],
    *,
    required: dict[str, list[Any]] | None = None,
    invalid: dict[str, list[Any]] | None = None,
    in_keras_3: dict[str, list[Any]] | None = None,
    eras: tuple[Era, ...] = BOTH_ERAS,
) -> LayerOptions:
    """A layer that changes pixels and, as a rule, not the shape."""
    return LayerOptions(
        name,
        on=IMAGES,
        required=required or {},
        optional={**optional, "seed": SEEDS},
        optional_in={Era.KERAS_3: {"data_format": FORMATS, **(in_keras_3 or {})}},
        invalid={
            "seed": ["a", 1.5],
            "data_format": WRONG_FORMATS,
            "rate": [0.5],
            **(invalid or {}),
        },
        eras=eras,
        programs=210,
    )


def new(name: str, *with_factor: str, **optional: list[Any]) -> LayerOptions:
    """A layer that only Keras 3 has; `with_factor` names arguments that are amounts."""
    ranged = {"value_range": RANGES} if optional.pop("ranged", [True])[0] else {}
    factors = dict.fromkeys(with_factor, FACTORS)
    return image_layer(
        name,
        {**factors, **ranged, **optional},
        invalid={**dict.fromkeys(with_factor, WRONG_FACTORS), "value_range": WRONG_RANGES},
        eras=ONLY_KERAS_3,
    )


MOVED: dict[str, list[Any]] = {
    "fill_mode": FILLS,
    "interpolation": ["nearest", "bilinear"],
    "fill_value": [0.0, 1.0],
}
WRONG_MOVED: dict[str, list[Any]] = {
    "fill_mode": WRONG_FILLS,
    "interpolation": ["bicubic", None, 1],
}

RANDOM_BOTH = [
    image_layer(
        "RandomFlip",
        {"mode": ["horizontal", "vertical", "horizontal_and_vertical"]},
        invalid={"mode": ["foo", None, 1, "Horizontal"]},
    ),
    image_layer(
        "RandomRotation",
        MOVED,
        required={"factor": FACTORS},
        invalid={"factor": WRONG_FACTORS, **WRONG_MOVED},
    ),
    image_layer(
        "RandomZoom",
        {"width_factor": [None, 0.2, (0.1, 0.2), (-0.3, -0.2)], **MOVED},
        required={"height_factor": FACTORS},
        invalid={"height_factor": WRONG_FACTORS, "width_factor": WRONG_FACTORS, **WRONG_MOVED},
    ),
    image_layer(
        "RandomTranslation",
        MOVED,
        required={"height_factor": FACTORS, "width_factor": FACTORS},
        invalid={"height_factor": WRONG_FACTORS, "width_factor": WRONG_FACTORS, **WRONG_MOVED},
    ),
    image_layer(
        "RandomContrast",
        {},
        required={"factor": FACTORS},
        invalid={"factor": WRONG_FACTORS, "value_range": WRONG_RANGES},
        in_keras_3={"value_range": RANGES},
    ),
    image_layer(
        "RandomBrightness",
        {"value_range": RANGES},
        required={"factor": FACTORS},
        invalid={"factor": WRONG_FACTORS, "value_range": WRONG_RANGES},
    ),
    *(
        image_layer(
            name,
            {"interpolation": INTERPOLATIONS},
            required={"factor": FACTORS},
            invalid={"factor": WRONG_FACTORS, "interpolation": WRONG_INTERPOLATIONS},
            eras=ONLY_KERAS_2,
        )
        for name in ("RandomHeight", "RandomWidth")
    ),
]

RANDOM_NEW = [
    *(
        image_layer(
            name,
            {"value_range": RANGES},
            required={"factor": [0.2, 0.5, (0.1, 0.3), 1.0, 0, 4]},
            invalid={"factor": WRONG_FACTORS, "value_range": WRONG_RANGES},
            eras=ONLY_KERAS_3,
        )
        for name in (
            "RandomColorDegeneration",
            "RandomHue",
            "RandomPosterization",
            "RandomSaturation",
            "RandomSharpness",
        )
    ),
    new(
        "RandomColorJitter",
        "brightness_factor",
        "contrast_factor",
        "saturation_factor",
        "hue_factor",
    ),
    new("RandomElasticTransform", "factor", scale=[1.0, 0.5, (0.1, 0.5)], **MOVED),
    new("RandomErasing", "factor", scale=[(0.02, 0.33), 0.2, 1.5], fill_value=[None, 0.0, 1]),
    new("RandomGaussianBlur", "factor", kernel_size=[3, 5, (3, 5), 0, "a"], sigma=[1.0, (0.1, 2)]),
    new("RandomGrayscale", "factor", ranged=[False]),
    new("RandomInvert", "factor"),
    new(
        "RandomPerspective",
        "factor",
        scale=[1.0, 0.5, (0.1, 0.5)],
        interpolation=["nearest", "bilinear", "bicubic"],
        fill_value=[0.0],
        ranged=[False],
    ),
    new("RandomShear", "x_factor", "y_factor", **MOVED, ranged=[False]),
    new("Solarization", "addition_factor", "threshold_factor"),
    new("RandAugment", "factor", num_ops=[2, 0, 5, "a"], interpolation=["nearest", "bilinear"]),
    new(
        "AugMix",
        "factor",
        num_chains=[3, 1, 0],
        chain_depth=[3, 1],
        alpha=[1.0, 0.2],
        all_ops=FLAGS,
        interpolation=["nearest", "bilinear"],
    ),
    new("AutoContrast"),
    new(
        "ContrastLimitedAdaptiveHistogramEqualization",
        clip_limit=[4.0, 1, "a"],
        tile_grid_size=[(8, 8), (2, 2), 4, (4,), None],
    ),
    new("Equalization", bins=[256, 16, 0, "a"]),
    new("CutMix", "factor", ranged=[False]),
    new("MixUp", alpha=[0.2, 1, 0, "a", None], ranged=[False]),
]
MAX_BOXES = LayerOptions(
    "MaxNumBoundingBoxes",
    eras=ONLY_KERAS_3,
    on=[(8, 8, 3), (None, 4), (10, 4)],
    required={"max_number": [4, 10, 1]},
    optional={"fill_value": [-1, 0]},
    invalid={"max_number": [0, -1, "a", None, 2.5], "boxes": [3]},
    programs=60,
)

BOTH = [RESIZING, CENTER_CROP, RANDOM_CROP, RESCALING, *RANDOM_BOTH]
NEVER_EXPERIMENTAL = ("RandomBrightness",)
LAYERS = [
    *(o if o.name in NEVER_EXPERIMENTAL else also_experimental(o) for o in BOTH),
    *RANDOM_NEW,
    MAX_BOXES,
]

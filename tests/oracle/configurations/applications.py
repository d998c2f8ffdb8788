"""Models of `keras.applications` that build quickly: what comes out, how much, what is refused."""

from __future__ import annotations

from typing import Any

from tests.oracle.options import LayerOptions, called


def application(name: str, *, smallest: int, **own: list[Any]) -> LayerOptions:
    """An application with a small head on it; `smallest` is the least size that it takes."""
    small, too_small = (smallest, smallest, 3), (smallest - 1, smallest, 3)
    return LayerOptions(
        f"applications.{name}",
        on=[called("")],
        any_rank=False,
        any_keyword=False,
        at_random=12,
        optional={
            "include_top": [False],
            "input_shape": [small, (64, 48, 3), (96, 96, 3), (None, None, 3)],
            "pooling": ["avg", "max", None],
            "classes": [10, 1000],
            **own,
        },
        invalid={
            "input_shape": [too_small, (64, 64), (64, 64, 3, 1)],
            "weights": ["imagnet", "/no/such/file.h5"],
            "pooling": ["mean"],
            "alphas": [1],
            "input_shapes": [(64, 64, 3)],
        },
        cases=[
            "weights=None",
            "weights=None, include_top=False",
            f"weights=None, include_top=False, input_shape={small}",
            f"weights=None, include_top=False, input_shape={too_small}",
            "weights=None, include_top=False, input_shape=(64, 64, 1)",
            f"weights=None, include_top=False, input_shape={small}, pooling='avg'",
            f"weights=None, classes=7, input_shape={small}",
            f"input_shape={small}, weights=None",
            "weights='imagenet', classes=10",
            "include_top=False, weights=None, input_tensor=keras.Input((64, 64, 3))",
        ],
        required={"weights": [None]},
        positional=False,
        programs=30,
        recorded=8,
        statement=(
            f"base = keras.applications.{name}({{arguments}})\n"
            "model = keras.Sequential([base, layers.Dense(3)])"
        ),
    )


LAYERS = [
    application("MobileNet", smallest=32, alpha=[0.25, 0.5, 1.0, 0.3], dropout=[0.1]),
    application("MobileNetV2", smallest=32, alpha=[0.35, 1.0, 0.1]),
    application("MobileNetV3Small", smallest=32, alpha=[1.0, 0.75], minimalistic=[True]),
    application("EfficientNetB0", smallest=32),
    application("ResNet50", smallest=32),
    application("VGG16", smallest=32),
    application("Xception", smallest=71),
    application("InceptionV3", smallest=75),
    application("DenseNet121", smallest=32),
]

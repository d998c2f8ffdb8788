"""Dropout in all its kinds, and noise."""

from __future__ import annotations

from typing import Any

from tests.oracle.configurations.convolutional import INPUTS as SPATIAL
from tests.oracle.options import LayerOptions, On, Tensor, called

INPUTS: list[On] = [
    (4, 3),
    (8,),
    (None, 3),
    (8, 8, 3),
    (2, 3, 4, 5),
    (None, None, 3),
    Tensor((4, 3), batch_size=2),
    Tensor((4, 3), dtype="int32"),
    called("x, training=True", (4, 3)),
    called("x, training=False", (4, 3)),
    called("x, mask=None", (4, 3)),
]
RATES = [0.5, 0.1, 0.0, 0, 0.9]
WRONG_RATES: list[Any] = [1.5, -0.1, "a", None, 1, 1.0, True, (0.5,), "0.5", 2]
NOISE_SHAPES = [None, (None, 1, 3), (None, 1), (None, 4, 1), [None, 1, 1], (1, 3), (2, 4, 3)]
WRONG_NOISE_SHAPES = [3, "a", (None, 2, 3), (1, 1, 1, 1), (None, -1)]


def dropping(name: str, *, noise_shape: bool = True) -> LayerOptions:
    shapes: dict[str, list[Any]] = {"noise_shape": NOISE_SHAPES} if noise_shape else {}
    wrong: dict[str, list[Any]] = {"noise_shape": WRONG_NOISE_SHAPES if noise_shape else [None]}
    return LayerOptions(
        name,
        on=INPUTS,
        required={"rate": RATES},
        optional={"seed": [None, 1, 42], **shapes},
        invalid={"rate": WRONG_RATES, "seed": ["a", 1.5], "p": [0.5], **wrong},
    )


def spatial(rank: int) -> LayerOptions:
    formats = {"data_format": ["channels_last", "channels_first", None]} if rank > 1 else {}
    wrong_formats = ["last", "channels_middle"] if rank > 1 else ["channels_last"]
    return LayerOptions(
        f"SpatialDropout{rank}D",
        on=SPATIAL[rank],
        required={"rate": RATES},
        optional={"seed": [None, 1], **formats},
        invalid={"rate": WRONG_RATES, "data_format": wrong_formats, "noise_shape": [(None, 1)]},
    )


GAUSSIAN_NOISE = LayerOptions(
    "GaussianNoise",
    on=INPUTS,
    required={"stddev": [0.1, 1.0, 0, 2, 0.5]},
    optional={"seed": [None, 1]},
    invalid={"stddev": [-0.1, "a", None, 1.5, (0.5,)], "sigma": [0.1], "rate": [0.1]},
)

LAYERS = [
    dropping("Dropout"),
    dropping("AlphaDropout"),
    dropping("GaussianDropout", noise_shape=False),
    GAUSSIAN_NOISE,
    *(spatial(rank) for rank in (1, 2, 3)),
]

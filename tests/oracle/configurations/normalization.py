"""Layers that normalise, with and without weights."""

from __future__ import annotations

from tests.oracle.configurations.values import (
    CONSTRAINTS,
    FLAGS,
    INITIALIZERS,
    REGULARIZERS,
    WRONG_INITIALIZERS,
)
from tests.oracle.options import ONLY_KERAS_3, LayerOptions, On, Source, Tensor, called
from tests.oracle.programs import Era

INPUTS: list[On] = [
    (8, 8, 3),
    (4, 6),
    (6,),
    (None, 4),
    (None, None, 8),
    (2, 3, 4, 32),
    (5, None),
    (1,),
    (3, 8, 8),
    Tensor((4, 6), batch_size=2),
    Tensor((6,), dtype="float16"),
    (0,),
]
GAMMA_AND_BETA = {
    "gamma_initializer": INITIALIZERS,
    "beta_initializer": INITIALIZERS,
    "gamma_regularizer": REGULARIZERS,
    "beta_regularizer": REGULARIZERS,
    "gamma_constraint": CONSTRAINTS,
    "beta_constraint": CONSTRAINTS,
}

BATCH_NORMALIZATION = LayerOptions(
    "BatchNormalization",
    on=[*INPUTS, called("x, training=True", (4, 6)), called("x, training=False", (4, 6))],
    optional={
        "axis": [-1, 1, 2, 3, -2],
        "center": FLAGS,
        "scale": FLAGS,
        "momentum": [0.9, 0.99, 1.0],
        "epsilon": [1e-3, 1e-5],
    },
    optional_in={
        Era.KERAS_2: {
            "axis": [[1, 2], [-1], (1,), [3], -1, 1],
            "renorm": FLAGS,
            "virtual_batch_size": [None, 2],
            "fused": [None, False, True],
            "renorm_clipping": [None, {"rmax": 3.0}],
            "synchronized": [False],
        },
        Era.KERAS_3: {"synchronized": [False], "renorm": FLAGS, "renorm_momentum": [0.9]},
    },
    neutral={
        **GAMMA_AND_BETA,
        "moving_mean_initializer": INITIALIZERS,
        "moving_variance_initializer": INITIALIZERS,
    },
    invalid={
        "axis": [0, 4, -4, 7, None, "last", [1, 2], [1, 1], 1.0, []],
        "momentum": ["a", None, 2.0, -1.0],
        "epsilon": ["a", 0, -1],
        "mode": [0],
        "gamma_init": ["one"],
        "gamma_initializer": WRONG_INITIALIZERS,
        "center": [None, "no"],
        "fused": [True],
    },
    programs=320,
)

LAYER_NORMALIZATION = LayerOptions(
    "LayerNormalization",
    on=INPUTS,
    optional={
        "axis": [-1, 1, 2, [1, 2], (1, 2), [-1], [-2, -1], 3, -2],
        "center": FLAGS,
        "scale": FLAGS,
        "epsilon": [1e-3, 1e-6],
    },
    optional_in={Era.KERAS_3: {"rms_scaling": FLAGS}},
    neutral=GAMMA_AND_BETA,
    invalid={
        "axis": [0, 4, -4, 7, None, "last", [1, 1], [], 1.0, [1, 9]],
        "epsilon": ["a", None],
        "momentum": [0.9],
        "gamma_initializer": WRONG_INITIALIZERS,
        "rms_scaling": [True],
    },
)

GROUP_NORMALIZATION = LayerOptions(
    "GroupNormalization",
    on=[(8, 8, 32), (4, 6), (6,), (None, 64), (8, 8, 3), (None, None, 8), (32, 8), (5, None)],
    wrong_on=INPUTS,
    optional={
        "groups": [1, 2, 3, 4, 8, -1, 32, 6],
        "axis": [-1, 1, 2, 3, -2],
        "center": FLAGS,
        "scale": FLAGS,
        "epsilon": [1e-3],
    },
    neutral=GAMMA_AND_BETA,
    invalid={
        "groups": [0, -2, 5, 7, 64, None, "2", 2.0],
        "axis": [0, 4, -4, None, "last", [1, 2], [1]],
        "gamma_initializer": WRONG_INITIALIZERS,
    },
    programs=300,
)

UNIT_NORMALIZATION = LayerOptions(
    "UnitNormalization",
    on=INPUTS,
    optional={"axis": [-1, 1, 2, [1, 2], (1, 2), 3, -2, [-1]]},
    invalid={"axis": [0, 4, -4, 7, None, "last", [1, 1], [], 1.0], "epsilon": [1e-3]},
)

RMS_NORMALIZATION = LayerOptions(
    "RMSNormalization",
    eras=ONLY_KERAS_3,
    on=INPUTS,
    optional={"axis": [-1, 1, 2, [1, 2], (1, 2), 3, -2, [-1]], "epsilon": [1e-6, 1e-3]},
    invalid={
        "axis": [0, 4, -4, 7, None, "last", [1, 1], [], 1.0],
        "epsilon": ["a", None],
        "center": [True],
        "scale": [True],
    },
)

NORMALIZATION = LayerOptions(
    "Normalization",
    on=INPUTS,
    optional={
        "axis": [-1, None, 1, 2, (1, 2), (), (-1,), [-1], 3],
        "mean": [0.0, 3.0, [1.0, 2.0, 3.0], Source("[0.0] * 6")],
        "variance": [1.0, 2.0, [1.0, 2.0, 3.0], Source("[1.0] * 6")],
        "invert": FLAGS,
    },
    cases=["mean=0.0, variance=1.0", "axis=None, mean=1.0, variance=2.0", "mean=3.0"],
    invalid={
        "axis": [0, 4, -4, 7, "last", (1, 1), 1.0],
        "mean": ["a"],
        "momentum": [0.9],
    },
)

SPECTRAL_NORMALIZATION = LayerOptions(
    "SpectralNormalization",
    on=[(8, 8, 3), (4, 6), (6,), (None, None, 3), (None, 6), (5, 5, 5, 2)],
    required={
        "layer": [
            Source("layers.Dense(4)"),
            Source("layers.Conv2D(4, 3)"),
            Source("layers.Conv1D(4, 3)"),
            Source("layers.Conv2D(4, 3, strides=2, padding='same')"),
            Source("layers.Dense(4, use_bias=False)"),
            Source("layers.Conv2DTranspose(4, 3)"),
            Source("layers.Conv3D(2, 2)"),
            Source("layers.Embedding(10, 4)"),
            Source("layers.DepthwiseConv2D(3)"),
        ]
    },
    optional={"power_iterations": [1, 2, 5]},
    invalid={
        "layer": [
            Source("layers.Dense"),
            None,
            3,
            Source("layers.Flatten()"),
            Source("layers.Dropout(0.5)"),
            Source("layers.Dense(0)"),
            Source("layers.LSTM(4)"),
        ],
        "power_iterations": [0, -1, "a", 1.5, None],
    },
)

LAYERS = [
    BATCH_NORMALIZATION,
    LAYER_NORMALIZATION,
    GROUP_NORMALIZATION,
    UNIT_NORMALIZATION,
    RMS_NORMALIZATION,
    NORMALIZATION,
    SPECTRAL_NORMALIZATION,
]

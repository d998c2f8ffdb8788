"""Activations that are layers, with their thresholds, slopes and shared axes."""

from __future__ import annotations

from tests.oracle.configurations.values import CONSTRAINTS, INITIALIZERS, REGULARIZERS
from tests.oracle.options import ONLY_KERAS_2, LayerOptions, On, Tensor, called
from tests.oracle.programs import Era

INPUTS: list[On] = [
    (8, 8, 3),
    (4, 3),
    (6,),
    (None, 3),
    (None, None, 5),
    (2, 3, 4, 5),
    Tensor((4, 3), batch_size=2),
    Tensor((4, 3), dtype="int32"),
    (0,),
    (4, None),
]

LAYERS = [
    LayerOptions(
        "ReLU",
        on=INPUTS,
        optional={
            "max_value": [None, 6, 6.0, 0],
            "negative_slope": [0.0, 0.1, 1],
            "threshold": [0.0, 0.5, 1],
        },
        invalid={
            "max_value": [-1, "a", (6,)],
            "negative_slope": [-0.1, None, "a"],
            "threshold": [-1.0, None, "a"],
            "alpha": [0.1],
        },
    ),
    LayerOptions(
        "LeakyReLU",
        on=INPUTS,
        optional_in={
            Era.KERAS_2: {"alpha": [0.1, 0.3, 0, 1]},
            Era.KERAS_3: {"negative_slope": [0.1, 0.3, 0], "alpha": [0.1, 0.2]},
        },
        invalid={"negative_slope": [0.1, None, "a", -1], "alpha": [None, "a", -1], "slope": [1]},
    ),
    LayerOptions(
        "ELU",
        on=INPUTS,
        optional={"alpha": [1.0, 0.5, 0, 2]},
        invalid={"alpha": [None, "a", -1.0, (1.0,)], "theta": [1.0]},
    ),
    LayerOptions(
        "ThresholdedReLU",
        eras=ONLY_KERAS_2,
        on=INPUTS,
        optional={"theta": [1.0, 0.5, 0]},
        invalid={"theta": [None, "a", -1.0], "alpha": [1.0]},
    ),
    LayerOptions(
        "PReLU",
        on=[*INPUTS, (8, None, 3)],
        optional={
            "shared_axes": [None, [1], [1, 2], (1, 2), 1, [2], [3], [-1], [1, 2, 3], 2, []],
        },
        neutral={
            "alpha_initializer": INITIALIZERS,
            "alpha_regularizer": REGULARIZERS,
            "alpha_constraint": CONSTRAINTS,
        },
        invalid={
            "shared_axes": [[0], [5], "a", 1.5, [1, 1], 7, ["a"]],
            "alpha_initializer": ["zeroes", 3],
            "alpha": [0.1],
        },
    ),
    LayerOptions(
        "Softmax",
        on=[*INPUTS, called("x, mask=None", (4, 3))],
        optional={"axis": [-1, 1, 2, -2, 0, (1, 2), [1, 2], 3]},
        invalid={"axis": [5, -5, "a", None, 1.5, (), (1, 9)], "temperature": [1.0]},
    ),
]

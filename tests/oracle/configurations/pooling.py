"""Pooling over windows, over everything, and to a given size."""

from __future__ import annotations

from typing import Any

from tests.oracle.configurations.convolutional import (
    FORMATS,
    INPUTS,
    WRONG_FORMATS,
    WRONG_PADDINGS,
    steps,
    windows,
    wrong_steps,
    wrong_windows,
)
from tests.oracle.configurations.values import FLAGS
from tests.oracle.options import BOTH_ERAS, ONLY_KERAS_3, LayerOptions


def pooling(kind: str, rank: int) -> LayerOptions:
    """Max or average pooling over windows. Its size has a default except in Keras 3's average."""
    size = {"pool_size": windows(rank)}
    optional: dict[str, Any] = {
        "strides": [None, *steps(rank)],
        "padding": ["same", "valid", "SAME"],
        "data_format": FORMATS,
    }
    return LayerOptions(
        f"{kind}Pooling{rank}D",
        on=INPUTS[rank],
        required={} if kind == "Max" else size,
        optional={**size, **optional} if kind == "Max" else optional,
        invalid={
            "pool_size": wrong_windows(rank),
            "strides": wrong_steps(rank),
            "padding": [*WRONG_PADDINGS, "causal"],
            "data_format": WRONG_FORMATS,
            "pool_length": [2],
            "dilation_rate": [2],
            "stride": [2],
        },
        cases=[] if kind == "Max" else ["", "strides=2"],
        aliases={f"{'Max' if kind == 'Max' else 'Avg'}Pool{rank}D": BOTH_ERAS},
    )


def global_pooling(kind: str, rank: int) -> LayerOptions:
    short = "Max" if kind == "Max" else "Avg"
    return LayerOptions(
        f"Global{kind}Pooling{rank}D",
        on=INPUTS[rank],
        optional={"data_format": FORMATS, "keepdims": FLAGS},
        invalid={
            "data_format": WRONG_FORMATS,
            "keepdims": ["yes", None, 1, 0],
            "pool_size": [2],
            "axis": [1],
        },
        aliases={f"Global{short}Pool{rank}D": BOTH_ERAS},
    )


def adaptive_pooling(kind: str, rank: int) -> LayerOptions:
    mixed = {1: [(3,), [2]], 2: [(2, 3), [4, 4]], 3: [(2, 3, 1), [2, 2, 2]]}
    return LayerOptions(
        f"Adaptive{kind}Pooling{rank}D",
        on=INPUTS[rank],
        required={"output_size": [2, 1, 3, 7, *mixed[rank]]},
        optional={"data_format": FORMATS},
        invalid={
            "output_size": [0, -1, None, 2.5, "2", (2,) * (rank + 1), (None,) * rank, ()],
            "data_format": WRONG_FORMATS,
            "pool_size": [2],
        },
        eras=ONLY_KERAS_3,
    )


LAYERS = [
    *(pooling(kind, rank) for kind in ("Max", "Average") for rank in (1, 2, 3)),
    *(global_pooling(kind, rank) for kind in ("Max", "Average") for rank in (1, 2, 3)),
    *(adaptive_pooling(kind, rank) for kind in ("Max", "Average") for rank in (1, 2, 3)),
]

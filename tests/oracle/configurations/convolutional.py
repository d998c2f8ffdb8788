"""Convolutions of one to three dimensions: plain, transposed, depthwise, separable, local."""

from __future__ import annotations

from typing import Any

from tests.oracle.configurations.values import (
    ACTIVATIONS,
    FLAGS,
    WRONG_ACTIVATIONS,
    neutral,
    wrong_neutral,
)
from tests.oracle.options import BOTH_ERAS, ONLY_KERAS_2, LayerOptions, On, Source, Tensor
from tests.oracle.programs import Era

INPUTS: dict[int, list[On]] = {
    1: [
        (8, 3),
        (9, 4),
        (None, 3),
        (8, None),
        (2, 3),
        (1, 6),
        (16, 6),
        (None, None),
        (0, 3),
        Tensor((8, 4), batch_size=2),
    ],
    2: [
        (8, 8, 3),
        (9, 7, 4),
        (None, None, 3),
        (None, 8, 6),
        (3, 8, 8),
        (4, None, 7),
        (2, 2, 3),
        (8, 8, None),
        (1, 6, 4),
        (16, 5, 6),
        Tensor((8, 8, 4), batch_size=2),
    ],
    3: [
        (6, 6, 6, 3),
        (5, 7, 4, 4),
        (None, None, None, 3),
        (None, 6, 5, 6),
        (3, 6, 6, 6),
        (2, 2, 2, 3),
        (4, 4, 4, None),
        (8, 1, 5, 4),
        Tensor((6, 6, 6, 4), batch_size=2),
    ],
}
FORMATS = ["channels_last", "channels_first", None]
WRONG_FORMATS = ["channels_middle", "last", 1, "Channels_Last"]
WRONG_PADDINGS = ["sane", "full", None, 0, 1, True]


def windows(rank: int) -> list[Any]:
    """Kernel sizes that fit most inputs of the rank."""
    mixed = {1: [(3,), [2], (1,)], 2: [(3, 3), (1, 3), [2, 4]], 3: [(3, 3, 3), (1, 2, 3), [2] * 3]}
    return [3, 1, 2, 5, *mixed[rank]]


def wrong_windows(rank: int) -> list[Any]:
    """Kernel sizes that are no sizes, and some that are larger than any input."""
    wrong_lengths = [(3,) * (rank + 1), (), (3,) * (rank - 1)]
    return [0, -1, 2.5, 3.0, "3", None, *wrong_lengths, (0,) * rank, 20, Source("np.int64(2)")]


def steps(rank: int) -> list[Any]:
    """Strides and dilations."""
    mixed = {1: [(2,), [3]], 2: [(2, 2), (1, 2), [3, 1]], 3: [(2, 2, 2), (1, 2, 1), [1, 1, 3]]}
    return [2, 1, 3, *mixed[rank]]


def wrong_steps(rank: int) -> list[Any]:
    """Strides and dilations that are none."""
    return [0, -1, 2.5, "2", None, (2,) * (rank + 1), (), (0,) * rank, (1,) * (rank - 1)]


def convolution(
    name: str, rank: int, *, eras: tuple[Era, ...] = BOTH_ERAS, **more: Any
) -> LayerOptions:
    """Options that all convolutions share; `more` may add or replace arguments."""
    weights = more.pop("weights", ("kernel", "bias"))
    required = more.pop("required", None) or {
        "filters": [4, 1, 6, 8],
        "kernel_size": windows(rank),
    }
    optional = {
        "strides": steps(rank),
        "padding": ["same", "valid", "VALID", "Same"],
        "dilation_rate": steps(rank),
        "data_format": FORMATS,
        "use_bias": FLAGS,
        "activation": ACTIVATIONS[:4],
        **more.pop("optional", {}),
    }
    invalid = {
        "filters": [0, -1, 2.5, 4.0, "4", None, True, (4,)],
        "kernel_size": wrong_windows(rank),
        "strides": wrong_steps(rank),
        "dilation_rate": wrong_steps(rank),
        "padding": [*WRONG_PADDINGS, "causal"],
        "data_format": WRONG_FORMATS,
        "activation": WRONG_ACTIVATIONS,
        **wrong_neutral(weights[0]),
        **more.pop("invalid", {}),
    }
    return LayerOptions(
        name,
        on=INPUTS[rank],
        required=required,
        optional=optional,
        neutral=neutral(*weights),
        invalid=invalid,
        eras=eras,
        programs=320,
        **more,
    )


def grouped(rank: int) -> dict[str, Any]:
    causal = {"padding": ["same", "valid", "causal", "Causal"]} if rank == 1 else {}
    return {
        "optional": {"groups": [1, 2, 3, 4], **causal},
        "invalid": {
            "groups": [0, -1, 5, "2", None, 2.0],
            "subsample": [(2, 2)],
            "nb_filter": [4],
            "border_mode": ["same"],
        },
    }


def transposed(rank: int) -> dict[str, Any]:
    outputs = [None, 0, 1, (1,) * rank, (0,) * rank]
    return {
        "optional": {"output_padding": outputs, "strides": steps(rank)},
        "invalid": {
            "output_padding": [2, 3, -1, "1", (1,) * (rank + 1), 1.5],
            "groups": [2],
            "output_shape": [(8, 8, 3)],
        },
    }


def depthwise(rank: int) -> dict[str, Any]:
    return {
        "required": {"kernel_size": windows(rank)},
        "optional": {"depth_multiplier": [1, 2, 3]},
        "invalid": {
            "depth_multiplier": [0, -1, 1.5, "2", None],
            "filters": [4],
            "groups": [2],
        },
        "weights": ("depthwise", "bias"),
    }


def separable(rank: int) -> dict[str, Any]:
    causal = {"padding": ["same", "valid", "causal"]} if rank == 1 else {}
    return {
        "optional": {"depth_multiplier": [1, 2, 3], **causal},
        "invalid": {"depth_multiplier": [0, -1, 1.5, "2", None], "groups": [2]},
        "weights": ("depthwise", "pointwise", "bias"),
    }


def local(rank: int) -> dict[str, Any]:
    return {
        "optional": {"implementation": [1, 2, 3], "padding": ["valid", "same"]},
        "invalid": {"implementation": [0, "1"], "groups": [2], "dilation_rate": [2]},
        "eras": ONLY_KERAS_2,
    }


def without_dilation(options: LayerOptions) -> LayerOptions:
    """The same options where a layer has no `dilation_rate`."""
    optional = {name: v for name, v in options.optional.items() if name != "dilation_rate"}
    return LayerOptions(**{**options.__dict__, "optional": optional})


def spelled_out(rank: int, suffix: str = "") -> dict[str, tuple[Era, ...]]:
    return {f"Convolution{rank}D{suffix}": BOTH_ERAS}


LAYERS = [
    *(
        convolution(f"Conv{rank}D", rank, aliases=spelled_out(rank), **grouped(rank))
        for rank in (1, 2, 3)
    ),
    *(
        convolution(
            f"Conv{rank}DTranspose",
            rank,
            aliases=spelled_out(rank, "Transpose"),
            **transposed(rank),
        )
        for rank in (1, 2, 3)
    ),
    *(convolution(f"DepthwiseConv{rank}D", rank, **depthwise(rank)) for rank in (1, 2)),
    *(
        convolution(
            f"SeparableConv{rank}D",
            rank,
            aliases={f"SeparableConvolution{rank}D": BOTH_ERAS},
            **separable(rank),
        )
        for rank in (1, 2)
    ),
    *(
        without_dilation(convolution(f"LocallyConnected{rank}D", rank, **local(rank)))
        for rank in (1, 2)
    ),
]

"""Layers that move, cut, pad or repeat: Reshape, Permute, Flatten, Cropping, UpSampling …"""

from __future__ import annotations

from typing import Any

from tests.oracle.configurations.convolutional import FORMATS, INPUTS, WRONG_FORMATS
from tests.oracle.options import LayerOptions, On, Source, Tensor

ANY_SHAPE: list[On] = [
    (12,),
    (4, 3),
    (None, 3),
    (None, None),
    (8, 8, 3),
    (2, None, 3),
    (2, 3, 4, 5),
    (None,),
    (),
    (0, 3),
    (1, 1, 1),
    (6, None),
    Tensor((4, 6), batch_size=2),
]

RESHAPE = LayerOptions(
    "Reshape",
    on=[*ANY_SHAPE, (24,), (2, 3, 4), (3, 8), (1,)],
    required={
        "target_shape": [
            (12,),
            (-1,),
            (3, 4),
            (4, 3),
            (2, -1),
            (-1, 3),
            (-1, 1),
            (6, 4),
            (1, -1, 1),
            (2, 3, 4),
            (24, 1),
            (-1, 2, 2),
            (8, 24),
            [-1, 3],
            [12],
            (),
            (1,),
            (192,),
            (None, 3),
            (64, 3),
            (-1, 7),
        ]
    },
    invalid={
        "target_shape": [
            (-1, -1),
            (0,),
            (5,),
            (-2, 3),
            12,
            -1,
            None,
            "12",
            (2.0, 6),
            ("3", 4),
            (7, -1),
            (0, -1),
            Source("(3 * 4, 1, 2)"),
        ],
        "dims": [(3,)],
    },
    programs=420,
)

PERMUTE = LayerOptions(
    "Permute",
    on=[(4, 3), (None, 3), (8, 8, 3), (2, None, 3), (2, 3, 4, 5), (7,)],
    required={
        "dims": [(2, 1), (1, 2), (3, 1, 2), (2, 1, 3), (4, 1, 2, 3), [2, 1], (1,), (3, 2, 1)]
    },
    invalid={"dims": [(0, 1), (1, 1), (2, 3), (1, 3), 2, None, (2.0, 1), "21", (-1, 1), (), (2,)]},
)

FLATTEN = LayerOptions(
    "Flatten",
    on=ANY_SHAPE,
    optional={"data_format": FORMATS},
    invalid={"data_format": WRONG_FORMATS, "axis": [1], "input_length": [3]},
)

REPEAT_VECTOR = LayerOptions(
    "RepeatVector",
    on=[(8,), (None,), (1,), Tensor((8,), batch_size=2), (0,)],
    required={"n": [3, 1, 10, Source("2 + 2")]},
    invalid={"n": [0, -1, 2.5, 3.0, "3", None, (3,), True]},
)


def sides(rank: int) -> list[Any]:
    """Amounts to crop or pad: one number, one an axis, or a pair an axis."""
    if rank == 1:
        return [1, 2, 0, (1, 2), (0, 3), [2, 1]]
    pairs: list[Any] = [((1, 2), (0, 1)), ((2, 2), (1, 1)), [[1, 0], [0, 1]]]
    if rank == 3:
        pairs = [((1, 2), (0, 1), (1, 1)), ((0, 0), (1, 1), (2, 0))]
    return [1, 2, 0, tuple(range(rank)), (1,) * rank, *pairs]


def wrong_sides(rank: int) -> list[Any]:
    return [-1, 4, 8, 1.5, "1", None, (1,) * (rank + 2), (), (-1,) * max(rank, 2), ((1,),) * rank]


def cropping(rank: int) -> LayerOptions:
    return LayerOptions(
        f"Cropping{rank}D",
        on=INPUTS[rank],
        optional={
            "cropping": sides(rank),
            **({"data_format": FORMATS} if rank > 1 else {}),
        },
        invalid={
            "cropping": [*wrong_sides(rank), 3],
            "padding": [1],
            "data_format": WRONG_FORMATS if rank > 1 else ["channels_last"],
        },
    )


def zero_padding(rank: int) -> LayerOptions:
    return LayerOptions(
        f"ZeroPadding{rank}D",
        on=INPUTS[rank],
        optional={"padding": sides(rank), **({"data_format": FORMATS} if rank > 1 else {})},
        invalid={
            "padding": [*wrong_sides(rank), "same", ((1, 2), 3), (1, -1) if rank == 1 else -2],
            "data_format": WRONG_FORMATS if rank > 1 else ["channels_first", "channels_last"],
            "cropping": [1],
        },
    )


def up_sampling(rank: int) -> LayerOptions:
    mixed = {1: [], 2: [(2, 3), [1, 2]], 3: [(2, 3, 1), [1, 1, 2]]}
    interpolations = ["nearest", "bilinear", "bicubic", "lanczos3", "area", "lanczos5"]
    more = {"interpolation": interpolations} if rank == 2 else {}
    wrong_interpolations: dict[str, list[Any]] = {"interpolation": ["linear", None, 1]}
    return LayerOptions(
        f"UpSampling{rank}D",
        on=INPUTS[rank],
        optional={
            "size": [2, 1, 3, *mixed[rank]],
            **({"data_format": FORMATS} if rank > 1 else {}),
            **more,
        },
        invalid={
            "size": [0, -1, 2.5, "2", None, (2,) * (rank + 1), (2,), ()],
            "data_format": WRONG_FORMATS if rank > 1 else ["channels_last"],
            "length": [2],
            **(wrong_interpolations if rank == 2 else {"interpolation": ["nearest"]}),
        },
    )


LAYERS = [
    RESHAPE,
    PERMUTE,
    FLATTEN,
    REPEAT_VECTOR,
    *(cropping(rank) for rank in (1, 2, 3)),
    *(zero_padding(rank) for rank in (1, 2, 3)),
    *(up_sampling(rank) for rank in (1, 2, 3)),
]

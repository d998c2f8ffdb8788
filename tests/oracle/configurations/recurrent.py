"""Recurrent layers and their cells, convolutional ones included."""

from __future__ import annotations

from typing import Any

from tests.oracle.configurations.convolutional import (
    FORMATS,
    WRONG_FORMATS,
    steps,
    windows,
    wrong_steps,
    wrong_windows,
)
from tests.oracle.configurations.values import (
    FLAGS,
    WRONG_ACTIVATIONS,
    neutral,
    wrong_neutral,
)
from tests.oracle.options import LayerOptions, On, Source, Tensor, called
from tests.oracle.programs import Era

SEQUENCES: list[On] = [
    (8, 3),
    (None, 3),
    (5, 6),
    (1, 1),
    Tensor((8, 3), batch_size=2),
    Tensor((None, 3), batch_size=2),
    (8, None),
    (0, 3),
    Tensor((8, 3), dtype="int32"),
    called("x, training=True", (8, 3)),
]
SEQUENCE_OPTIONS: dict[str, list[Any]] = {
    "return_sequences": [True, False],
    "return_state": [True, False],
    "go_backwards": FLAGS,
    "stateful": [False, True],
    "unroll": [True, False],
}
UNITS = [4, 1, 6]
WRONG_UNITS: list[Any] = [0, -1, 2.5, 4.0, "4", None, (4,), True]
DROPOUTS: dict[str, list[Any]] = {"dropout": [0.2, 0], "recurrent_dropout": [0.0, 0.3]}
WRONG_DROPOUTS: dict[str, list[Any]] = {
    "dropout": [1.5, -0.1, "a", None],
    "recurrent_dropout": [2, "a"],
}


def with_states(count: int) -> list[On]:
    """Calls with initial states: as many as the layer has, of four units."""
    states: list[On] = [(4,)] * count
    names = ", ".join("bcd"[:count])
    return [
        called(f"a, initial_state=[{names}]", (8, 3), *states),
        called(f"a, initial_state=[{names}]", (None, 3), *states),
        called(f"[a, {names}]", (8, 3), *states),
    ]


def with_wrong_states(count: int) -> list[On]:
    return [
        called("a, initial_state=b", (8, 3), (4,)),
        called("a, initial_state=[b, c, d]", (8, 3), (4,), (4,), (4,)),
        called(f"a, initial_state=[{', '.join('b' * count)}]", (8, 3), (5,)),
        called("a, initial_state=[b]", (8, 3), (8, 4)),
        called("a, b", (8, 3), (8, 3)),
    ]


def recurrent(name: str, states: int, **more: Any) -> LayerOptions:
    own: dict[str, list[Any]] = more.pop("own", {})
    wrong: dict[str, list[Any]] = more.pop("wrong", {})
    return LayerOptions(
        name,
        on=[*SEQUENCES, *with_states(states)],
        wrong_on=[(8,), (8, 8, 3), *with_wrong_states(states)],
        required={"units": UNITS},
        optional={**SEQUENCE_OPTIONS, "use_bias": FLAGS, "activation": ["tanh", "relu"], **own},
        neutral={**neutral("kernel", "recurrent", "bias"), **DROPOUTS},
        invalid={
            "units": WRONG_UNITS,
            "activation": WRONG_ACTIVATIONS,
            "output_dim": [4],
            "return_sequence": [True],
            "input_length": [8],
            **WRONG_DROPOUTS,
            **wrong_neutral("recurrent"),
            **wrong,
        },
        **more,
    )


GATED: dict[str, list[Any]] = {"recurrent_activation": ["sigmoid", "hard_sigmoid"]}
LSTM = recurrent(
    "LSTM",
    2,
    own={**GATED, "unit_forget_bias": FLAGS},
    wrong={"reset_after": [True], "time_major": [True], "implementation": [1, 2]},
    optional_in={
        Era.KERAS_3: {"use_cudnn": ["auto", True, False]},
        Era.KERAS_2: {"time_major": FLAGS},
    },
)
GRU = recurrent(
    "GRU",
    1,
    own={**GATED, "reset_after": FLAGS},
    wrong={"unit_forget_bias": [True], "time_major": [True], "implementation": [1, 2]},
    optional_in={
        Era.KERAS_3: {"use_cudnn": ["auto", False]},
        Era.KERAS_2: {"time_major": FLAGS},
    },
)
SIMPLE_RNN = recurrent(
    "SimpleRNN",
    1,
    wrong={"reset_after": [True], "recurrent_activation": ["sigmoid"], "implementation": [1]},
)

CELLS = [
    Source("layers.LSTMCell(4)"),
    Source("layers.GRUCell(4)"),
    Source("layers.SimpleRNNCell(4)"),
    Source("layers.GRUCell(4, reset_after=False)"),
    Source("layers.SimpleRNNCell(4, use_bias=False)"),
    Source("layers.StackedRNNCells([layers.LSTMCell(6), layers.LSTMCell(4)])"),
    Source("layers.StackedRNNCells([layers.GRUCell(4), layers.SimpleRNNCell(5)])"),
    Source("layers.StackedRNNCells([layers.LSTMCell(4)])"),
    Source("[layers.LSTMCell(4), layers.LSTMCell(4)]"),
    Source("[layers.GRUCell(5), layers.LSTMCell(4)]"),
    Source("(layers.SimpleRNNCell(4), layers.SimpleRNNCell(4))"),
]
RNN = LayerOptions(
    "RNN",
    on=[*SEQUENCES, *with_states(1), *with_states(2)],
    wrong_on=[(8,), (8, 8, 3), *with_wrong_states(1)],
    required={"cell": CELLS},
    optional=SEQUENCE_OPTIONS,
    optional_in={
        Era.KERAS_2: {"time_major": FLAGS},
        Era.KERAS_3: {"zero_output_for_mask": FLAGS},
    },
    invalid={
        "cell": [
            None,
            3,
            Source("layers.Dense(4)"),
            Source("layers.LSTMCell"),
            Source("layers.LSTMCell(0)"),
            Source("[]"),
            Source("layers.LSTM(4)"),
        ],
        "units": [4],
        "time_major": [True],
        "return_sequence": [True],
    },
)

STATE = Tensor((4,))


def cell(name: str, states: int, **own: list[Any]) -> LayerOptions:
    names = ", ".join("bc"[:states])
    state = [STATE] * states
    return LayerOptions(
        name,
        on=[
            called(f"a, [{names}]", (3,), *state),
            called(f"a, states=[{names}]", (6,), *state),
            called(f"a, ({names},)", (3,), *state),
            called(f"a, [{names}], training=True", (3,), *state),
        ],
        wrong_on=[
            (3,),
            called("a, b", (3,), (4,)),
            called("a, [b, c, d]", (3,), (4,), (4,), (4,)),
            called(f"a, [{', '.join('b' * states)}]", (3,), (5,)),
            called(f"a, [{names}]", (8, 3), *state),
            called(f"a, [{names}]", (None,), *state),
            called("a, []", (3,), (4,)),
        ],
        any_rank=False,
        required={"units": [4, 4, 4, 6]},
        optional={"use_bias": FLAGS, "activation": ["tanh", "relu", None], **own},
        neutral={**neutral("kernel", "recurrent", "bias", activity=False), **DROPOUTS},
        invalid={
            "units": WRONG_UNITS,
            "activation": WRONG_ACTIVATIONS,
            "return_sequences": [True],
            **WRONG_DROPOUTS,
        },
        programs=220,
    )


STACKED = LayerOptions(
    "StackedRNNCells",
    on=[
        called("a, [b, c]", (3,), (4,), (4,)),
        called("a, [[b, c]]", (3,), (4,), (4,)),
        called("a, [[b, c], [d, e]]", (3,), (4,), (4,), (4,), (4,)),
        called("a, [b, c, d, e]", (3,), (4,), (4,), (4,), (4,)),
        called("a, [b]", (3,), (4,)),
        called("a, [[b], [c]]", (6,), (4,), (4,)),
    ],
    any_rank=False,
    required={
        "cells": [
            Source("[layers.SimpleRNNCell(4), layers.SimpleRNNCell(4)]"),
            Source("[layers.LSTMCell(4)]"),
            Source("[layers.GRUCell(4), layers.GRUCell(4)]"),
            Source("[layers.LSTMCell(4), layers.LSTMCell(4)]"),
            Source("[layers.GRUCell(4), layers.SimpleRNNCell(4)]"),
            Source("(layers.GRUCell(4),)"),
        ]
    },
    invalid={
        "cells": [
            Source("[]"),
            Source("[layers.Dense(4)]"),
            Source("layers.LSTMCell(4)"),
            None,
            Source("[layers.LSTMCell(4), 3]"),
        ],
        "units": [4],
    },
    programs=200,
)

MOVIES: dict[int, list[On]] = {
    1: [(4, 8, 3), (None, 8, 3), (4, None, 3), (3, 3, 8), Tensor((4, 8, 3), batch_size=2)],
    2: [
        (4, 8, 8, 3),
        (None, 8, 8, 3),
        (4, None, None, 3),
        (4, 3, 8, 8),
        (None, 6, 9, 4),
        Tensor((4, 8, 8, 3), batch_size=2),
        (4, 2, 2, 3),
    ],
    3: [
        (2, 5, 5, 5, 3),
        (None, 5, 5, 5, 3),
        (2, None, None, None, 3),
        (2, 3, 5, 5, 5),
        Tensor((2, 5, 5, 5, 3), batch_size=2),
    ],
}


def convolutional_lstm(rank: int) -> LayerOptions:
    return LayerOptions(
        f"ConvLSTM{rank}D",
        on=MOVIES[rank],
        required={"filters": [4, 1, 2], "kernel_size": windows(rank)},
        optional={
            "strides": steps(rank),
            "padding": ["same", "valid", "SAME"],
            "dilation_rate": steps(rank),
            "data_format": FORMATS,
            "use_bias": FLAGS,
            "return_sequences": FLAGS,
            "return_state": FLAGS,
            "go_backwards": FLAGS,
            "stateful": FLAGS,
        },
        neutral={
            **neutral("kernel", "recurrent", "bias"),
            "unit_forget_bias": FLAGS,
            "activation": ["relu"],
            "dropout": [0.2],
            "recurrent_dropout": [0.2],
        },
        invalid={
            "filters": [0, -1, 2.5, "4", None],
            "kernel_size": wrong_windows(rank),
            "strides": wrong_steps(rank),
            "dilation_rate": wrong_steps(rank),
            "padding": ["sane", None, "causal"],
            "data_format": WRONG_FORMATS,
            "unroll": [True],
            "groups": [2],
            "dropout": [1.5],
        },
        programs=240,
    )


LAYERS = [
    LSTM,
    GRU,
    SIMPLE_RNN,
    RNN,
    cell("LSTMCell", 2, unit_forget_bias=FLAGS, **GATED),
    cell("GRUCell", 1, reset_after=FLAGS, **GATED),
    cell("SimpleRNNCell", 1),
    STACKED,
    *(convolutional_lstm(rank) for rank in (1, 2, 3)),
]

"""Layers around layers: TimeDistributed, Bidirectional, Wrapper, Pipeline."""

from __future__ import annotations

from tests.oracle.options import ONLY_KERAS_3, LayerOptions, Source, Tensor, called

TIME_DISTRIBUTED = LayerOptions(
    "TimeDistributed",
    on=[
        (4, 8, 8, 3),
        (5, 6),
        (None, 6),
        (None, 8, 8, 3),
        (4, 6, 3),
        (None, 10, 6),
        Tensor((5, 6), batch_size=2),
        (2, 3, 4, 5, 6),
        (None, None, None, 3),
        called("x, training=True", (5, 6)),
    ],
    wrong_on=[(6,), (5, None)],
    required={
        "layer": [
            Source("layers.Dense(4)"),
            Source("layers.Conv2D(4, 3)"),
            Source("layers.Flatten()"),
            Source("layers.Dropout(0.5)"),
            Source("layers.LSTM(4)"),
            Source("layers.GRU(4, return_sequences=True)"),
            Source("layers.MaxPooling2D()"),
            Source("layers.BatchNormalization()"),
            Source("layers.Activation('relu')"),
            Source("layers.GlobalAveragePooling2D()"),
            Source("layers.Reshape((2, 3))"),
            Source("layers.Reshape((-1,))"),
            Source("layers.TimeDistributed(layers.Dense(3))"),
            Source("layers.Conv1D(4, 3, padding='same')"),
            Source("layers.Bidirectional(layers.LSTM(3))"),
            Source("keras.Sequential([layers.Dense(5), layers.Dense(2)])"),
            Source("keras.Sequential([keras.Input((6,)), layers.Dense(5), layers.ReLU()])"),
            Source("keras.Sequential([layers.Conv2D(4, 3), layers.Flatten()])"),
            Source("layers.Embedding(10, 4)"),
            Source("layers.RepeatVector(3)"),
        ]
    },
    invalid={
        "layer": [
            Source("layers.Dense"),
            None,
            3,
            "Dense",
            Source("layers.Dense(0)"),
            Source("lambda t: t"),
            Source("layers.Conv3D(2, 20)"),
            Source("[layers.Dense(4)]"),
        ],
        "units": [3],
    },
)

BIDIRECTIONAL = LayerOptions(
    "Bidirectional",
    on=[
        (8, 3),
        (None, 3),
        (1, 6),
        Tensor((8, 3), batch_size=2),
        called("x, training=True", (8, 3)),
        (8, None),
        called("a, initial_state=[b, c, d, e]", (8, 3), (4,), (4,), (4,), (4,)),
        called("a, initial_state=[b, c]", (8, 3), (4,), (4,)),
    ],
    wrong_on=[
        (8,),
        (8, 8, 3),
        called("a, initial_state=[b, c, d]", (8, 3), (4,), (4,), (4,)),
        called("a, initial_state=b", (8, 3), (4,)),
    ],
    required={
        "layer": [
            Source("layers.LSTM(4)"),
            Source("layers.LSTM(4, return_sequences=True)"),
            Source("layers.GRU(4)"),
            Source("layers.SimpleRNN(4)"),
            Source("layers.LSTM(4, return_state=True)"),
            Source("layers.GRU(4, return_sequences=True, return_state=True)"),
            Source("layers.RNN(layers.LSTMCell(4))"),
            Source("layers.LSTM(units=4, go_backwards=True)"),
            Source("layers.GRU(4, reset_after=False)"),
            Source("layers.RNN([layers.GRUCell(4), layers.GRUCell(3)], return_sequences=True)"),
            Source("layers.LSTM(4, stateful=True)"),
            Source("layers.LSTM(4, unroll=True)"),
        ]
    },
    optional={
        "merge_mode": ["concat", "sum", "mul", "ave", None],
        "backward_layer": [
            None,
            Source("layers.LSTM(4, go_backwards=True)"),
            Source("layers.LSTM(6, go_backwards=True)"),
            Source("layers.LSTM(4, go_backwards=True, return_sequences=True)"),
            Source("layers.GRU(4, go_backwards=True)"),
        ],
    },
    invalid={
        "merge_mode": ["con", "average", 3, "max", "Concat"],
        "layer": [
            Source("layers.Dense(4)"),
            Source("layers.LSTM"),
            None,
            3,
            Source("layers.LSTMCell(4)"),
            Source("layers.LSTM(0)"),
            Source("layers.TimeDistributed(layers.Dense(4))"),
        ],
        "backward_layer": [
            Source("layers.LSTM(4)"),
            Source("layers.Dense(4)"),
            3,
            Source("layers.LSTM(4, go_backwards=True, return_state=True)"),
        ],
        "units": [4],
        "return_sequences": [True],
    },
    cases=[
        "layers.ConvLSTM1D(2, 3)",
    ],
)

WRAPPER = LayerOptions(
    "Wrapper",
    on=[(4, 6), (6,)],
    required={"layer": [Source("layers.Dense(4)"), Source("layers.Flatten()")]},
    invalid={"layer": [None, 3, Source("layers.Dense")], "units": [3]},
)

PIPELINE = LayerOptions(
    "Pipeline",
    eras=ONLY_KERAS_3,
    on=[(8, 8, 3), (4, 6), (None, None, 3), (6,)],
    required={
        "layers": [
            Source("[layers.Rescaling(2.0), layers.Normalization(mean=0.0, variance=1.0)]"),
            Source("[layers.Resizing(4, 4)]"),
            Source("[layers.Dense(4)]"),
            Source("[layers.RandomFlip(), layers.RandomCrop(4, 4)]"),
            Source("[]"),
            Source("(layers.Dense(4), layers.Dense(2))"),
        ]
    },
    invalid={
        "layers": [None, 3, Source("[3]"), Source("[layers.Dense]"), Source("layers.Dense(3)")],
        "units": [3],
    },
    programs=200,
)

LAYERS = [TIME_DISTRIBUTED, BIDIRECTIONAL, WRAPPER, PIPELINE]

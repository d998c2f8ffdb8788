"""Core layers: dense ones, embeddings, Lambda, Masking, inputs and the bare Layer."""

from __future__ import annotations

from tests.oracle.configurations.values import (
    ACTIVATIONS,
    CONSTRAINTS,
    FLAGS,
    INITIALIZERS,
    REGULARIZERS,
    WRONG_ACTIVATIONS,
    WRONG_REGULARIZERS,
    neutral,
    wrong_neutral,
)
from tests.oracle.options import (
    ONLY_KERAS_3,
    LayerOptions,
    On,
    Source,
    Tensor,
    called,
    listed,
)
from tests.oracle.programs import Era

FEATURES: list[On] = [
    (3,),
    (4, 3),
    (None, 3),
    (8, 8, 3),
    (None, None, 5),
    (2, 3, 4, 5),
    (1,),
    (0,),
    Tensor((6,), batch_size=2),
    Tensor((6,), dtype="float16"),
    Tensor((6,), dtype="int32"),
]

DENSE = LayerOptions(
    "Dense",
    on=FEATURES,
    wrong_on=[(4, 3, None), (None, None), listed((3,)), listed((3,), (3,))],
    required={"units": [4, 1, 10, 16, Source("2 * 3")]},
    optional={"use_bias": FLAGS, "activation": ACTIVATIONS},
    optional_in={
        Era.KERAS_3: {"lora_rank": [None, 1, 2], "lora_alpha": [None, 4]},
        Era.KERAS_2: {"weights": [None]},
    },
    neutral=neutral("kernel", "bias"),
    invalid={
        "units": [0, -1, 2.5, 4.0, "10", None, True, (4,), [4]],
        "activation": WRONG_ACTIVATIONS,
        "use_bias": [None, "no"],
        "lora_rank": [0, 4],
        "input_length": [3],
        "output_dim": [4],
        **wrong_neutral("kernel"),
    },
)

EINSUM_DENSE = LayerOptions(
    "EinsumDense",
    on=[(4, 3), (None, 3), (3,), (8, 4, 3), (32, 128), (5, 6, 7), (4, None), (2, 8, 4, 3)],
    required={
        "equation": [
            "abc,cd->abd",
            "ab,bc->ac",
            "...x,xy->...y",
            "abc,cde->abde",
            "...bc,cd->...bd",
            "abcd,de->abce",
            "abc,bd->adc",
        ],
        "output_shape": [(None, 5), 5, (5,), (4, 5), (None, 2, 5), (32, 64), (8, 4, 5), [None, 5]],
    },
    optional={
        "bias_axes": [None, "d", "c", "bd", "y", "de"],
        "activation": ["relu", None, "softmax"],
    },
    optional_in={Era.KERAS_3: {"lora_rank": [None, 2]}},
    neutral=neutral("kernel", "bias", activity=False),
    invalid={
        "equation": ["abc,cd", "ab->ac", "abc,cd,de->abe", "abc,xd->abd", 3, "", "abc,cd->abz"],
        "bias_axes": ["z", "a", 3, ""],
        "output_shape": [None, "5", 0, -1],
        "activation": WRONG_ACTIVATIONS,
    },
)

EMBEDDING = LayerOptions(
    "Embedding",
    on=[
        (10,),
        (None,),
        (4, 5),
        (),
        Tensor((10,), dtype="int32"),
        Tensor((None,), dtype="int64"),
        Tensor((7,), batch_size=3),
        (2, 3, 4),
    ],
    required={"input_dim": [100, 10, 1], "output_dim": [8, 1, 3]},
    optional={"mask_zero": FLAGS},
    optional_in={
        Era.KERAS_3: {"lora_rank": [None, 1, 2], "weights": [None]},
        Era.KERAS_2: {"input_length": [10, None, 5, (4, 5)], "sparse": FLAGS},
    },
    neutral={
        "embeddings_initializer": INITIALIZERS,
        "embeddings_regularizer": REGULARIZERS,
        "embeddings_constraint": CONSTRAINTS,
    },
    invalid={
        "input_dim": [0, -1, None, "10", 2.5, (3,)],
        "output_dim": [0, -1, None, "8", 2.5],
        "input_length": [3, 5, "a"],
        "embeddings_initializer": ["unifrom"],
        "dropout": [0.2],
        "mask_zero": ["yes"],
    },
)

REVERSIBLE_EMBEDDING = LayerOptions(
    "ReversibleEmbedding",
    eras=ONLY_KERAS_3,
    on=[
        (10,),
        (None,),
        (4, 5),
        Tensor((10,), dtype="int32"),
        called("x, reverse=True", (10, 8)),
        called("x, reverse=True", (8,)),
        called("x, reverse=True", (None, 3)),
    ],
    required={"input_dim": [100, 10, 1], "output_dim": [8, 3]},
    optional={
        "tie_weights": FLAGS,
        "mask_zero": FLAGS,
        "reverse_dtype": [None, "float32"],
        "logit_soft_cap": [None, 30.0],
    },
    neutral={"embeddings_initializer": INITIALIZERS, "embeddings_regularizer": REGULARIZERS},
    invalid={
        "input_dim": [0, -1, None, "10"],
        "output_dim": [0, -1, None],
        "embeddings_initializer": ["unifrom"],
    },
)

MASKING = LayerOptions(
    "Masking",
    on=[(4, 3), (None, 3), (3,), (8, 8, 3), Tensor((4, 3), dtype="int32")],
    optional={"mask_value": [0.0, -1.0, 0, 99]},
    invalid={"mask_value": ["a", None, (0.0, 1.0)], "mask": [0.0]},
)

IDENTITY = LayerOptions(
    "Identity",
    on=[*FEATURES, listed((3,), (4,)), called("x, training=True", (4, 3))],
    invalid={"units": [3]},
)

ACTIVITY_REGULARIZATION = LayerOptions(
    "ActivityRegularization",
    on=FEATURES,
    optional={"l1": [0.0, 0.1, 1], "l2": [0.0, 0.1]},
    invalid={"l1": ["a", None, -1.0], "l2": ["b", None], "l3": [0.1]},
)

LAMBDA = LayerOptions(
    "Lambda",
    on=[(4, 3), (None, 3), (8,), (8, 8, 3), (4, 6), (1,), called("x, training=True", (4, 3))],
    wrong_on=[listed((4,), (4,)), listed((4, 3), (4,))],
    required={
        "function": [
            Source("lambda t: t * 2"),
            Source("lambda t: t + 1"),
            Source("lambda t: t[:, 0]"),
            Source("lambda t: t[:, -1, :]"),
            Source("lambda t: t[..., :1]"),
            Source("lambda t: t[:, ::2]"),
            Source("lambda t: t[:, 1:3]"),
            Source("lambda t: -t"),
            Source("lambda t: t / 255.0"),
            Source("lambda t: t ** 2"),
            Source("lambda t: t[:, None]"),
            Source("lambda t: (t, t)"),
            Source("lambda t: [t[:, :1], t[:, 1:]]"),
            Source("lambda t: t @ t"),
        ]
    },
    optional={"output_shape": [None, (5,), (4, 3), (None, 3)]},
    optional_in={
        Era.KERAS_2: {
            "function": [
                Source("lambda t: keras.backend.sum(t, axis=1)"),
                Source("lambda t: keras.backend.expand_dims(t, -1)"),
                Source("lambda t: keras.backend.squeeze(t, 1)"),
                Source("lambda t: keras.backend.mean(t, axis=-1, keepdims=True)"),
                Source("lambda t: keras.backend.reshape(t, (-1, 6))"),
                Source("lambda t: keras.backend.l2_normalize(t, axis=-1)"),
                Source("lambda t: keras.backend.permute_dimensions(t, (0, 2, 1))"),
                Source("lambda t: keras.backend.concatenate([t, t], axis=-1)"),
            ]
        },
        Era.KERAS_3: {
            "function": [
                Source("lambda t: keras.ops.sum(t, axis=1)"),
                Source("lambda t: keras.ops.expand_dims(t, -1)"),
                Source("lambda t: keras.ops.squeeze(t, 1)"),
                Source("lambda t: keras.ops.mean(t, axis=-1, keepdims=True)"),
                Source("lambda t: keras.ops.reshape(t, (-1, 6))"),
                Source("lambda t: keras.ops.transpose(t, (0, 2, 1))"),
                Source("lambda t: keras.ops.concatenate([t, t], axis=-1)"),
                Source("lambda t: keras.ops.relu(t)"),
            ]
        },
    },
    invalid={
        "function": [
            Source("lambda t: t[9]"),
            Source("lambda t: t[:, 9]"),
            Source("lambda t, u: t"),
            Source("lambda: 1"),
            3,
            None,
            "relu",
        ],
        "output_shape": [5, "a"],
        "arguments": [{"k": 3}, 3],
    },
    cases=[
        "lambda t, k: t * k, arguments={'k': 2}",
        "lambda t, k=1: t[:, :k], arguments={'k': 2}",
        "lambda t, k: t[:, :k], arguments={'j': 2}",
    ],
    programs=200,
)

INPUT_ARGUMENTS = [
    "(3,)",
    "shape=(4, 3)",
    "(None, 3)",
    "()",
    "shape=[4, 3]",
    "3",
    "(3,), batch_size=2",
    "batch_shape=(2, 3)",
    "batch_shape=(None, 4, 3)",
    "batch_shape=(2, 4, 3), batch_size=2",
    "shape=(3,), batch_shape=(2, 3)",
    "",
    "shape=None",
    "(3,), dtype='int32'",
    "(3,), dtype='float31'",
    "(3,), name='inputs'",
    "(3,), name=3",
    "(3,), sparse=True",
    "(3,), ragged=True",
    "(None,), ragged=True",
    "(3.5,)",
    "('a',)",
    "(-1,)",
    "(0,)",
    "(3,), unknown=1",
    "tensor=3",
    "(3), batch_size=None",
    "(3,), 2",
    "(3,), 'name'",
    "batch_input_shape=(2, 3)",
    "input_shape=(3,)",
    "(3,), batch_size=0",
    "(3,), batch_size=-1",
    "(3,), batch_size='2'",
    "(3,), optional=True",
    "(8, 8, 3), 4, 'float32'",
    "shape=(True,)",
    "'abc'",
    "[[3]]",
]
INPUT_SHAPES = [(3,), (4, 3), (None,), (None, 3), (8, 8, 3), (), (None, None, 3), [4, 3], (0,)]
INPUT_OPTIONS: dict[str, list[object]] = {
    "batch_size": [2, 1, None],
    "dtype": ["int32", "float16", "string", "bool", None],
    "name": ["image", None],
    "sparse": [True, False],
}
WRONG_INPUT_OPTIONS: dict[str, list[object]] = {
    "batch_size": [0, -1, "2", 2.5, (2,)],
    "dtype": ["float31", 3],
    "name": [3, "a/b", "a b"],
    "sparse": [3],
    "ragged": [True, False],
    "batch_shape": [(2, 3), (None, 4, 3)],
    "batch_input_shape": [(2, 3)],
    "input_shape": [(3,)],
    "unknown": [1],
}
INPUT = LayerOptions(
    "Input",
    on=[called("")],
    any_rank=False,
    required={"shape": INPUT_SHAPES},
    optional=INPUT_OPTIONS,
    invalid=WRONG_INPUT_OPTIONS,
    cases=INPUT_ARGUMENTS,
    statement='x = keras.Input({arguments})\ny = layers.Activation("relu")(x)',
    any_keyword=False,
    programs=200,
)
INPUT_LAYER = LayerOptions(
    "InputLayer",
    on=[called("")],
    any_rank=False,
    required={"shape": INPUT_SHAPES},
    optional=INPUT_OPTIONS,
    invalid=WRONG_INPUT_OPTIONS,
    cases=[*INPUT_ARGUMENTS, *(f"input_shape={shape}, sparse=False" for shape in INPUT_SHAPES)],
    statement=(
        "m = keras.Sequential()\nm.add(layers.InputLayer({arguments}))\n"
        'm.add(layers.Activation("relu"))'
    ),
    any_keyword=False,
    programs=200,
)
LAYER = LayerOptions("Layer", on=FEATURES, invalid={"units": [3]})

NAMED_ACTIVATIONS = [
    *("relu", "softmax", "linear", "tanh", "sigmoid", "elu", "selu", "softplus", "softsign"),
    *("exponential", "hard_sigmoid", "swish", "gelu", "mish", "relu6", "silu", "leaky_relu"),
    *("log_softmax", "celu", "glu"),
]
ACTIVATION = LayerOptions(
    "Activation",
    on=FEATURES,
    required={
        "activation": [
            *NAMED_ACTIVATIONS,
            *ACTIVATIONS[2:],
            Source("keras.activations.relu"),
        ]
    },
    invalid={
        "activation": [*WRONG_ACTIVATIONS, "", Source("layers.ReLU"), Source("keras.Input")],
        "activity_regularizer": WRONG_REGULARIZERS,
        "units": [3],
    },
)

LAYERS = [
    DENSE,
    EINSUM_DENSE,
    EMBEDDING,
    REVERSIBLE_EMBEDDING,
    MASKING,
    IDENTITY,
    ACTIVITY_REGULARIZATION,
    LAMBDA,
    INPUT,
    INPUT_LAYER,
    LAYER,
    ACTIVATION,
]

"""Attention: query, value and key in lists and as arguments, heads, masks, scores."""

from __future__ import annotations

from tests.oracle.configurations.values import FLAGS, neutral, wrong_neutral
from tests.oracle.options import ONLY_KERAS_3, LayerOptions, On, Tensor, called, listed
from tests.oracle.programs import Era

LISTED: list[On] = [
    listed((4, 8), (6, 8)),
    listed((4, 8), (6, 8), (6, 8)),
    listed((None, 8), (None, 8)),
    listed((4, 8), (6, 16), (6, 8)),
    listed((None, 8), (6, 3), (6, 8)),
    listed((2, 4, 8), (2, 6, 8)),
    listed(Tensor((4, 8), batch_size=2), Tensor((6, 8), batch_size=2)),
    called("[a, b], return_attention_scores=True", (4, 8), (6, 8)),
    called("[a, b, c], return_attention_scores=True", (4, 8), (6, 5), (6, 8)),
    called("[a, b], use_causal_mask=True", (4, 8), (6, 8)),
    called("[a, b], training=True", (4, 8), (6, 8)),
    called("[a, a]", (4, 8), (4, 8)),
    called("(a, b)", (4, 8), (6, 8)),
]
WRONG_LISTED: list[On] = [
    listed((4, 16), (6, 8)),
    listed((4, 8), (6, 8), (5, 8)),
    listed((4, 8), (6, 8), (6, 7)),
    listed((8,), (8,)),
    listed((4, 8)),
    called("x", (4, 8)),
    called("a, b", (4, 8), (6, 8)),
    listed((4, 8), (6, 8), (6, 8), (6, 8)),
    listed((2, 4, 8), (3, 6, 8)),
    listed((4, 8), (2, 6, 8)),
]

ATTENTION = LayerOptions(
    "Attention",
    on=LISTED,
    wrong_on=WRONG_LISTED,
    any_rank=False,
    optional={
        "use_scale": FLAGS,
        "score_mode": ["dot", "concat"],
        "dropout": [0.0, 0.2, 0.5],
    },
    optional_in={Era.KERAS_3: {"seed": [None, 1]}},
    invalid={
        "score_mode": ["cosine", None, 1],
        "dropout": ["a", 1.5, -1, None],
        "heads": [2],
        "use_scale": ["yes", None],
        "causal": [True],
    },
)

ADDITIVE_ATTENTION = LayerOptions(
    "AdditiveAttention",
    on=LISTED,
    wrong_on=WRONG_LISTED,
    any_rank=False,
    optional={"use_scale": FLAGS, "dropout": [0.0, 0.2]},
    invalid={
        "dropout": ["a", 1.5, -1, None],
        "score_mode": ["dot"],
        "use_scale": ["yes", None],
        "units": [3],
    },
)

QUERIES: list[On] = [
    called("x, x", (4, 8)),
    called("a, b", (4, 8), (6, 8)),
    called("a, b", (4, 8), (6, 5)),
    called("a, b, c", (4, 8), (6, 5), (6, 7)),
    called("a, b, key=c", (4, 8), (6, 5), (6, 7)),
    called("query=a, value=b", (None, 8), (None, 8)),
    called("query=a, key=b, value=b", (None, 8), (6, 8)),
    called("a, b, return_attention_scores=True", (4, 8), (6, 8)),
    called("a, b, use_causal_mask=True", (4, 8), (6, 8)),
    called("a, b, attention_mask=c", (4, 8), (6, 8), Tensor((4, 6), dtype="bool")),
    called("a, b", Tensor((4, 8), batch_size=2), Tensor((6, 8), batch_size=2)),
    called("a, b, training=True", (4, 8), (6, 8)),
]
WRONG_QUERIES: list[On] = [
    called("x", (4, 8)),
    called("[a, b]", (4, 8), (6, 8)),
    called("a, b", (8,), (8,)),
    called("a, b, c", (4, 8), (6, 8), (5, 8)),
    called("a, b", (2, 4, 8), (2, 6, 8)),
    called("a, b", (2, 4, 8), (6, 8)),
    called("a, b", (4, None), (6, 8)),
    called("a, b, mask=c", (4, 8), (6, 8), (4, 6)),
    called("a, b, attention_mask=c", (4, 8), (6, 8), Tensor((5, 6), dtype="bool")),
]

MULTI_HEAD = LayerOptions(
    "MultiHeadAttention",
    on=QUERIES,
    wrong_on=WRONG_QUERIES,
    any_rank=False,
    required={"num_heads": [2, 1, 4, 3], "key_dim": [4, 1, 8, 5]},
    optional={
        "value_dim": [None, 3, 6],
        "use_bias": FLAGS,
        "output_shape": [None, 5, (5,), (2, 3), [7]],
        "dropout": [0.0, 0.1],
        "attention_axes": [None, 1, (1,), [1], (1, 2), 2, (2,)],
    },
    optional_in={
        Era.KERAS_3: {
            "flash_attention": [None, False],
            "seed": [None, 1],
            "use_gate": FLAGS,
            "sliding_window": [None, 2],
        },
        Era.KERAS_2: {"softmax_robust_masking": FLAGS},
    },
    neutral=neutral("kernel", "bias"),
    invalid={
        "num_heads": [0, -1, 2.5, "2", None],
        "key_dim": [0, -1, 2.5, "4", None],
        "value_dim": [-1, 0, "a"],
        "output_shape": ["a", -1, 0],
        "dropout": [1.5, "a", -1],
        "attention_axes": [3, -1, "a", (1, 5), 0],
        "head_size": [4],
        "seed": ["a"],
        **wrong_neutral("kernel"),
    },
    programs=300,
)

GROUPED_QUERY = LayerOptions(
    "GroupQueryAttention",
    eras=ONLY_KERAS_3,
    on=QUERIES,
    wrong_on=WRONG_QUERIES,
    any_rank=False,
    required={
        "head_dim": [4, 1, 8, 5],
        "num_query_heads": [4, 6, 2],
        "num_key_value_heads": [2, 1, 4],
    },
    optional={
        "use_bias": FLAGS,
        "dropout": [0.0, 0.1],
        "flash_attention": [None, False],
        "use_gate": FLAGS,
        "sliding_window": [None, 2],
        "seed": [None, 1],
    },
    neutral=neutral("kernel", "bias"),
    invalid={
        "head_dim": [0, -1, 2.5, "4", None],
        "num_query_heads": [0, 5, 3, "a", None],
        "num_key_value_heads": [0, 3, 8, "a", None, -1],
        "dropout": [1.5, "a"],
        "key_dim": [3],
        **wrong_neutral("kernel"),
    },
    programs=300,
)

LAYERS = [ATTENTION, ADDITIVE_ATTENTION, MULTI_HEAD, GROUPED_QUERY]

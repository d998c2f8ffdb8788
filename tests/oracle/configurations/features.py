"""Preprocessing of numbers, categories and text into indices and encodings."""

from __future__ import annotations

from typing import Any

from tests.oracle.configurations.values import FLAGS
from tests.oracle.options import (
    LayerOptions,
    On,
    Source,
    Tensor,
    also_experimental,
    called,
    listed,
)

MODES = ["int", "one_hot", "multi_hot", "count"]
WRONG_MODES: list[Any] = ["binary", None, "tf_idf", "onehot", 3, "Int"]
SHAPES: list[tuple[int | None, ...]] = [(1,), (4,), (), (None,), (4, 3), (4, 1), (2, 3, 4)]


def of_type(dtype: str) -> list[On]:
    """Inputs of a type, in the shapes that categories come in."""
    tensors: list[On] = [Tensor(shape, dtype) for shape in SHAPES]
    return [*tensors, Tensor((4,), dtype, 2), Tensor((1,), dtype, 2)]


NUMBERS = [*of_type("int64"), *of_type("float32")]
WORDS = of_type("string")

CATEGORY_ENCODING = LayerOptions(
    "CategoryEncoding",
    on=[
        *NUMBERS,
        called("a, count_weights=b", Tensor((4,), "int64"), (4,)),
        called("x, count_weights=None", Tensor((4,), "int64")),
    ],
    required={"num_tokens": [5, 1, 10]},
    optional={"output_mode": ["multi_hot", "one_hot", "count"], "sparse": [False, True]},
    invalid={
        "num_tokens": [0, -1, None, "5", 2.5],
        "output_mode": ["int", *WRONG_MODES],
        "max_tokens": [5],
        "sparse": ["a"],
    },
)
DISCRETIZATION = LayerOptions(
    "Discretization",
    on=[*of_type("float32"), *of_type("int64")],
    optional={
        "bin_boundaries": [[0.0, 1.0, 2.0], [-1.0, 5.0], [1, 2], [0.5]],
        "output_mode": MODES,
        "epsilon": [0.01],
        "num_bins": [None, 4],
        "sparse": [False, True],
    },
    cases=["[0.0, 1.0]", "bin_boundaries=[0.0, 1.0], output_mode='one_hot'", "num_bins=4"],
    invalid={
        "bin_boundaries": [[], "a", 3, [2.0, 1.0], None],
        "num_bins": [0, -1, "a", 3],
        "output_mode": WRONG_MODES,
        "bins": [[0.0, 1.0]],
        "epsilon": [-1, "a"],
    },
)
HASHING = LayerOptions(
    "Hashing",
    on=[*WORDS, *of_type("int64")],
    required={"num_bins": [8, 1, 3]},
    optional={
        "mask_value": [None, "", 0],
        "salt": [None, 3, [1, 2]],
        "output_mode": MODES,
        "sparse": [False, True],
    },
    invalid={
        "num_bins": [0, -1, None, "8", 2.5],
        "salt": ["a", [1, 2, 3], 1.5],
        "output_mode": WRONG_MODES,
        "max_tokens": [3],
    },
)
PAIRS: list[On] = [
    *(
        listed(Tensor(shape, first), Tensor(shape, second))
        for shape in SHAPES[:5]
        for first, second in (("string", "string"), ("int64", "string"), ("int64", "int64"))
    ),
    listed(Tensor((1,), "string", 2), Tensor((1,), "string", 2)),
    called("(a, b)", Tensor((1,), "string"), Tensor((1,), "string")),
]
HASHED_CROSSING = LayerOptions(
    "HashedCrossing",
    on=PAIRS,
    wrong_on=[
        Tensor((1,), "string"),
        listed(Tensor((1,), "string")),
        listed(Tensor((1,), "string"), Tensor((4,), "string")),
        listed((1,), (1,)),
        listed(Tensor((), "string"), Tensor((1,), "string")),
        listed(*[Tensor((1,), "string")] * 3),
    ],
    any_rank=False,
    required={"num_bins": [5, 8, 1]},
    optional={"output_mode": ["int", "one_hot"], "sparse": [False, True]},
    invalid={
        "num_bins": [0, -1, None, "8", 2.5],
        "output_mode": ["multi_hot", "count", *WRONG_MODES],
        "salt": [3],
    },
    programs=200,
)

LOOKUP_MODES = [*MODES, "tf_idf"]
INTEGERS: list[Any] = [[3, 5, 7], [10, 20, 30, 40], (1, 2)]
INTEGER_LOOKUP = LayerOptions(
    "IntegerLookup",
    on=of_type("int64"),
    wrong_on=[*of_type("string")[:3], *of_type("float32")[:3]],
    optional={
        "vocabulary": INTEGERS,
        "max_tokens": [None, 10, 4],
        "num_oov_indices": [1, 0, 2],
        "mask_token": [None, 0, -1],
        "oov_token": [-1, -2],
        "output_mode": LOOKUP_MODES,
        "pad_to_max_tokens": FLAGS,
        "invert": [False, True],
        "sparse": [False, True],
        "idf_weights": [None, [0.1, 0.2, 0.3]],
    },
    cases=[
        "vocabulary=[3, 5, 7], output_mode='one_hot'",
        "vocabulary=[3, 5, 7], output_mode='multi_hot'",
        "vocabulary=[3, 5, 7], output_mode='count', max_tokens=9, pad_to_max_tokens=True",
        "vocabulary=[3, 5, 7], idf_weights=[0.1, 0.2, 0.3], output_mode='tf_idf'",
        "max_tokens=6, output_mode='one_hot', pad_to_max_tokens=True",
    ],
    invalid={
        "oov_method": ["farmhash", "crc", None],
        "salt": [3],
        "vocabulary_dtype": ["int64", "int32", 2.0],
        "vocabulary": [["a", "b"], [], [3, 3], 5, Source("[[1], [2]]")],
        "max_tokens": [0, 1, -1, "a", 2],
        "num_oov_indices": [-1, "a", None],
        "output_mode": WRONG_MODES[:2],
        "oov_token": ["a", None],
        "num_tokens": [5],
        "idf_weights": [[0.1]],
    },
    programs=300,
)
STRINGS: list[Any] = [["a", "b", "c"], ["x", "y", "z", "w"], ("a", "b")]
STRING_LOOKUP = LayerOptions(
    "StringLookup",
    on=WORDS,
    wrong_on=[*of_type("int64")[:3], *of_type("float32")[:3]],
    optional={
        "vocabulary": STRINGS,
        "max_tokens": [None, 10, 4],
        "num_oov_indices": [1, 0, 2],
        "mask_token": [None, "", "[MASK]"],
        "oov_token": ["[UNK]", "?"],
        "output_mode": LOOKUP_MODES,
        "pad_to_max_tokens": FLAGS,
        "invert": [False, True],
        "sparse": [False, True],
        "encoding": ["utf-8"],
        "idf_weights": [None, [0.1, 0.2, 0.3]],
    },
    cases=[
        "vocabulary=['a', 'b', 'c'], output_mode='one_hot'",
        "vocabulary=['a', 'b', 'c'], output_mode='multi_hot'",
        "vocabulary=['a', 'b', 'c'], output_mode='count', max_tokens=9, pad_to_max_tokens=True",
        "vocabulary=['a', 'b', 'c'], idf_weights=[0.1, 0.2, 0.3], output_mode='tf_idf'",
        "max_tokens=6, output_mode='one_hot', pad_to_max_tokens=True",
    ],
    invalid={
        "vocabulary": [[1, 2], [], ["a", "a"], 5, Source("'/no/such/file.txt'")],
        "max_tokens": [0, 1, -1, "a", 2],
        "num_oov_indices": [-1, "a", None],
        "output_mode": WRONG_MODES[:2],
        "oov_token": [3, None],
        "num_tokens": [5],
        "idf_weights": [[0.1]],
    },
    programs=300,
)
TEXT_VECTORIZATION = LayerOptions(
    "TextVectorization",
    on=[Tensor((1,), "string"), Tensor((), "string"), *of_type("string")],
    wrong_on=[*of_type("int64")[:3], *of_type("float32")[:2]],
    optional={
        "max_tokens": [None, 100, 10],
        "standardize": ["lower_and_strip_punctuation", "lower", "strip_punctuation", None],
        "split": ["whitespace", "character", None],
        "ngrams": [None, 2, (1, 2)],
        "output_mode": ["int", "multi_hot", "count", "tf_idf"],
        "output_sequence_length": [None, 10, 4],
        "pad_to_max_tokens": FLAGS,
        "vocabulary": [None, ["a", "b", "c"], ["x", "y"]],
        "idf_weights": [None, [0.1, 0.2, 0.3]],
        "sparse": [False, True],
    },
    cases=[
        "max_tokens=100, output_mode='int', output_sequence_length=10",
        "vocabulary=['a', 'b'], output_mode='multi_hot'",
        "vocabulary=['a', 'b'], output_mode='count'",
        "max_tokens=20, output_mode='multi_hot', pad_to_max_tokens=True",
        "vocabulary=['a', 'b'], idf_weights=[0.5, 0.5], output_mode='tf_idf'",
        "output_sequence_length=7, ragged=True",
    ],
    invalid={
        "max_tokens": [0, 1, -1, "a"],
        "standardize": ["upper", 3],
        "split": ["words", 3],
        "ngrams": ["a", 0, -1, 1.5],
        "output_mode": ["one_hot", "binary", None],
        "output_sequence_length": [0, -1, "a", 2.5],
        "vocabulary": [[], ["a", "a"], 5],
        "ragged": [True],
        "num_tokens": [3],
    },
    programs=300,
)

BOTH = [
    CATEGORY_ENCODING,
    DISCRETIZATION,
    HASHING,
    HASHED_CROSSING,
    INTEGER_LOOKUP,
    STRING_LOOKUP,
    TEXT_VECTORIZATION,
]
LAYERS = [also_experimental(options) for options in BOTH]

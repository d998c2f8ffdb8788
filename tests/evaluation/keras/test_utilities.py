"""One-hot labels, padded sequences, pictures and texts, against what Keras itself makes."""

from __future__ import annotations

import pytest

from tests.evaluation.comparing import assert_like_the_library, shape_of

TOKENIZER = """
from keras.preprocessing.text import Tokenizer
from keras.preprocessing.sequence import pad_sequences
tokenizer = Tokenizer(num_words=100)
tokenizer.fit_on_texts(["a b", "c"])
"""

PROGRAMS = [
    "out = keras.utils.to_categorical([0, 1, 4])",
    "out = keras.utils.to_categorical(np.array([0, 1, 4]), 7)",
    "out = keras.utils.to_categorical(np.zeros((5, 1), int), num_classes=3)",
    "out = keras.utils.to_categorical(np.zeros((5, 2), int), num_classes=3)",
    "out = keras.utils.to_categorical(np.zeros((5, 2, 1), int), num_classes=3)",
    "out = keras.utils.to_categorical(2, 3)",
    "out = keras.utils.normalize(np.ones((3, 4)))",
    "out = keras.utils.normalize(np.ones(3))",
    "out = keras.utils.pad_sequences([[1, 2], [3]])",
    "out = keras.utils.pad_sequences([[1, 2], [3]], maxlen=3, padding='post')",
    "out = keras.utils.pad_sequences([[1, 2, 4], [3]], 2, truncating='post', value=-1)",
    "out = keras.utils.pad_sequences([np.ones((2, 3)), np.ones((4, 3))], dtype='float32')",
    "out = keras.utils.img_to_array(np.ones((4, 5)))",
    "out = keras.utils.img_to_array(np.ones((4, 5, 3)))",
]


@pytest.mark.oracle
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_utility_gives_what_it_gives_in_keras(program: str) -> None:
    pytest.importorskip("keras")
    assert_like_the_library("import numpy as np\nimport keras\n" + program, "out")


@pytest.mark.parametrize(
    ("program", "shape"),
    [
        ("to_categorical(y, 10)", "(60000, 10)"),
        ("to_categorical(y)", "(60000, 10)"),
        ("np_utils.to_categorical(y, num_classes=12)", "(60000, 12)"),
        ("to_categorical([0, 1, 4])", "(3, 5)"),
        ("to_categorical(np.load('labels.npy').reshape(-1))", "(?, ?)"),
        ("img_to_array(load_img('cat.png', target_size=(10, 20)))", "(10, 20, 3)"),
        ("img_to_array(load_img('c.png', color_mode='grayscale'))", "(?, ?, 1)"),
    ],
)
def test_shapes_follow_the_arguments(program: str, shape: str) -> None:
    text = (
        "from keras.utils import to_categorical, np_utils, load_img, img_to_array\n"
        "from keras.datasets import mnist\n(x, y), _ = mnist.load_data()\n"
    )
    assert shape_of(text + f"out = {program}") == shape


def test_labels_beyond_the_classes_are_refused_in_numpys_words() -> None:
    found = shape_of("import keras\nout = keras.utils.to_categorical([1, 2, 3], 3)")
    assert "index 3 is out of bounds for axis 1 with size 3" in found


@pytest.mark.parametrize(
    ("program", "shape"),
    [
        ("pad_sequences(tokenizer.texts_to_sequences(['a', 'b c']), maxlen=12)", "(2, 12)"),
        ("pad_sequences(tokenizer.texts_to_sequences(['a', 'b c']))", "(2, ?)"),
        ("tokenizer.texts_to_matrix(['a', 'b', 'c'], mode='tfidf')", "(3, 100)"),
        ("Tokenizer().texts_to_matrix(['a', 'b', 'c'])", "(3, ?)"),
    ],
)
def test_texts_become_rows(program: str, shape: str) -> None:
    assert shape_of(TOKENIZER + f"out = {program}") == shape


def test_rows_cut_from_texts_stay_rows_of_words() -> None:
    program = """
rows = []
for line in open("poem.txt"):
    words = tokenizer.texts_to_sequences([line])[0]
    for end in range(1, len(words)):
        rows.append(words[: end + 1])
rows = pad_sequences(rows, maxlen=20)
out = rows[:, :-1]
"""
    assert shape_of(TOKENIZER + program) == "(?, 19)"

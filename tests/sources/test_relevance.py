"""Which bytes name Keras."""

from __future__ import annotations

import pytest

from flatlint.sources.relevance import names_keras


@pytest.mark.parametrize(
    "data", [b"import keras", b"from tensorflow import *", b"import tf_keras", b"tensorflow.keras"]
)
def test_a_file_that_imports_keras_names_it(data: bytes) -> None:
    assert names_keras(data)


@pytest.mark.parametrize("data", [b"", b"import torch", b"tf = 3"])
def test_a_file_without_the_word_cannot_use_keras(data: bytes) -> None:
    assert not names_keras(data)

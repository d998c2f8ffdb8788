"""What findings on data say: in numbers, with what one would write."""

from __future__ import annotations

import flatlint

HEAD = """\
import numpy as np
from keras import Input, Sequential
from keras.layers import Dense

model = Sequential([Input((3,)), Dense(1)])
model.compile("adam", "mse")
numbers, answers = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])
"""


def test_a_sample_without_its_batch_axis_is_told_how_it_becomes_a_batch() -> None:
    [found] = flatlint.lint_text(HEAD + "model.predict(numbers)\n")
    assert found.code == "FL202"
    assert "(3,)" in found.message
    assert "(1, 3), as numbers[None] or np.expand_dims(numbers, 0) makes it" in found.message


def test_of_a_row_of_numbers_both_readings_are_told() -> None:
    [found] = flatlint.lint_text(HEAD + "model.fit(numbers, answers)\n")
    assert found.code == "FL205"
    assert (
        "3 samples of one number each are shape (3, 1) for an input shape of (1,)" in found.message
    )
    assert "(1, 3), as numbers[None] or np.expand_dims(numbers, 0) makes it" in found.message

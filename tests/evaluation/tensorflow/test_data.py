"""Steps of datasets: against TensorFlow where it is asked for, and what directories give."""

from __future__ import annotations

from typing import Any

import pytest

from flatlint.graph import Array
from tests.evaluation.comparing import shape_of
from tests.evaluation.numpy.evaluating import variables_of

START = """
import numpy as np
import tensorflow as tf
x, y = np.ones((60, 28, 28), "float32"), np.ones(60, "int64")
"""
PROGRAMS = {
    "ds = tf.data.Dataset.from_tensor_slices((x, y))": "(28, 28) ()",
    "ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(9).batch(32).prefetch(2)":
        "(?, 28, 28) (?,)",
    "ds = tf.data.Dataset.from_tensor_slices((x, y)).batch(16, drop_remainder=True)":
        "(16, 28, 28) (16,)",
    "ds = tf.data.Dataset.from_tensors((x, y)).repeat()": "(60, 28, 28) (60,)",
    "ds = tf.data.Dataset.from_tensor_slices((x, y)).batch(4).unbatch()": "(28, 28) ()",
    "a = tf.data.Dataset.from_tensor_slices(x)\nb = tf.data.Dataset.from_tensor_slices(y)\n"
    "ds = tf.data.Dataset.zip((a, b))": "(28, 28) ()",
    "ds = tf.data.Dataset.from_tensor_slices((x, y)).map(lambda a, b: (a / 2, b)).take(3)":
        "(28, 28) ()",
}  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_step_has_the_shapes_of_its_arrays(program: str) -> None:
    text = START + program + "\nfor first, second in ds:\n    pass\n"
    found = [variables_of(text)[name] for name in ("first", "second")]
    assert " ".join(str(getattr(each, "shape", each)) for each in found) == PROGRAMS[program]


@pytest.mark.oracle
@pytest.mark.parametrize("program", PROGRAMS)
def test_tensorflow_gives_these_shapes_itself(program: str) -> None:
    pytest.importorskip("tensorflow")
    names: dict[str, Any] = {}
    exec(START + program, names)
    shapes = [str(tuple(spec.shape)).replace("None", "?") for spec in names["ds"].element_spec]
    assert " ".join(shapes) == PROGRAMS[program]


@pytest.mark.parametrize(
    ("program", "shapes"),
    [
        ("keras.utils.image_dataset_from_directory('d')", "(?, 256, 256, 3) (?,)"),
        ("keras.utils.image_dataset_from_directory('d', label_mode='binary', image_size=(64, 32))",
         "(?, 64, 32, 3) (?, 1)"),
        (("keras.utils.image_dataset_from_directory('d', label_mode='categorical',"
         " color_mode='grayscale')"), "(?, 256, 256, 1) (?, ?)"),
        ("keras.utils.timeseries_dataset_from_array(np.ones((90, 4)), np.ones(90), 10)",
         "(?, 10, 4) (?,)"),
        ("ImageDataGenerator(rescale=1 / 255).flow_from_directory('d', (150, 140))",
         "(?, 150, 140, 3) (?, ?)"),
        ("ImageDataGenerator().flow_from_directory('d', (150, 150), class_mode='binary')",
         "(?, 150, 150, 3) (?,)"),
        ("ImageDataGenerator().flow(np.ones((9, 8, 8, 1)), np.ones((9, 10)), batch_size=3)",
         "(?, 8, 8, 1) (?, 10)"),
    ],
)  # fmt: skip
def test_batches_have_the_shapes_that_the_call_asks_for(program: str, shapes: str) -> None:
    text = (
        "from tensorflow import keras\n"
        "from tensorflow.keras.preprocessing.image import ImageDataGenerator\n"
        f"for first, second in {program}:\n    pass\n"
    )
    assert f"{shape_of(text, 'first')} {shape_of(text, 'second')}" == shapes


def test_a_dataset_is_no_array() -> None:
    found = variables_of(START + "out = tf.data.Dataset.from_tensor_slices(x)")["out"]
    assert not isinstance(found, Array)

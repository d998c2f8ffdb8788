"""Names of Keras: spellings of the package, layers under old homes, what an era has."""

from __future__ import annotations

import pytest

from flatlint.catalogue.eras import Era
from flatlint.catalogue.names import (
    canonical,
    exists,
    resolve_application,
    resolve_layer,
    resolve_layer_function,
    resolve_model,
    spelling_of,
)


@pytest.mark.parametrize(
    "front",
    [
        "keras",
        "tf.keras",
        "tensorflow.keras",
        "tf_keras",
        "keras.api",
        "keras.src",
        "keras.api._v2.keras",
        "keras._tf_keras.keras",
        "tensorflow.python.keras",
        "tf.compat.v1.keras",
        "tensorflow.compat.v2.keras",
        "tf.contrib.keras",
        "tensorflow.contrib.keras.python.keras",
        "tensorflow.keras.api._v2.keras",
    ],
)
def test_every_spelling_of_the_package_means_keras(front: str) -> None:
    assert canonical(f"{front}.layers.Dense") == "keras.layers.Dense"


def test_what_is_not_keras_stays_but_for_the_name_of_tensorflow() -> None:
    assert canonical("tf.layers.dense") == "tensorflow.layers.dense"
    assert canonical("numpy.zeros") == "numpy.zeros"
    assert canonical("keras_nlp.layers.Dense") == "keras_nlp.layers.Dense"
    assert canonical("tfx.keras") == "tfx.keras"


@pytest.mark.parametrize(
    ("path", "era", "layer"),
    [
        ("keras.layers.Convolution2D", Era.KERAS_1, "Conv2D"),
        ("keras.layers.Convolution2D", Era.KERAS_2, "Conv2D"),
        ("keras.layers.Convolution2D", Era.KERAS_3, "Conv2D"),
        ("keras.layers.core.Dense", Era.KERAS_1, "Dense"),
        ("keras.layers.advanced_activations.LeakyReLU", Era.KERAS_2, "LeakyReLU"),
        ("keras.layers.merge.Concatenate", Era.KERAS_2, "Concatenate"),
        ("keras.layers.CuDNNLSTM", Era.KERAS_2, "CuDNNLSTM"),
        ("tf.compat.v1.keras.layers.CuDNNGRU", Era.KERAS_2, "CuDNNGRU"),
        ("tf.keras.layers.experimental.preprocessing.Rescaling", Era.KERAS_2, "Rescaling"),
        ("keras.src.layers.core.dense.Dense", Era.KERAS_3, "Dense"),
        ("keras.engine.topology.InputLayer", Era.KERAS_1, "InputLayer"),
        ("keras.layers.Deconvolution2D", Era.KERAS_1, "Conv2DTranspose"),
        ("keras.layers.AtrousConvolution2D", Era.KERAS_1, "Conv2D"),
        ("keras.layers.TimeDistributedDense", Era.KERAS_1, "Dense"),
        ("keras.legacy.layers.MaxoutDense", Era.KERAS_2, "MaxoutDense"),
        ("keras.layers.Highway", Era.KERAS_1, "Highway"),
        ("keras.engine.Merge", Era.KERAS_1, "Merge"),
        ("keras.Layer", Era.KERAS_3, "Layer"),
        ("keras.layers.MaxPool2D", Era.KERAS_3, "MaxPooling2D"),
        ("keras.layers.CuDNNLSTM", Era.KERAS_3, None),
        ("keras.layers.Merge", Era.KERAS_3, None),
        ("tf.layers.Dense", Era.KERAS_2, None),
        ("keras.layers.core", Era.KERAS_2, None),
        ("keras.layers.Dense.Flatten", Era.KERAS_2, None),
        ("keras.layers.Input", Era.KERAS_3, None),
    ],
)
def test_a_path_means_the_layer_class_that_does_its_work_today(
    path: str, era: Era, layer: str | None
) -> None:
    assert resolve_layer(path, (era,)) == layer


def test_functions_among_the_layers_are_told_from_classes() -> None:
    assert resolve_layer_function("keras.engine.topology.Input", (Era.KERAS_1,)) == "Input"
    assert resolve_layer_function("keras.layers.merge", (Era.KERAS_1,)) == "merge"
    assert resolve_layer_function("tf.keras.Input", (Era.KERAS_2,)) == "Input"
    assert resolve_layer_function("keras.layers.merge", (Era.KERAS_3,)) is None
    assert resolve_layer_function("keras.layers.Dense", (Era.KERAS_3,)) is None


def test_models_and_applications_have_their_own_names() -> None:
    assert resolve_model("tf.keras.Sequential") == "Sequential"
    assert resolve_model("keras.engine.training.Model") == "Model"
    assert resolve_model("keras.layers.Model") is None
    assert resolve_application("keras.applications.vgg16.VGG16") == "VGG16"
    assert resolve_application("keras.applications.ResNet50", (Era.KERAS_3,)) == "ResNet50"
    assert resolve_application("keras.applications.vgg16") is None


@pytest.mark.parametrize(
    ("path", "era", "there"),
    [
        # keras 3 has no keras.layers.core; Keras 1 and 2.3.1 do (their sources).
        ("keras.layers.core.Dense", Era.KERAS_3, False),
        ("keras.layers.core.Dense", Era.KERAS_1, True),
        ("keras.layers.core.Dense", Era.KERAS_2, True),
        ("keras.ops", Era.KERAS_2, False),
        ("keras.ops.concatenate", Era.KERAS_3, True),
        # `from keras…` fails in Keras 3 where `from tensorflow.keras…` still works.
        ("keras.preprocessing.image.ImageDataGenerator", Era.KERAS_3, False),
        ("tf.keras.preprocessing.image.ImageDataGenerator", Era.KERAS_3, True),
        # Releases of Keras 2 before 2.2 had Merge: nothing can be said of the era.
        ("keras.layers.Merge", Era.KERAS_2, None),
        ("keras.layers.NeverHeardOf", Era.KERAS_3, None),
        ("keras.src.layers.core.dense.Dense", Era.KERAS_3, None),
        ("numpy.zeros", Era.KERAS_3, None),
    ],
)
def test_a_path_is_called_missing_only_where_another_era_has_it(
    path: str, era: Era, there: bool | None
) -> None:
    assert exists(path, era) is there


def test_the_spelled_name_is_the_last_of_the_path() -> None:
    assert spelling_of("keras.layers.AtrousConvolution2D") == "AtrousConvolution2D"
    assert spelling_of("Dense") == "Dense"

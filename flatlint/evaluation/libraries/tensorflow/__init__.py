"""TensorFlow beside Keras: functions on symbolic tensors and eager ones."""

from flatlint.evaluation.libraries import keras

__all__ = ["keras"]

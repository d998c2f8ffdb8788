"""TensorFlow beside Keras: eager tensors, which are arrays here; symbolic ones are Keras's."""

from flatlint.evaluation.libraries import keras
from flatlint.evaluation.libraries.python import command_line
from flatlint.evaluation.libraries.tensorflow import data, making

__all__ = ["command_line", "data", "keras", "making"]

"""TensorFlow beside Keras: eager tensors, which are arrays here; symbolic ones are Keras's."""

from flatlint.evaluation.libraries import keras
from flatlint.evaluation.libraries.tensorflow import making

__all__ = ["keras", "making"]

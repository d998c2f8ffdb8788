"""Listed inputs: what layers with one input make of a list of tensors, which most refuse.

Found by calling every layer of both eras on `[x]` and on `[x, x]`.
"""

from __future__ import annotations

from enum import Enum

from flatlint.catalogue.eras import Era


class ListTaking(Enum):
    """How a layer takes a list of tensors."""

    EACH = "each"
    """It hands on a list: its class says nothing of the number of its inputs."""
    STACKED = "stacked"
    """TensorFlow makes one tensor of the list, with an axis more at the front."""
    ALONE = "alone"
    """A list of one stands for its tensor; Keras means a list with a state behind the input."""
    REFUSED = "refused"


TAKEN_LISTS = (ListTaking.EACH, ListTaking.STACKED)
"""The ways in which a list of several tensors is taken."""

_ELEMENTWISE = ("Activation", "ELU", "LeakyReLU", "ReLU", "Dropout", "Rescaling")
_NOISES = ("AlphaDropout", "GaussianDropout", "GaussianNoise", "ActivityRegularization", "Identity")
_RECURRENT = ("Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "GRU", "LSTM", "RNN",
              "SimpleRNN", "CuDNNGRU", "CuDNNLSTM")  # fmt: skip

_TAKING = {
    Era.KERAS_2: {
        **dict.fromkeys(_NOISES, ListTaking.EACH),
        **dict.fromkeys(_ELEMENTWISE, ListTaking.STACKED),
        **dict.fromkeys(_RECURRENT, ListTaking.ALONE),
        "Discretization": ListTaking.STACKED,
        "IntegerLookup": ListTaking.STACKED,
        "RandomContrast": ListTaking.STACKED,
        "StringLookup": ListTaking.STACKED,
        "ThresholdedReLU": ListTaking.STACKED,
    },
    Era.KERAS_3: {
        **dict.fromkeys((*_NOISES, *_ELEMENTWISE), ListTaking.EACH),
        "Softmax": ListTaking.EACH,
        "UnitNormalization": ListTaking.EACH,
    },
}


def list_taking(class_name: str, era: Era) -> ListTaking:
    """What the layer makes of a list; Keras 1 takes one of one for its tensor."""
    if era is Era.KERAS_1:
        return ListTaking.ALONE
    return _TAKING[era].get(class_name, ListTaking.REFUSED)

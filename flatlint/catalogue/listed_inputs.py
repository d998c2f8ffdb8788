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
    STACKED_ALONE = "stacked alone"
    """As `STACKED`, and the class says that it takes one tensor."""
    KEPT_ALONE = "kept alone"
    """A list of one comes out as it went in: the shapes of the list stand for a shape."""
    DOUBLED_ALONE = "doubled alone"
    """The list of one has no axis to pool: its one entry is taken for its first and its last."""
    ALONE = "alone"
    """A list of one stands for its tensor; Keras means a list with a state behind the input."""
    REFUSED = "refused"


_ELEMENTWISE = ("Activation", "ELU", "LeakyReLU", "ReLU", "Dropout", "Rescaling")
_NOISES = ("AlphaDropout", "GaussianDropout", "GaussianNoise", "ActivityRegularization", "Identity")
_POOLING = ("AveragePooling1D", "MaxPooling1D", *(
    f"Global{kind}Pooling{rank}D" for kind in ("Average", "Max") for rank in (1, 2, 3)
))  # fmt: skip
_SPATIAL = ("SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D")
_RECURRENT = ("Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "GRU", "LSTM", "RNN",
              "SimpleRNN", "CuDNNGRU", "CuDNNLSTM")  # fmt: skip

_TAKING = {
    Era.KERAS_2: {
        **dict.fromkeys(_NOISES, ListTaking.EACH),
        **dict.fromkeys(_ELEMENTWISE, ListTaking.STACKED),
        **dict.fromkeys(_RECURRENT, ListTaking.ALONE),
        **dict.fromkeys(_SPATIAL, ListTaking.STACKED_ALONE),
        "Discretization": ListTaking.STACKED,
        "Hashing": ListTaking.STACKED,
        "IntegerLookup": ListTaking.STACKED,
        "RandomContrast": ListTaking.STACKED,
        "StringLookup": ListTaking.STACKED,
        "TextVectorization": ListTaking.STACKED,
        "ThresholdedReLU": ListTaking.STACKED,
    },
    Era.KERAS_3: {
        **dict.fromkeys((*_NOISES, *_ELEMENTWISE), ListTaking.EACH),
        **dict.fromkeys(_SPATIAL, ListTaking.KEPT_ALONE),
        **dict.fromkeys(_POOLING, ListTaking.DOUBLED_ALONE),
        "Softmax": ListTaking.EACH,
        "UnitNormalization": ListTaking.EACH,
    },
}


def list_taking(class_name: str, era: Era) -> ListTaking:
    """What the layer makes of a list; Keras 1 takes one of one for its tensor."""
    if era is Era.KERAS_1:
        return ListTaking.ALONE
    return _TAKING[era].get(class_name, ListTaking.REFUSED)


def is_list_taken(class_name: str, era: Era) -> bool:
    """Whether the layer makes something of a list itself; no such layer has variables."""
    return list_taking(class_name, era) not in (ListTaking.ALONE, ListTaking.REFUSED)

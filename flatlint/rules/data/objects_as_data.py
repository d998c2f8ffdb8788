"""FL211: an array of Python objects or texts stands where Keras takes numbers."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.eras import Era
from flatlint.catalogue.training import TAKES_LABELS
from flatlint.diagnostics import Severity
from flatlint.graph import Array, DataCall, ProgramFacts, Tensor, tensors_of
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.arrays import arrays_in, made_of, origins
from flatlint.rules.data.label_meetings import loss_of
from flatlint.rules.data.refused_feed import method_of

_READS_TEXT = frozenset({
    "TextVectorization", "StringLookup", "Hashing", "CategoryEncoding", "HashedCrossing",
    "Lambda", "KerasLayer",
})  # fmt: skip


class ObjectsAsData(Rule):
    """An array of Python objects, or of texts, is given to a model that computes with numbers.

    numpy makes an array of objects from lists of unequal length: reviews of the IMDB data set,
    `(25000,)` lists of word numbers. `pad_sequences` gives them one length. Labels that are names
    of classes have to be numbered first.

    Source: `standardize_dtype` in keras/src/backend/common/variables.py; TensorFlow's "Failed to
    convert a NumPy array to a Tensor".

    Bad:
        from keras import Sequential, datasets
        from keras.layers import Dense, Embedding, GlobalAveragePooling1D

        (x, y), _ = datasets.imdb.load_data(num_words=10000)
        model = Sequential([Embedding(10000, 16), GlobalAveragePooling1D(), Dense(1)])
        model.compile("adam", "binary_crossentropy")
        model.fit(x, y)  # finding

    Good:
        from keras import Sequential, datasets, utils
        from keras.layers import Dense, Embedding, GlobalAveragePooling1D

        (x, y), _ = datasets.imdb.load_data(num_words=10000)
        x = utils.pad_sequences(x, maxlen=256)
        model = Sequential([Embedding(10000, 16), GlobalAveragePooling1D(), Dense(1)])
        model.compile("adam", "binary_crossentropy")
        model.fit(x, y)
    """

    code = "FL211"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Look at the element types of inputs and labels."""
        if call.guarded or Era.KERAS_1 in facts.eras:
            return
        reads_text = any(e.layer.class_name in _READS_TEXT for e in call.model.entries) or any(
            map(_may_be_text, tensors_of(call.model.inputs))
        )
        is_known = all(entry.layer.specs for entry in call.model.entries)
        if not reads_text and is_known and call.model.entries:
            yield from _findings(call, "inputs", call.arguments.get("x"))
        compiled = call.compiled.arguments.get("loss") if call.compiled is not None else None
        if call.method in TAKES_LABELS and loss_of(compiled, facts.eras) is not None:
            yield from _findings(call, "labels", call.arguments.get("y"))


def _may_be_text(tensor: Tensor) -> bool:
    """Whether an `Input` of the program is for texts, or has a dtype that is not known."""
    is_declared = tensor.made_by is not None and bool(tensor.made_by.layer.specs)
    return tensor.dtype == "string" or (tensor.dtype is None and is_declared)


def _findings(call: DataCall, what: str, value: object) -> Iterator[Finding]:
    for array in arrays_in(value):
        kind = _kind(array)
        if kind is None or array.library != "numpy":
            continue
        yield Finding(
            call.site,
            f"{method_of(call)} gets {what} of shape {array.shape} whose elements are {kind}"
            f"{_remedy(array, what)}",
            related=tuple(origins((what, array))),
            help="Keras says: Invalid dtype: object (Keras 3), Failed to convert a NumPy array "
            "to a Tensor (Keras 2).",
        )
        return


def _kind(array: Array) -> str | None:
    dtype = array.dtype or ""
    if dtype == "object":
        return "Python objects"
    return "texts" if dtype.startswith(("str", "<U", "U")) else None


def _remedy(array: Array, what: str) -> str:
    makers = {step.made.what for step in made_of(array) if step.made is not None}
    if what == "inputs" and "load_data" in makers:
        return ": lists of unequal length, to which pad_sequences gives one"
    return ""

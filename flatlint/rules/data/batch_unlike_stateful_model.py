"""FL212: batches have another size than the one that a stateful model is fixed to."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.eras import Era
from flatlint.diagnostics import Severity
from flatlint.graph import Array, DataCall, ModelGraph, ProgramFacts, tensors_of
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.arrays import origins
from flatlint.rules.data.label_meetings import batches_of
from flatlint.rules.data.refused_feed import method_of
from flatlint.shapes import Shape


class BatchUnlikeStatefulModel(Rule):
    """A stateful model gets batches of another size than its states have.

    A recurrent layer with `stateful=True` keeps one state for each place in the batch; the size of
    the batch is part of the model (`batch_shape`, `batch_input_shape`). Every batch has to have
    exactly that size: `batch_size` has to be given to `fit`, `evaluate` and `predict` (they take 32
    otherwise), and it has to divide the number of samples.

    Source: `keras.layers.RNN`, "Note on using statefulness in RNNs".

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import LSTM, Dense

        model = Sequential([Input(batch_shape=(4, 3, 2)), LSTM(8, stateful=True), Dense(1)])
        model.compile("adam", "mse")
        model.fit(np.zeros((10, 3, 2)), np.zeros((10, 1)), batch_size=4)  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import LSTM, Dense

        model = Sequential([Input(batch_shape=(4, 3, 2)), LSTM(8, stateful=True), Dense(1)])
        model.compile("adam", "mse")
        model.fit(np.zeros((12, 3, 2)), np.zeros((12, 1)), batch_size=4)
    """

    code = "FL212"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Compare every batch that the call makes with the batch axis of the model."""
        wanted, data = _batch_of(call.model), call.arguments.get("x")
        if call.guarded or wanted is None or not isinstance(data, Array):
            return
        if not isinstance(data.shape, Shape) or not data.shape.rank or not _keeps_state(call.model):
            return
        samples = data.shape[0]
        sizes = [size for size in batches_of(call, samples) if isinstance(size, int)]
        if all(size == wanted for size in sizes) or _is_repeated(call, sizes, wanted, facts):
            return
        cut = " and ".join(map(str, dict.fromkeys(sizes)))
        yield Finding(
            call.site,
            f"{method_of(call)} cuts {samples} samples into batches of {cut}, and the states of "
            f"the model are for batches of {wanted}",
            related=tuple(origins(("data", data))),
        )


def _is_repeated(call: DataCall, sizes: list[int], wanted: int, facts: ProgramFacts) -> bool:
    """Whether only a rest of one sample is odd: TensorFlow repeats it for all states.

    Its batch axis is open when the step is traced, but where Keras 3 predicts a single sample.
    """
    if set(sizes) - {wanted} != {1} or call.arguments.get("batch_size") == 1:
        return False
    if call.method not in ("fit", "evaluate", "predict"):
        return False
    return not (sizes == [1] and call.method == "predict" and facts.eras == (Era.KERAS_3,))


def _batch_of(model: ModelGraph) -> int | None:
    """The batch axis of the model's one input, where that is fixed."""
    shapes = [tensor.shape for tensor in tensors_of(model.inputs)]
    if len(shapes) != 1 or not isinstance(shapes[0], Shape) or not shapes[0].rank:
        return None
    size = shapes[0][0]
    return size if isinstance(size, int) else None


def _keeps_state(model: ModelGraph) -> bool:
    return any(
        getattr(entry.layer.spec, "stateful", False) is True
        for entry in model.entries
        if entry.layer.spec is not None
    )

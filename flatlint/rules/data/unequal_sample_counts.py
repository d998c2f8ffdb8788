"""FL207: inputs, labels or weights have different numbers of samples."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.eras import Era
from flatlint.catalogue.losses import ELEMENTWISE
from flatlint.catalogue.training import TAKES_LABELS
from flatlint.diagnostics import Severity
from flatlint.graph import Array, DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.arrays import arrays_in, origins
from flatlint.rules.data.label_meetings import losses_of
from flatlint.rules.data.refused_feed import method_of
from flatlint.shapes import Shape, are_equal

_PARTS = (("x", "inputs"), ("y", "labels"), ("sample_weight", "sample weights"))


class UnequalSampleCounts(Rule):
    """The inputs and the labels of a call do not have the same number of samples.

    The first axis counts the samples, and there is one label for each. Different counts come from
    slicing one of two arrays, from mixing the training and the test part up, or from an array
    that has its axes in another order.

    Source: `check_data_cardinality` in keras/src/trainers/data_adapters/data_adapter_utils.py and
    `_check_data_cardinality` in tf_keras/src/engine/data_adapter.py.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(1)])
        model.compile("adam", "mse")
        model.fit(np.zeros((100, 4)), np.zeros((80, 1)))  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(1)])
        model.compile("adam", "mse")
        model.fit(np.zeros((100, 4)), np.zeros((100, 1)))
    """

    code = "FL207"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Compare the first axes of all arrays with each other."""
        if call.guarded or _is_unchecked(call, facts):
            return
        if call.stream is not None and call.method not in TAKES_LABELS:
            return
        found = [
            (what, array)
            for name, what in _PARTS
            for array in arrays_in(call.arguments.get(name))
            if isinstance(array.shape, Shape) and array.shape.rank
        ]
        may_broadcast = _is_one_batch(call, facts) and not set(losses_of(call, facts)) - ELEMENTWISE
        for index, (what, array) in enumerate(found):
            for other_what, other in found[:index]:
                assert isinstance(array.shape, Shape) and isinstance(other.shape, Shape)
                counts = (array.shape[0], other.shape[0])
                if are_equal(*counts) is False and not (may_broadcast and 1 in counts):
                    yield _finding(call, (other_what, other), (what, array))
                    return


def _is_one_batch(call: DataCall, facts: ProgramFacts) -> bool:
    """Whether the samples are those of one step, which the loss alone counts.

    Keras 2 counts what `train_on_batch` gets, as it counts the arrays for `fit`.
    """
    if call.stream is not None:
        return True
    return call.method.endswith("_on_batch") and Era.KERAS_3 in facts.eras


def _is_unchecked(call: DataCall, facts: ProgramFacts) -> bool:
    """Whether the loss is to trip over the counts, and it is not known whether it does."""
    if not _is_one_batch(call, facts):
        return False
    losses = losses_of(call, facts)
    return not losses or None in losses


def _finding(call: DataCall, left: tuple[str, Array], right: tuple[str, Array]) -> Finding:
    counts = []
    for what, array in (left, right):
        assert isinstance(array.shape, Shape)
        counts.append(f"{array.shape[0]} {what} of shape {array.shape}")
    place = f" as {call.part}" if call.part else ""
    return Finding(
        call.site,
        f"{method_of(call)} gets {' and '.join(counts)}{place}: there has to be one for each",
        related=tuple(origins(left, right)),
        help="Keras says: Data cardinality is ambiguous. "
        "Make sure all arrays contain the same number of samples.",
    )

"""FL208: a validation split leaves nothing to train on, or nothing to validate on."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.eras import Era
from flatlint.diagnostics import Severity
from flatlint.graph import DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.arrays import arrays_in, origins
from flatlint.shapes import Shape


class EmptyValidationSplit(Rule):
    """`validation_split` cuts so few samples that one part is empty.

    Of `n` samples the first `int(n * (1 - validation_split))` are trained on, the others validate.
    Keras raises where either part has no sample.

    Source: `train_validation_split` in keras/src/trainers/data_adapters/array_slicing.py and
    tf_keras/src/engine/data_adapter.py.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(1)])
        model.compile("adam", "mse")
        model.fit(np.zeros((1, 4)), np.zeros((1, 1)), validation_split=0.2)  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(1)])
        model.compile("adam", "mse")
        model.fit(np.zeros((10, 4)), np.zeros((10, 1)), validation_split=0.2)
    """

    code = "FL208"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Cut the samples as Keras does."""
        split = call.arguments.get("validation_split")
        given = call.arguments.get("validation_data")
        array = next(arrays_in(call.arguments.get("x")), None)
        if call.guarded or call.method != "fit" or given is not None or array is None:
            return
        if not isinstance(split, int | float) or not 0 < split <= 1 or Era.KERAS_1 in facts.eras:
            return
        if not isinstance(array.shape, Shape) or not array.shape.rank:
            return
        samples = array.shape[0]
        if not isinstance(samples, int):
            return
        trained = int(samples * (1.0 - split))
        if 0 < trained < samples:
            return
        yield Finding(
            call.site,
            f"`fit` splits {samples} samples by {split}: {trained} to train on and "
            f"{samples - trained} to validate on",
            related=tuple(origins(("data", array))),
            help="Keras says: Training data contains "
            f"{samples} samples, which is not sufficient to split it into a validation and "
            "training set.",
        )

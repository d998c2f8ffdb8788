"""FL218: `validation_split` stands beside data that comes in batches."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.eras import Era
from flatlint.diagnostics import Severity
from flatlint.graph import DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.refused_feed import method_of


class ValidationSplitOfBatches(Rule):
    """`validation_split` is to cut data that Keras gets batch by batch.

    Keras cuts the last part off arrays. Of a dataset or a generator it does not know the end:
    `take` and `skip`, or `validation_data` with a dataset of its own, do it there.

    Source: `train_validation_split` in keras/src/trainers/data_adapters/array_slicing.py and
    tf_keras/src/engine/data_adapter.py.

    Bad:
        import numpy as np
        import tensorflow as tf
        from tensorflow.keras import Input, Sequential
        from tensorflow.keras.layers import Dense

        pairs = tf.data.Dataset.from_tensor_slices((np.zeros((60, 4)), np.zeros((60, 1))))
        model = Sequential([Input((4,)), Dense(1)])
        model.compile("adam", "mse")
        model.fit(pairs.batch(10), validation_split=0.2)  # finding

    Good:
        import numpy as np
        import tensorflow as tf
        from tensorflow.keras import Input, Sequential
        from tensorflow.keras.layers import Dense

        pairs = tf.data.Dataset.from_tensor_slices((np.zeros((60, 4)), np.zeros((60, 1))))
        model = Sequential([Input((4,)), Dense(1)])
        model.compile("adam", "mse")
        model.fit(pairs.skip(12).batch(10), validation_data=pairs.take(12).batch(10))
    """

    code = "FL218"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Look whether there is a split beside a stream."""
        split = call.arguments.get("validation_split")
        if call.guarded or call.stream is None or call.method != "fit":
            return
        if call.arguments.get("validation_data") is not None or Era.KERAS_1 in facts.eras:
            return
        if isinstance(split, int | float) and split:
            yield Finding(
                call.site,
                f"{method_of(call)} gets validation_split={split} beside data in batches: it "
                "cuts arrays alone",
                help="Keras says: `validation_split` is only supported for Tensors or NumPy "
                "arrays.",
            )

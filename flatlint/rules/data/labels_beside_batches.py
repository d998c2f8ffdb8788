"""FL234: labels are given beside data that brings its own."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from flatlint.catalogue.eras import Era
from flatlint.catalogue.training import TAKES_LABELS
from flatlint.diagnostics import Applicability, Severity
from flatlint.graph import DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.call_arguments import code_of, written_argument
from flatlint.rules.data.refused_feed import method_of
from flatlint.rules.edits import NodeEdit, NodeFix, Where


class LabelsBesideBatches(Rule):
    """`y` is given beside a dataset or a generator, which brings its own labels.

    Each step of a dataset, a generator or a `Sequence` is a pair `(inputs, labels)`. Keras takes
    the labels from there and refuses others: put both into the dataset, as
    `Dataset.from_tensor_slices((x, y))`.

    Source: `get_data_adapter` and its adapters in keras/src/trainers/data_adapters and
    tf_keras/src/engine/data_adapter.py.

    Bad:
        import numpy as np
        import tensorflow as tf
        from tensorflow.keras import Input, Sequential
        from tensorflow.keras.layers import Dense

        x, y = np.zeros((60, 4)), np.zeros((60, 1))
        data = tf.data.Dataset.from_tensor_slices(x).batch(10)
        model = Sequential([Input((4,)), Dense(1)])
        model.compile("adam", "mse")
        model.fit(data, y)  # finding

    Good:
        import numpy as np
        import tensorflow as tf
        from tensorflow.keras import Input, Sequential
        from tensorflow.keras.layers import Dense

        x, y = np.zeros((60, 4)), np.zeros((60, 1))
        data = tf.data.Dataset.from_tensor_slices((x, y)).batch(10)
        model = Sequential([Input((4,)), Dense(1)])
        model.compile("adam", "mse")
        model.fit(data)
    """

    code = "FL234"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Look whether labels are written beside a stream."""
        if call.guarded or call.part or call.stream is None or Era.KERAS_1 in facts.eras:
            return
        if call.method not in TAKES_LABELS or call.method.endswith("_on_batch"):
            return
        written = written_argument(call, "y")
        if written is None or code_of(written) == "None":
            return
        yield Finding(
            call.site,
            f"{method_of(call)} gets labels beside data in batches, which brings its own",
            fix=_without_labels(call),
            help="Keras says: When providing `x` as a tf.data.Dataset, `y` should not be passed "
            "(Keras 3), `y` argument is not supported when using dataset as input (Keras 2).",
        )


def _without_labels(call: DataCall) -> NodeFix | None:
    """The call without labels, where each step of the data has some."""
    node, stream = call.site.node, call.stream
    if not isinstance(node, cst.Call) or stream is None or not isinstance(stream.element, tuple):
        return None
    written = written_argument(call, "y")
    kept = [argument for argument in node.args if argument.value is not written]
    was_positional = all(arg.keyword is None for arg in node.args if arg.value is written)
    if len(stream.element) < 2 or (was_positional and len(kept) > 1 and kept[1].keyword is None):
        return None
    if kept and node.args[-1].value is written:
        kept[-1] = kept[-1].with_changes(comma=node.args[-1].comma)
    edit = NodeEdit(call.site, Where.INSTEAD, code_of(node.with_changes(args=kept)))
    return NodeFix(Applicability.UNSAFE, "Leave the labels to the data", (edit,))

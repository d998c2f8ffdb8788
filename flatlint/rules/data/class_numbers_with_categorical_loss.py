"""FL222: class numbers meet a loss that takes one-hot labels."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.losses import Outcome
from flatlint.diagnostics import Severity
from flatlint.graph import DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.label_findings import are_class_numbers_for, finding
from flatlint.rules.data.label_meetings import meetings
from flatlint.rules.data.loss_fix import other_loss
from flatlint.shapes import Shape


class ClassNumbersWithCategoricalLoss(Rule):
    """Class numbers are given to `categorical_crossentropy`.

    This loss takes a row for each sample with a one at the place of the class, as `to_categorical`
    makes it: `(60000, 10)` for ten classes. Labels of shape `(60000,)` or `(60000, 1)` hold the
    number of the class; for them there is `sparse_categorical_crossentropy`. Both losses compute
    the same.

    Source: `categorical_crossentropy` in keras/src/backend/tensorflow/nn.py.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(3, activation="softmax")])
        model.compile("adam", loss="categorical_crossentropy")
        model.fit(np.zeros((150, 4)), np.zeros(150, dtype="int32"))  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(3, activation="softmax")])
        model.compile("adam", loss="sparse_categorical_crossentropy")
        model.fit(np.zeros((150, 4)), np.zeros(150, dtype="int32"))
    """

    code = "FL222"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Labels without an axis of classes, refused."""
        for meeting in meetings(call, facts):
            if meeting.outcome is not Outcome.RAISES or not are_class_numbers_for(meeting):
                continue
            wanted = Shape((meeting.label_shape[0], *meeting.shape[1:]))
            yield finding(
                meeting,
                f"the labels are class numbers; {meeting.loss.name} takes one-hot labels, {wanted}",
                fix=other_loss(
                    meeting, "sparse_categorical_crossentropy", "SparseCategoricalCrossentropy"
                ),
            )

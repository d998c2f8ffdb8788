"""FL221: one-hot labels meet a loss that takes class numbers."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.losses import Outcome
from flatlint.diagnostics import Severity
from flatlint.graph import DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.label_findings import finding, is_one_hot_for
from flatlint.rules.data.label_meetings import meetings
from flatlint.rules.data.loss_fix import other_loss
from flatlint.shapes import Shape


class OneHotLabelsWithSparseLoss(Rule):
    """One-hot labels are given to `sparse_categorical_crossentropy`.

    The sparse loss takes the **number** of the class, one for each sample: `(60000,)`. Labels from
    `to_categorical`, `(60000, 10)`, have a one at the place of the class; for them there is
    `categorical_crossentropy`. Both losses compute the same.

    Source: `sparse_categorical_crossentropy` in keras/src/backend/tensorflow/nn.py.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(10, activation="softmax")])
        model.compile("adam", loss="sparse_categorical_crossentropy")
        model.fit(np.zeros((100, 4)), np.zeros((100, 10)))  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(10, activation="softmax")])
        model.compile("adam", loss="categorical_crossentropy")
        model.fit(np.zeros((100, 4)), np.zeros((100, 10)))
    """

    code = "FL221"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Labels of the output's own shape, refused."""
        for meeting in meetings(call, facts):
            if meeting.outcome is not Outcome.RAISES or not is_one_hot_for(meeting):
                continue
            numbers = Shape(meeting.label_shape[:-1])
            yield finding(
                meeting,
                f"the labels are one-hot; {meeting.loss.name} takes class numbers, {numbers}",
                fix=other_loss(meeting, "categorical_crossentropy", "CategoricalCrossentropy"),
            )

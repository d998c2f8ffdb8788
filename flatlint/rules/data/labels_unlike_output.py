"""FL220: labels have a shape that the loss refuses for this output."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.losses import Outcome
from flatlint.diagnostics import Severity
from flatlint.graph import DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.label_findings import (
    are_class_numbers_for,
    finding,
    is_one_hot_for,
    wanted,
)
from flatlint.rules.data.label_meetings import meetings


class LabelsUnlikeOutput(Rule):
    """The labels have a shape that the loss refuses for the output of the model.

    Most losses compare labels and output value by value: both have the same shape, but that Keras
    adds or takes away a last axis of 1. `sparse_categorical_crossentropy` takes labels without the
    output's last axis, the one of the classes.

    An output with more axes than the labels usually lacks a `Flatten`, a global pooling layer or
    `return_sequences=False` on the way to the last layer.

    Source: keras/src/losses/loss.py, keras/src/backend/tensorflow/nn.py,
    tf_keras/src/utils/losses_utils.py, tf_keras/src/backend.py.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(3, activation="softmax")])
        model.compile("adam", loss="categorical_crossentropy")
        model.fit(np.zeros((150, 4)), np.zeros((150, 4)))  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(4, activation="softmax")])
        model.compile("adam", loss="categorical_crossentropy")
        model.fit(np.zeros((150, 4)), np.zeros((150, 4)))
    """

    code = "FL220"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Every refusal that is not one of a kind of its own."""
        for meeting in meetings(call, facts):
            if meeting.outcome is not Outcome.RAISES:
                continue
            if is_one_hot_for(meeting) or are_class_numbers_for(meeting):
                continue
            fitting = f"{meeting.loss.name} takes labels of shape {wanted(meeting)}"
            if meeting.metric:
                fitting = (
                    f"{meeting.loss.name} computes with them, the metric {meeting.metric} cannot"
                )
            yield finding(meeting, fitting)

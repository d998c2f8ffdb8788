"""FL223: labels are broadcast against the output: each meets values that it does not belong to."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.losses import Outcome
from flatlint.diagnostics import Severity
from flatlint.graph import DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.label_findings import finding, wanted
from flatlint.rules.data.label_meetings import Meeting, meetings
from flatlint.shapes import Shape


class BroadcastLabels(Rule):
    """Labels and output have different shapes, and the loss compares them all the same.

    `mse` and its like subtract with broadcasting. Labels of shape `(32,)` for an output
    `(32, 24, 1)` give differences of shape `(32, 24, 32)`: every prediction is compared with the
    labels of **all** samples. It runs, the loss falls, and the model learns the mean.

    What is compared has to have one shape: labels `(N, 24, 1)` for 24 steps, or one output for each
    sample, by `Flatten`, pooling or `return_sequences=False`.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import LSTM, Dense

        model = Sequential([Input((24, 3)), LSTM(8, return_sequences=True), Dense(1)])
        model.compile("adam", loss="mse")
        model.fit(np.zeros((320, 24, 3)), np.zeros(320))  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import LSTM, Dense

        model = Sequential([Input((24, 3)), LSTM(8), Dense(1)])
        model.compile("adam", loss="mse")
        model.fit(np.zeros((320, 24, 3)), np.zeros(320))
    """

    code = "FL223"
    severity = Severity.WARNING
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Every pair that runs in some era and fits in none."""
        for meeting in meetings(call, facts):
            if meeting.outcome is Outcome.BROADCASTS:
                yield finding(
                    meeting, f"{_compared(meeting)}; labels of {wanted(meeting)} would fit"
                )


def _compared(meeting: Meeting) -> str:
    met = next((v.broadcast for v in meeting.verdicts if v.broadcast is not None), None)
    samples = meeting.label_shape[0]
    if isinstance(met, Shape) and all(str(size) != "?" for size in met):
        return f"{meeting.loss.name} broadcasts both to {met} for each batch of {met[0]}"
    return f"{meeting.loss.name} broadcasts one against the other, over all {samples} samples"

"""FL228: labels lie where the output cannot get to."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.losses import Outcome
from flatlint.diagnostics import Severity
from flatlint.graph import DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.activations import activation_of
from flatlint.rules.data.label_findings import finding
from flatlint.rules.data.label_meetings import Meeting, meetings

_RANGES: dict[str, tuple[float, float]] = {
    "sigmoid": (0.0, 1.0),
    "hard_sigmoid": (0.0, 1.0),
    "softmax": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
}
_DISTANCES = frozenset({
    "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error", "huber",
    "log_cosh",
})  # fmt: skip


class LabelsBeyondOutput(Rule):
    """Labels lie outside of what the last layer can give, or of what the loss is made for.

    A `sigmoid` ends at 1: prices, ages or class numbers above it are never reached, the output
    goes to its end and stays there. A regression ends with a linear layer, or the labels are scaled
    to the range of the activation.

    `binary_crossentropy` takes labels from 0 to 1. With class numbers up to 9 its loss falls below
    zero without end: several classes have a unit each and `sparse_categorical_crossentropy`.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        ages = np.array([23.0, 35.0, 61.0, 48.0])
        model = Sequential([Input((4,)), Dense(1, activation="sigmoid")])
        model.compile("adam", loss="mse")
        model.fit(np.zeros((4, 4)), ages)  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        ages = np.array([23.0, 35.0, 61.0, 48.0])
        model = Sequential([Input((4,)), Dense(1)])
        model.compile("adam", loss="mse")
        model.fit(np.zeros((4, 4)), ages)
    """

    code = "FL228"
    severity = Severity.WARNING
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Compare the range of the labels with that of the activation or the loss."""
        for meeting in meetings(call, facts):
            if meeting.outcome is not Outcome.FITS:
                continue
            reach = _range(meeting)
            if reach is None or not _is_beyond(meeting, *reach[1:]):
                continue
            what, least, greatest = reach
            yield finding(
                meeting,
                f"the labels run from {meeting.labels.low:g} to {meeting.labels.high:g}, and "
                f"{what} is for values from {least:g} to {greatest:g}",
            )


def _range(meeting: Meeting) -> tuple[str, float, float] | None:
    """What bounds the labels, and how."""
    if meeting.loss.name == "binary_crossentropy":
        return "binary_crossentropy", 0.0, 1.0
    activation = activation_of(meeting.output)
    if meeting.loss.name not in _DISTANCES or activation not in _RANGES:
        return None
    return activation, *_RANGES[activation]


def _is_beyond(meeting: Meeting, least: float, greatest: float) -> bool:
    low, high = meeting.labels.low, meeting.labels.high
    return low is not None and high is not None and (low < least or high > greatest)

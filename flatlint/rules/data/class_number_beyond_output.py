"""FL224: a label is a class number for which the output has no place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import libcst as cst

from flatlint.catalogue.losses import Outcome
from flatlint.diagnostics import Applicability, Severity
from flatlint.graph import DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.call_arguments import argument_in
from flatlint.rules.data.label_findings import SPARSE, finding
from flatlint.rules.data.label_meetings import Meeting, meetings
from flatlint.rules.edits import NodeEdit, NodeFix, Where


class ClassNumberBeyondOutput(Rule):
    """A label is the number of a class that the output does not have.

    `sparse_categorical_crossentropy` looks the class up in the output: for `n` outputs the
    classes are numbered from 0 to `n - 1`. Ten digits need `Dense(10)`, also if the labels run from
    1 to 9; labels from 1 to `n` have to be numbered anew, `y - 1`, or need one output more.

    On a CPU TensorFlow raises; on a GPU the loss becomes `nan`.

    Source: `tf.nn.sparse_softmax_cross_entropy_with_logits`.

    Bad:
        from keras import Sequential, datasets
        from keras.layers import Dense, Flatten, Input

        (x, y), _ = datasets.mnist.load_data()
        model = Sequential([Input((28, 28)), Flatten(), Dense(9, activation="softmax")])
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x, y)  # finding

    Good:
        from keras import Sequential, datasets
        from keras.layers import Dense, Flatten, Input

        (x, y), _ = datasets.mnist.load_data()
        model = Sequential([Input((28, 28)), Flatten(), Dense(10, activation="softmax")])
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x, y)
    """

    code = "FL224"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Compare the range of the labels with the number of classes."""
        for meeting in meetings(call, facts):
            classes = meeting.shape[-1]
            if meeting.loss.name != SPARSE or meeting.outcome is not Outcome.FITS:
                continue
            if meeting.loss.option("ignore_class", None) is not None or not meeting.loss.is_whole:
                continue
            if isinstance(classes, int) and _is_beyond(meeting, classes):
                yield finding(meeting, _text(meeting, classes), fix=_a_unit_for_each(meeting))


def _is_beyond(meeting: Meeting, classes: int) -> bool:
    low, high = meeting.labels.low, meeting.labels.high
    return (high is not None and high >= classes) or (low is not None and low <= -1)


def _text(meeting: Meeting, classes: int) -> str:
    low, high = meeting.labels.low, meeting.labels.high
    reach = f"from {low:g} to {high:g}" if low is not None and high is not None else ""
    text = f"the labels run {reach}, and {classes} outputs have places for 0 to {classes - 1}"
    if high is not None and low is not None and low >= 1 and high - low < classes:
        return f"{text}; y - {low:g} would begin at 0"
    if high is not None and high >= classes:
        return f"{text}; {high + 1:g} outputs would do"
    return text


def _a_unit_for_each(meeting: Meeting) -> NodeFix | None:
    """As many units as there are classes, where these are numbered from 0."""
    low, high, made = meeting.labels.low, meeting.labels.high, meeting.output.made_by
    if low != 0 or high is None or made is None or made.layer.class_name != "Dense":
        return None
    written = argument_in(made.layer.site.node, ("units",), "units")
    if not isinstance(written, cst.Integer) or not float(high).is_integer():
        return None
    units = str(int(high) + 1)
    edit = NodeEdit(replace(made.layer.site, node=written), Where.INSTEAD, units)
    return NodeFix(Applicability.UNSAFE, f"Give the last layer {units} units", (edit,))

"""FL216: `sample_weight` has a shape that the loss cannot be multiplied with."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.eras import Era
from flatlint.catalogue.losses import LabelMeeting, Outcome, judge_weights
from flatlint.diagnostics import Severity
from flatlint.graph import Array, DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.arrays import origins
from flatlint.rules.data.call_arguments import with_axis
from flatlint.rules.data.label_meetings import Meeting, batches_of, meetings
from flatlint.rules.data.refused_feed import method_of
from flatlint.rules.edits import NodeFix
from flatlint.shapes import Shape


class SampleWeightUnlikeLabels(Rule):
    """`sample_weight` has a shape that the values of the loss cannot be multiplied with.

    A loss is computed along the last axis: an output `(samples, 3)` gives one value for each
    sample, an output `(samples, 24, 1)` one for each of 24 steps. The weights are multiplied with
    these values: `(samples,)` in the first case, `(samples, 24)` or `(samples, 1)` in the second.
    Keras 2 took `(samples,)` in the second case too; Keras 3 does not.

    Source: `reduce_weighted_values` in keras/src/losses/loss.py, `compute_weighted_loss` in
    tf_keras/src/utils/losses_utils.py.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(3, activation="softmax")])
        model.compile("adam", "categorical_crossentropy")
        x, y = np.zeros((60, 4)), np.zeros((60, 3))
        model.fit(x, y, sample_weight=np.ones((60, 3)))  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(3, activation="softmax")])
        model.compile("adam", "categorical_crossentropy")
        x, y = np.zeros((60, 4)), np.zeros((60, 3))
        model.fit(x, y, sample_weight=np.ones(60))
    """

    code = "FL216"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Multiply the weights with the values of the loss, batch by batch."""
        weights = call.arguments.get("sample_weight")
        if not isinstance(weights, Array) or not isinstance(weights.shape, Shape):
            return
        if not weights.shape.rank or Era.KERAS_1 in facts.eras or len(call.outputs) != 1:
            return
        for meeting in meetings(call, facts):
            if meeting.outcome not in (Outcome.FITS, Outcome.BROADCASTS):
                continue
            if not all(_is_refused(meeting, weights.shape, era) for era in facts.eras):
                continue
            yield Finding(
                call.site,
                f"{method_of(call)} gets sample weights of shape {weights.shape}: for the output "
                f"{meeting.shape} the loss has values of shape "
                f"{Shape((meeting.label_shape[0], *meeting.shape[1:-1]))}, one weight for each",
                related=tuple(origins(("sample weights", weights), ("labels", meeting.labels))),
                fix=_for_every_step(meeting, weights),
            )


def _for_every_step(meeting: Meeting, weights: Array) -> NodeFix | None:
    """The weight of a sample for each of its steps, as Keras 2 took it."""
    is_one_a_sample = isinstance(weights.shape, Shape) and weights.shape.rank == 1
    if not is_one_a_sample or meeting.shape.rank != 3:
        return None
    return with_axis(meeting.call, "sample_weight", weights, -1)


def _is_refused(meeting: Meeting, weights: Shape, era: Era) -> bool:
    """Whether a batch of this call has weights that do not fit."""
    for batch in batches_of(meeting.call, meeting.label_shape[0]):
        labels = Shape((batch, *meeting.label_shape[1:]))
        output = Shape((batch, *meeting.shape[1:]))
        met = LabelMeeting(meeting.loss, labels, output, era)
        verdict = judge_weights(met, Shape((batch, *weights[1:])))
        if verdict.outcome is Outcome.RAISES:
            return True
    return False

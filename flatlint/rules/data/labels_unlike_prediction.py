"""FL239: a loss that the program calls itself gets labels that do not go with the prediction."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.eras import Era
from flatlint.catalogue.losses import LabelMeeting, Outcome, judge_labels
from flatlint.diagnostics import Severity
from flatlint.graph import LossCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.arrays import origins
from flatlint.rules.data.label_findings import CATEGORICAL, SPARSE
from flatlint.rules.data.loss_object_fix import counterpart
from flatlint.rules.edits import NodeFix
from flatlint.shapes import Shape, are_equal


class LabelsUnlikePrediction(Rule):
    """A loss that a training loop calls gets labels that do not go with the prediction.

    `loss(y_true, y_pred)` compares as `fit` does: `CategoricalCrossentropy` takes one-hot labels
    of the prediction's own shape, `SparseCategoricalCrossentropy` class numbers without the axis
    of classes. The labels come first.

    Source: `Loss.__call__` in keras/src/losses/loss.py, `LossFunctionWrapper.call` in
    tf_keras/src/losses.py.

    Bad:
        import numpy as np
        import tensorflow as tf

        model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(3)])
        loss = tf.keras.losses.CategoricalCrossentropy(from_logits=True)
        x, y = np.zeros((32, 4), "float32"), np.random.randint(0, 3, 32)
        with tf.GradientTape() as tape:
            value = loss(y, model(x))  # finding

    Good:
        import numpy as np
        import tensorflow as tf

        model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(3)])
        loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        x, y = np.zeros((32, 4), "float32"), np.random.randint(0, 3, 32)
        with tf.GradientTape() as tape:
            value = loss(y, model(x))
    """

    code = "FL239"
    severity = Severity.ERROR
    since = "0.1"

    def check_program(self, facts: ProgramFacts) -> Iterator[Finding]:
        """Judge every call of a loss as one batch."""
        for call in facts.loss_calls:
            labels, prediction = call.labels.shape, call.prediction.shape
            if call.guarded or not isinstance(labels, Shape) or not isinstance(prediction, Shape):
                continue
            verdicts = [_keras(call, labels, prediction, era) for era in facts.eras]
            if None in verdicts:
                continue
            yield Finding(
                call.site,
                f"{call.loss.name} gets labels of shape {labels} and a prediction of shape "
                f"{prediction}",
                related=tuple(origins(("labels", call.labels), ("predictions", call.prediction))),
                fix=_fix(call, labels, prediction, facts),
                help=f"Keras says: {verdicts[-1]}",
            )


def _keras(call: LossCall, labels: Shape, prediction: Shape, era: Era) -> str | None:
    """What an era says of the call; `None` if it may take it."""
    if not labels.rank or not prediction.rank or era is Era.KERAS_1:
        return None
    # Of a single class sparse losses make what nobody means.
    if call.loss.name == SPARSE and (prediction.rank < 2 or prediction[-1] == 1):
        return None
    # Called by hand, a loss of Keras 2 gives bare labels no axis as `fit` does.
    if era is Era.KERAS_2 and are_equal(labels[0], prediction[0]) is not True:
        return None
    verdict = judge_labels(LabelMeeting(call.loss, labels, prediction, era))
    return verdict.keras if verdict.outcome is Outcome.RAISES else None


def _fix(call: LossCall, labels: Shape, prediction: Shape, facts: ProgramFacts) -> NodeFix | None:
    """The loss for labels of the other kind, where the shapes say that they are of it."""
    wanted = prediction if call.loss.name == SPARSE else Shape(prediction[:-1])
    if call.loss.name != SPARSE and call.loss.name not in CATEGORICAL:
        return None
    is_of_the_other = labels.rank == wanted.rank and all(
        are_equal(a, b) is True for a, b in zip(labels, wanted, strict=True)
    )
    return counterpart(call, facts) if is_of_the_other else None

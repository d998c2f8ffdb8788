"""Metrics that count: true and false answers, areas under curves, overlaps, F scores.

Source: keras/src/metrics/metrics_utils.py, f_score_metrics.py, regression_metrics.py and
iou_metrics.py; the modules of the same names in tf_keras/src.
"""

from __future__ import annotations

from flatlint.catalogue.eras import Era
from flatlint.catalogue.losses import FITS, LabelMeeting, LabelVerdict, raises, to_same_rank
from flatlint.shapes import Shape, are_equal, product

BY_THRESHOLD = frozenset({
    "Precision", "Recall", "TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives",
})  # fmt: skip
ALONG_A_CURVE = frozenset({
    "AUC", "PrecisionAtRecall", "RecallAtPrecision", "SensitivityAtSpecificity",
    "SpecificityAtSensitivity",
})  # fmt: skip
OF_TABLES = frozenset({"F1Score", "FBetaScore", "R2Score"})
OF_CLASS_NUMBERS = frozenset({"MeanIoU", "IoU", "BinaryIoU"})


def answers(labels: Shape, output: Shape, era: Era, is_curve: bool) -> LabelVerdict:
    """Labels and output laid out in a row each; Keras 2 wants one shape before."""
    labels, output = to_same_rank(labels, output, era)
    if era is Era.KERAS_2:
        return _of_one_shape(labels, output)
    ours, theirs = product(labels), product(output)
    is_broadcast = not is_curve and 1 in (ours, theirs)
    if are_equal(ours, theirs) is False and not is_broadcast:
        return raises(f"Incompatible shapes: {ours} labels and {theirs} predictions")
    return FITS


def tables(labels: Shape, output: Shape, era: Era, is_squeezed: bool) -> LabelVerdict:
    """Both of rank 2; `is_squeezed` if Keras 3 brings the ranks together before it looks."""
    if era is Era.KERAS_2:
        labels = Shape((*labels, 1)) if labels.rank == 1 and output.rank == 2 else labels
    elif is_squeezed:
        labels, output = to_same_rank(labels, output, era)
    if labels.rank != 2 or output.rank != 2:
        return raises(
            "expects 2D inputs with shape (batch_size, output_dim). Received input shapes: "
            f"y_pred.shape={output} and y_true.shape={labels}"
        )
    is_broadcast = era is Era.KERAS_3 and labels[1] == 1
    if are_equal(labels[1], output[1]) is False and not is_broadcast:
        return raises(f"labels {labels} and predictions {output} differ in their columns")
    return FITS


def not_cast(meeting: LabelMeeting) -> LabelVerdict | None:
    """The F scores and R2 of Keras 2 make floats of nothing: labels have to be some."""
    kind = (meeting.dtype or "").rstrip("0123456789")
    if meeting.era is not Era.KERAS_2 or kind not in ("int", "uint", "bool"):
        return None
    return raises(
        f"Tensor conversion requested dtype float32 for Tensor with dtype {meeting.dtype}"
    )


def labels_apart(labels: Shape, output: Shape, era: Era) -> LabelVerdict:
    """An area for each column of a table, as `AUC(multi_label=True)` has it."""
    if output.rank != 2:
        return raises(
            f"`y_pred` must have rank 2 when `multi_label=True`. Found rank {output.rank}."
        )
    labels, output = to_same_rank(labels, output, era)
    return _of_one_shape(labels, output) if era is Era.KERAS_2 else FITS


def overlaps(labels: Shape, output: Shape, era: Era) -> LabelVerdict:
    """As many labels as values of the output; Keras 3 broadcasts a single one."""
    if era is Era.KERAS_2 and labels.rank == 1 and output.rank == 2:
        labels = Shape((*labels, 1))
    ours, theirs = product(labels), product(output)
    is_broadcast = era is Era.KERAS_3 and 1 in (ours, theirs)
    if are_equal(ours, theirs) is False and not is_broadcast:
        return raises(f"Shapes ({ours},) and ({theirs},) are incompatible")
    return FITS


def _of_one_shape(labels: Shape, output: Shape) -> LabelVerdict:
    pairs = zip(labels, output, strict=False)
    if labels.rank != output.rank or any(are_equal(a, b) is False for a, b in pairs):
        return raises(f"Shapes {output} and {labels} are incompatible")
    return FITS

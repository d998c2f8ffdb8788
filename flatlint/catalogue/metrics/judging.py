"""What becomes of labels and an output under a metric."""

from __future__ import annotations

from dataclasses import replace

from flatlint.catalogue.eras import Era
from flatlint.catalogue.losses import FITS, UNKNOWN, LabelMeeting, LabelVerdict, judge_labels
from flatlint.catalogue.metrics.accuracy import (
    among_the_first,
    categorical,
    chosen_accuracy,
    sparse,
    value_by_value,
)
from flatlint.catalogue.metrics.counting import (
    ALONG_A_CURVE,
    BY_THRESHOLD,
    OF_CLASS_NUMBERS,
    OF_TABLES,
    answers,
    labels_apart,
    not_cast,
    overlaps,
    tables,
)
from flatlint.catalogue.metrics.names import CHOSEN, MetricUse, metric_named
from flatlint.shapes import Shape


def judge_metric(metric: MetricUse | str, meeting: LabelMeeting) -> LabelVerdict:
    """Whether a metric, or a word for one, makes Keras raise; the loss is not asked."""
    labels, output, era = meeting.labels, meeting.output, meeting.era
    if era is Era.KERAS_1 or not labels.rank or not output.rank:
        return FITS
    if isinstance(metric, str):
        if metric.lower() in CHOSEN:
            return _accuracy(chosen_accuracy(labels, output), labels, output, era) or FITS
        found = metric_named(metric, era)
        if found is None:
            return UNKNOWN
        metric = found
    if metric.loss is not None:
        return judge_labels(replace(meeting, loss=metric.loss, is_metric=True))
    verdict = _accuracy(metric.cls, labels, output, era)
    return verdict or _count(metric, meeting)


def _accuracy(cls: str, labels: Shape, output: Shape, era: Era) -> LabelVerdict | None:
    match cls:
        case "BinaryAccuracy" | "Accuracy":
            return value_by_value(labels, output, era)
        case "CategoricalAccuracy":
            return categorical(labels, output, era)
        case "SparseCategoricalAccuracy":
            return sparse(labels, output, era)
        case "TopKCategoricalAccuracy":
            return among_the_first(labels, output, era, is_sparse=False)
        case "SparseTopKCategoricalAccuracy":
            return among_the_first(labels, output, era, is_sparse=True)
    return None


def _count(metric: MetricUse, meeting: LabelMeeting) -> LabelVerdict:
    labels, output, era = meeting.labels, meeting.output, meeting.era
    if metric.cls in OF_TABLES:
        return not_cast(meeting) or tables(labels, output, era, metric.cls == "R2Score")
    if metric.cls in OF_CLASS_NUMBERS and all(
        metric.lacks(option) for option in ("sparse_y_true", "sparse_y_pred")
    ):
        return overlaps(labels, output, era)
    if metric.cls == "AUC" and metric.options.get("multi_label") is True:
        return labels_apart(labels, output, era)
    is_curve = metric.cls in ALONG_A_CURVE
    is_plain = all(metric.lacks(o) for o in ("class_id", "top_k", "multi_label", "thresholds"))
    if is_plain and (is_curve or metric.cls in BY_THRESHOLD):
        return answers(labels, output, era, is_curve)
    return UNKNOWN

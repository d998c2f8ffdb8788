"""What becomes of labels and an output under a loss."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flatlint.catalogue.eras import Era
from flatlint.catalogue.losses.crossentropies import (
    binary,
    categorical,
    categorical_focal,
    sparse,
)
from flatlint.catalogue.losses.elementwise import ELEMENTWISE, compare
from flatlint.catalogue.losses.keras_1 import judge_in_keras_1
from flatlint.catalogue.losses.ranks import to_same_rank
from flatlint.catalogue.losses.verdict import (
    FITS,
    UNKNOWN,
    LabelMeeting,
    LabelVerdict,
    raises,
)
from flatlint.shapes import Shape, are_equal, product

_CROSSENTROPIES: Mapping[str, Callable[[Shape, Shape, LabelMeeting], LabelVerdict]] = {
    "binary_crossentropy": binary,
    "binary_focal_crossentropy": binary,
    "categorical_crossentropy": categorical,
    "categorical_focal_crossentropy": categorical_focal,
    "sparse_categorical_crossentropy": sparse,
}
# The losses of Keras 3 whose functions leave the ranks to the class around them.
_PLAIN = frozenset({
    *_CROSSENTROPIES, "hinge", "squared_hinge", "categorical_hinge", "kl_divergence", "poisson",
    "dice", "tversky",
})  # fmt: skip


def judge_labels(meeting: LabelMeeting) -> LabelVerdict:
    """Whether the labels fit, are broadcast, or make Keras raise."""
    if meeting.labels.rank == 0 or meeting.output.rank == 0:
        return UNKNOWN
    if meeting.era is Era.KERAS_1:
        return judge_in_keras_1(meeting)
    labels, output = meeting.labels, meeting.output
    if not (meeting.is_metric and meeting.era is Era.KERAS_3 and meeting.loss.name in _PLAIN):
        labels, output = to_same_rank(labels, output, meeting.era)
    if meeting.loss.name in ELEMENTWISE:
        return _integer_angles(meeting) or compare(labels, output)
    if meeting.era is Era.KERAS_2 and not meeting.has_sizes and not _is_expanded(meeting):
        return _while_running(labels, output, meeting)
    judge = _CROSSENTROPIES.get(meeting.loss.name)
    axis = meeting.loss.option("axis", -1)
    if judge is None or axis not in (-1, output.rank - 1):
        return UNKNOWN
    return judge(labels, output, meeting)


def _while_running(labels: Shape, output: Shape, meeting: LabelMeeting) -> LabelVerdict:
    """Without sizes tf_keras compares nothing beforehand: what TensorFlow refuses remains."""
    if meeting.loss.name not in _CROSSENTROPIES:
        return UNKNOWN
    if meeting.loss.name != "sparse_categorical_crossentropy":
        return compare(labels, output)
    if are_equal(product(labels[1:]), product(output[1:-1])) is False:
        return raises("logits and labels must have the same first dimension")
    return FITS


def _is_expanded(meeting: LabelMeeting) -> bool:
    """Whether the labels get their last axis from Keras, which knows its size then."""
    return meeting.labels.rank == 1 and meeting.output.rank == 2


def _integer_angles(meeting: LabelMeeting) -> LabelVerdict | None:
    """tf_keras takes the square root of the labels as they are: integers have none."""
    is_cast = meeting.is_metric or meeting.era is not Era.KERAS_2
    if meeting.loss.name != "cosine_similarity" or is_cast:
        return None
    kind = (meeting.dtype or "").rstrip("0123456789")
    if kind not in ("int", "uint", "bool"):
        return None
    return raises(f"Value passed to parameter 'x' has DataType {meeting.dtype} not in list")

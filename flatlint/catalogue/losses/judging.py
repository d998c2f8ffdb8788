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
from flatlint.catalogue.losses.verdict import UNKNOWN, LabelMeeting, LabelVerdict, raises
from flatlint.shapes import Shape

_CROSSENTROPIES: Mapping[str, Callable[[Shape, Shape, LabelMeeting], LabelVerdict]] = {
    "binary_crossentropy": binary,
    "binary_focal_crossentropy": binary,
    "categorical_crossentropy": categorical,
    "categorical_focal_crossentropy": categorical_focal,
    "sparse_categorical_crossentropy": sparse,
}


def judge_labels(meeting: LabelMeeting) -> LabelVerdict:
    """Whether the labels fit, are broadcast, or make Keras raise."""
    if meeting.labels.rank == 0 or meeting.output.rank == 0:
        return UNKNOWN
    if meeting.era is Era.KERAS_1:
        return judge_in_keras_1(meeting)
    labels, output = to_same_rank(meeting.labels, meeting.output, meeting.era)
    if meeting.loss.name in ELEMENTWISE:
        return _integer_angles(meeting) or compare(labels, output)
    judge = _CROSSENTROPIES.get(meeting.loss.name)
    axis = meeting.loss.option("axis", -1)
    if judge is None or axis not in (-1, output.rank - 1):
        return UNKNOWN
    return judge(labels, output, meeting)


def _integer_angles(meeting: LabelMeeting) -> LabelVerdict | None:
    """tf_keras takes the square root of the labels as they are: integers have none."""
    if meeting.loss.name != "cosine_similarity" or meeting.era is not Era.KERAS_2:
        return None
    kind = (meeting.dtype or "").rstrip("0123456789")
    if kind not in ("int", "uint", "bool"):
        return None
    return raises(f"Value passed to parameter 'x' has DataType {meeting.dtype} not in list")

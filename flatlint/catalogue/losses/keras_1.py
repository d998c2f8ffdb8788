"""Labels in Keras 1, which compares them with the output before any loss is computed.

Source: `_standardize_user_data`, `standardize_input_data` and
`check_loss_and_target_compatibility` in keras/engine/training.py of Keras 1.2.2.
"""

from __future__ import annotations

from flatlint.catalogue.losses.verdict import FITS, UNKNOWN, LabelMeeting, LabelVerdict, raises
from flatlint.shapes import Shape, are_equal

_KNOWN = frozenset({
    "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error",
    "mean_squared_logarithmic_error", "hinge", "squared_hinge", "binary_crossentropy",
    "categorical_crossentropy", "sparse_categorical_crossentropy", "kl_divergence", "poisson",
    "cosine_similarity",
})  # fmt: skip


def judge_in_keras_1(meeting: LabelMeeting) -> LabelVerdict:
    """Labels have the shape of the output; the sparse loss wants one class number in it."""
    if meeting.loss.name not in _KNOWN:
        return UNKNOWN
    labels, wanted = meeting.labels, meeting.output
    if labels.rank == 1:
        labels = Shape((*labels, 1))
    if meeting.loss.name == "sparse_categorical_crossentropy":
        wanted = wanted.with_last(1)
    if labels.rank != wanted.rank:
        return raises(
            f"Error when checking model target: expected the output to have {wanted.rank} "
            f"dimensions, but got array with shape {labels}"
        )
    if any(are_equal(a, b) is False for a, b in zip(labels, wanted, strict=True)):
        return raises(
            f"Error when checking model target: expected the output to have shape {wanted}, but "
            f"got array with shape {labels}"
        )
    if meeting.loss.name == "categorical_crossentropy" and labels[-1] == 1:
        return raises(
            f"You are passing a target array of shape {labels} while using as loss "
            "`categorical_crossentropy`"
        )
    return FITS

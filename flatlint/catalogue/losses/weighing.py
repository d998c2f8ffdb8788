"""Sample weights beside the values of a loss.

Source: `reduce_weighted_values` in keras/src/losses/loss.py; `match_dtype_and_rank` in
tf_keras/src/engine/compile_utils.py and `compute_weighted_loss` in
tf_keras/src/utils/losses_utils.py.
"""

from __future__ import annotations

from flatlint.catalogue.eras import Era
from flatlint.catalogue.losses.elementwise import ELEMENTWISE
from flatlint.catalogue.losses.ranks import to_same_rank
from flatlint.catalogue.losses.verdict import FITS, UNKNOWN, LabelMeeting, LabelVerdict, raises
from flatlint.shapes import Shape, are_equal, broadcast_shapes

_OF_ALL = frozenset({"dice", "tversky"})
"""Losses with one value for the whole batch."""


def judge_weights(meeting: LabelMeeting, weights: Shape) -> LabelVerdict:
    """Whether the weights of one batch can be multiplied with the values of the loss."""
    values = values_of(meeting)
    if values is None or not weights.rank or meeting.era is Era.KERAS_1:
        return UNKNOWN
    if meeting.era is Era.KERAS_3:
        values, weights = to_same_rank(values, weights, Era.KERAS_3)
        return _multiplied(values, weights)
    if weights.rank == 1 and meeting.output.rank == 2:
        weights = Shape((*weights, 1))
    if weights.rank == values.rank + 1:
        if are_equal(weights[-1], 1) is False:
            return raises(f"Can not squeeze dim[{weights.rank - 1}], expected a dimension of 1")
        weights = Shape(weights[:-1])
    elif weights.rank == values.rank - 1:
        weights = Shape((*weights, 1))
    return _multiplied(values, weights)


def values_of(meeting: LabelMeeting) -> Shape | None:
    """The shape of the values that a loss has for a batch, before they are averaged."""
    if meeting.loss.option("axis", -1) not in (-1, None) or meeting.loss.name in _OF_ALL:
        return None
    labels, output = to_same_rank(meeting.labels, meeting.output, meeting.era)
    met = output
    if meeting.loss.name in ELEMENTWISE:
        both = broadcast_shapes(labels, output)
        if both is None:
            return None
        met = both
    return Shape(met[:-1]) if met.rank > 1 else None


def _multiplied(values: Shape, weights: Shape) -> LabelVerdict:
    if broadcast_shapes(values, weights) is None:
        return raises(f"Incompatible shapes: values of the loss {values}, weights {weights}")
    return FITS

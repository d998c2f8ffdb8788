"""Losses: which labels go with which output, in each era, and what becomes of the others."""

from flatlint.catalogue.losses.elementwise import ELEMENTWISE
from flatlint.catalogue.losses.judging import judge_labels
from flatlint.catalogue.losses.names import (
    LossUse,
    is_known_loss,
    loss_class_named,
    loss_named,
    paths_of_losses,
    similar_losses,
)
from flatlint.catalogue.losses.ranks import to_same_rank
from flatlint.catalogue.losses.verdict import (
    FITS,
    UNKNOWN,
    LabelMeeting,
    LabelVerdict,
    Outcome,
    raises,
)
from flatlint.catalogue.losses.weighing import judge_weights

__all__ = [
    "ELEMENTWISE",
    "FITS",
    "UNKNOWN",
    "LabelMeeting",
    "LabelVerdict",
    "LossUse",
    "Outcome",
    "is_known_loss",
    "judge_labels",
    "judge_weights",
    "loss_class_named",
    "loss_named",
    "paths_of_losses",
    "raises",
    "similar_losses",
    "to_same_rank",
]

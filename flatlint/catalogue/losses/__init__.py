"""Losses: which labels go with which output, in each era, and what becomes of the others."""

from flatlint.catalogue.losses.accuracy import WORDS as ACCURACY
from flatlint.catalogue.losses.accuracy import judge_accuracy
from flatlint.catalogue.losses.judging import judge_labels
from flatlint.catalogue.losses.names import (
    LossUse,
    is_known_loss,
    loss_class_named,
    loss_named,
    paths_of_losses,
    similar_losses,
)
from flatlint.catalogue.losses.verdict import LabelMeeting, LabelVerdict, Outcome

__all__ = [
    "ACCURACY",
    "LabelMeeting",
    "LabelVerdict",
    "LossUse",
    "Outcome",
    "is_known_loss",
    "judge_accuracy",
    "judge_labels",
    "loss_class_named",
    "loss_named",
    "paths_of_losses",
    "similar_losses",
]

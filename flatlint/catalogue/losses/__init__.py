"""Losses: which labels go with which output, in each era, and what becomes of the others."""

from flatlint.catalogue.losses.judging import judge_labels
from flatlint.catalogue.losses.names import LossUse, loss_class_named, loss_named, paths_of_losses
from flatlint.catalogue.losses.verdict import LabelMeeting, LabelVerdict, Outcome

__all__ = [
    "LabelMeeting",
    "LabelVerdict",
    "LossUse",
    "Outcome",
    "judge_labels",
    "loss_class_named",
    "loss_named",
    "paths_of_losses",
]

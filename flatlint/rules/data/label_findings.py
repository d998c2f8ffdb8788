"""Findings on labels: what they have in common, and which slips shapes show."""

from __future__ import annotations

from flatlint.graph import Site
from flatlint.rules.base import Finding
from flatlint.rules.data.label_meetings import Meeting
from flatlint.rules.data.refused_feed import method_of
from flatlint.rules.edits import NodeFix
from flatlint.shapes import Shape, are_equal

SPARSE = "sparse_categorical_crossentropy"
CATEGORICAL = frozenset({"categorical_crossentropy", "categorical_focal_crossentropy"})


def finding(meeting: Meeting, text: str, fix: NodeFix | None = None) -> Finding:
    """A finding at the call, with the labels' and the output's origin beside it."""
    call = meeting.call
    what = f"{call.part} with labels" if call.part else "labels"
    keras = f"Keras says: {meeting.keras}" if meeting.keras else None
    return Finding(
        call.site,
        f"{method_of(call)} gets {what} of shape {meeting.label_shape} for the output "
        f"{meeting.shape}: {text}",
        related=tuple(_places(meeting)),
        trail=meeting.output,
        fix=fix,
        help=keras,
    )


def _places(meeting: Meeting) -> list[tuple[str, Site]]:
    found: list[tuple[str, Site]] = []
    if meeting.labels.made is not None:
        made = meeting.labels.made.site
        found.append((f"the labels get their shape {meeting.label_shape} here", made))
    if meeting.output.made_by is not None:
        layer = meeting.output.made_by.layer
        found.append((f"the output {meeting.shape} comes from this layer", layer.site))
    if meeting.call.compiled is not None:
        found.append(("the loss is set here", meeting.call.compiled.site))
    return found


def is_one_hot_for(meeting: Meeting) -> bool:
    """Whether labels with an axis of classes meet a loss that takes class numbers."""
    labels, output = meeting.label_shape, meeting.shape
    return (
        meeting.loss.name == SPARSE
        and labels.rank == output.rank
        and are_equal(labels[-1], output[-1]) is True
    )


def are_class_numbers_for(meeting: Meeting) -> bool:
    """Whether labels without an axis of classes meet a loss that takes one-hot labels."""
    labels, output = meeting.label_shape, meeting.shape
    if meeting.loss.name not in CATEGORICAL:
        return False
    numbers = labels[:-1] if labels.rank == output.rank and labels[-1] == 1 else labels.dims
    return len(numbers) == output.rank - 1 and all(
        are_equal(a, b) is not False for a, b in zip(numbers[1:], output[1:-1], strict=True)
    )


def wanted(meeting: Meeting) -> Shape:
    """The shape of labels that fits the output."""
    sizes = meeting.shape[1:-1] if meeting.loss.name == SPARSE else meeting.shape[1:]
    return Shape((meeting.label_shape[0], *sizes))

"""LabelMeeting and LabelVerdict: labels beside an output under a loss, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flatlint.catalogue.eras import Era
from flatlint.catalogue.losses.names import LossUse
from flatlint.shapes import Shape


class Outcome(Enum):
    """What comes of labels and an output."""

    FITS = "fits"
    """Every label meets the value of the output that it belongs to, as far as sizes are known."""
    BROADCASTS = "broadcasts"
    """It runs, but labels meet values of the output that they do not belong to."""
    RAISES = "raises"
    """Keras refuses the pair, or TensorFlow does while the loss is computed."""
    UNKNOWN = "unknown"
    """The loss is not one whose shapes are known."""


@dataclass(frozen=True)
class LabelMeeting:
    """One batch of labels, one output of the model, the loss between them.

    Both shapes begin with the same batch axis: a number, or one symbol for both.
    """

    loss: LossUse
    labels: Shape
    output: Shape
    era: Era
    activation: str | None = None
    """The function that makes the output, where that is known: `softmax`, `linear`."""
    dtype: str | None = None
    """The element type of the labels."""
    has_sizes: bool = True
    """Whether Keras knows the sizes of the labels before it runs: of a generator it does not."""
    is_metric: bool = False
    """Whether the loss is computed as a metric: Keras 3 calls its function as it is then."""


@dataclass(frozen=True)
class LabelVerdict:
    """The outcome; for a refusal also what Keras says, for broadcasting what comes out."""

    outcome: Outcome
    keras: str = ""
    broadcast: Shape | None = None
    """The shape on which the loss compares, where that is known."""
    labels: Shape | None = None
    output: Shape | None = None
    """The two shapes after Keras has adapted their ranks."""
    metric: str = ""
    """The metric that refuses them, where the loss does not."""


FITS = LabelVerdict(Outcome.FITS)
UNKNOWN = LabelVerdict(Outcome.UNKNOWN)


def raises(keras: str) -> LabelVerdict:
    """A refusal in Keras's words."""
    return LabelVerdict(Outcome.RAISES, keras)

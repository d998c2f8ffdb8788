"""Dataset: data that comes piece by piece, from `tf.data`, a directory or a generator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from flatlint.graph.array import Made
from flatlint.shapes import UNFIXED, Dim


class Source(Enum):
    """What hands the steps out."""

    LIBRARY = "library"
    """`tf.data`, also where Keras makes it."""
    GENERATOR = "generator"
    """A function of the program that yields."""
    SEQUENCE = "sequence"
    """A class of the program that has batches by number."""
    PICTURES = "pictures"
    """`ImageDataGenerator`, which is a sequence of Keras's own."""

    @property
    def has_sizes(self) -> bool:
        """Whether Keras 2 knows the sizes of a step before it runs, and not the rank alone."""
        return self is Source.LIBRARY


@dataclass(frozen=True, eq=False)
class Dataset:
    """What one step gives: arrays in tuples and dicts, the batch axis included once there is one.

    Fed to a model, a tuple holds inputs, labels and weights.
    """

    element: object
    length: Dim = UNFIXED
    """How many steps there are."""
    made: Made | None = None
    source: Source = Source.LIBRARY


def pieces_of(dataset: Dataset) -> Mapping[str, object]:
    """What a model takes from a step: `x`, and `y` and `sample_weight` if it has them."""
    element = dataset.element
    if isinstance(element, tuple | list) and 1 <= len(element) <= 3:
        return dict(zip(("x", "y", "sample_weight"), element, strict=False))
    return {"x": element}

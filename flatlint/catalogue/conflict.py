"""What stops a layer: a refusal of Keras, or an argument that the source does not give."""

from __future__ import annotations


class ShapeConflict(Exception):
    """Keras raises here.

    `message` says it for a person: which axes, which sizes, what would fit. `keras` is what Keras
    itself says, shortened, so that a search for the exception finds the finding.
    """

    def __init__(self, message: str, keras: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.keras = keras


class OpenSize(ShapeConflict):
    """A size is open that a variable is to have: a layer that has its variables does not ask."""


class NotKnown(Exception):
    """The result depends on something that the source does not fix; `reason` says on what.

    `origin` is what the evaluation knows of where the trail was lost.
    """

    def __init__(self, reason: str, origin: object = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.origin = origin

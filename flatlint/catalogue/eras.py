"""The three generations of Keras: a program that is right in one may be wrong in the next."""

from __future__ import annotations

from enum import IntEnum


class Era(IntEnum):
    """A generation of Keras; later ones compare greater."""

    KERAS_1 = 1
    KERAS_2 = 2
    KERAS_3 = 3

    @property
    def label(self) -> str:
        """How settings and reports spell the era: `keras1`, `keras2`, `keras3`."""
        return f"keras{self.value}"

    @classmethod
    def from_label(cls, label: str) -> Era:
        """The era with that label; raises `ValueError` for any other word."""
        for era in cls:
            if era.label == label:
                return era
        raise ValueError(f"not an era of Keras: {label!r}")

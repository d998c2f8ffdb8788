"""Programs that the oracle judges, and the verdicts that real Keras gives on them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any


class Era(Enum):
    """A generation of Keras that can be installed and asked."""

    KERAS_2 = "keras2"
    KERAS_3 = "keras3"

    @property
    def keras_version(self) -> str:
        """The value that flatlint's `keras_version` has for this era."""
        # Of Keras 2 the oracle asks the release that is `tf.keras`: it takes no names of Keras 1.
        return "2.15" if self is Era.KERAS_2 else "3.15"


class Outcome(Enum):
    """What became of a program under real Keras."""

    BUILT = "built"
    REFUSED = "refused"
    LOST = "lost"
    """The process ended or ran out of time: nothing is known, and nothing is compared."""


@dataclass(frozen=True)
class Program:
    """One program: what it is about (a layer's name, or `models`) and its source text."""

    era: Era
    subject: str
    text: str


@dataclass(frozen=True)
class BuiltLayer:
    """A layer as Keras built it; `shape` is a list, a list of lists, or None if not even ranked."""

    class_name: str
    line: int
    shape: Any
    params: int | None
    trainable_params: int | None


@dataclass(frozen=True)
class BuiltModel:
    """A model as Keras built it: where its constructor stands, its output, its totals."""

    class_name: str
    line: int
    shape: Any
    params: int | None
    trainable_params: int | None


@dataclass(frozen=True)
class Verdict:
    """What real Keras made of a program.

    At the lines `uncounted` flatlint may list more layers than these: ones that were taken out of
    their model again, and those inside an application. `line` is where the program stood when
    Keras raised, `culprit` the line of the constructor of the layer whose call raised (None if none
    did). Both count from 1.
    """

    outcome: Outcome
    layers: tuple[BuiltLayer, ...] = ()
    models: tuple[BuiltModel, ...] = ()
    uncounted: tuple[int, ...] = ()
    error: str = ""
    message: str = ""
    line: int | None = None
    culprit: int | None = None


@dataclass(frozen=True)
class Judgement:
    """A program together with its verdict: one line of a record."""

    program: Program
    verdict: Verdict

"""Patience: how long a loop, a recursion or a function that nobody calls is followed."""

from __future__ import annotations

from typing import Protocol

from flatlint.evaluation.bounds import LOOP_STEPS
from flatlint.evaluation.recorder import Recorder


class Meter(Protocol):
    """A run, as far as it tells how much it has done."""

    recorder: Recorder
    steps_left: int


class Patience:
    """What a loop or the like may still cost: it lasts as long as layers are being built.

    Rounds of training or of reading data, a generator that never ends, a grammar that is expanded:
    the thousandth tells nothing that the tenth did not.
    """

    def __init__(self, run: Meter, steps: int = LOOP_STEPS) -> None:
        self._run = run
        self._allowed = steps
        self._steps = run.steps_left
        self._layers = len(run.recorder.layers)

    @property
    def steps_kept(self) -> int:
        """How many steps are to be left when it is over, unless a layer is built before."""
        return max(0, self._steps - self._allowed)

    @property
    def is_over(self) -> bool:
        """Whether the steps since the last layer are more than it is worth."""
        built = len(self._run.recorder.layers)
        if built != self._layers:
            self._layers, self._steps = built, self._run.steps_left
        return self._run.steps_left < self.steps_kept

"""FL101: a layer is created with arguments that Keras refuses."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.diagnostics import Severity
from flatlint.graph import Layer, ProgramFacts
from flatlint.rules.base import Finding, Rule


class RefusedLayerArguments(Rule):
    """A layer gets arguments with which Keras refuses to create it.

    An argument is missing or unknown, has the wrong type, or a value out of range. Keras raises a
    `ValueError` or `TypeError` as soon as the line is run. The message says what would fit; after
    it stands what Keras itself says, in short.

    Bad:
        from keras import layers

        layer = layers.Dense(units=-3)  # finding

    Good:
        from keras import layers

        layer = layers.Dense(units=3)
    """

    code = "FL101"
    severity = Severity.ERROR
    since = "0.1"

    def check_layer(self, layer: Layer, facts: ProgramFacts) -> Iterator[Finding]:
        """Report the refusal, unless the program stands ready to catch it."""
        refusal = layer.refusal
        if refusal is not None and not refusal.guarded:
            yield Finding(layer.site, refusal.message, help=f"Keras says: {refusal.keras}")

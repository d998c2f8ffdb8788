"""FL227: a cross-entropy over classes where the output has only one."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.diagnostics import Severity
from flatlint.graph import CompileCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.compiled_losses import compiled_losses
from flatlint.rules.data.label_findings import CATEGORICAL, SPARSE
from flatlint.rules.data.loss_fix import loss_instead


class CrossentropyOfOneClass(Rule):
    """A loss for several classes stands behind an output of one unit.

    `categorical_crossentropy` divides the output by its sum first: of one unit that makes 1 of
    every number, and the loss is 0 for every prediction. `sparse_categorical_crossentropy` has a
    place for class 0 alone, and refuses every other label. One unit answers yes or no:
    `binary_crossentropy` and `sigmoid` go with it.

    Source: `categorical_crossentropy` in keras/src/losses/losses.py, which warns of it.

    Bad:
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(1, activation="sigmoid")])
        model.compile("adam", loss="categorical_crossentropy")  # finding

    Good:
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(1, activation="sigmoid")])
        model.compile("adam", loss="binary_crossentropy")
    """

    code = "FL227"
    severity = Severity.WARNING
    since = "0.1"

    def check_compile(self, call: CompileCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Look at the number of units before each loss over classes."""
        for compiled in compiled_losses(call, facts):
            name = compiled.loss.name
            if name not in CATEGORICAL | {SPARSE} or compiled.classes != 1:
                continue
            what = "is 0 for every output" if name != SPARSE else "has a place for class 0 alone"
            shape = f" {compiled.shape}" if compiled.shape is not None else ""
            yield Finding(
                call.site,
                f"{name} stands behind an output{shape} of one unit: it {what}",
                related=(("the output comes from this layer", compiled.layer.site),),
                fix=loss_instead(call, "binary_crossentropy", "BinaryCrossentropy")
                if compiled.activation == "sigmoid"
                else None,
                help="For yes or no in one unit: binary_crossentropy.",
            )

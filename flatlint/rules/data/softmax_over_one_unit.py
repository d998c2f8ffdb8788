"""FL225: softmax over an axis of size 1, which makes 1 of every number."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.diagnostics import Severity
from flatlint.graph import LayerCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.activations import activation_in
from flatlint.shapes import Shape


class SoftmaxOverOneUnit(Rule):
    """`softmax` is applied to an axis of size 1.

    Softmax makes numbers add up to 1. Where there is only one number the result is always 1,
    whatever the layer computes: nothing can be learnt, and every gradient is 0. For a yes-or-no
    answer in one unit there is `sigmoid`; for several classes each needs a unit.

    Bad:
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(8), Dense(1, activation="softmax")])  # finding

    Good:
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(8), Dense(1, activation="sigmoid")])
    """

    code = "FL225"
    severity = Severity.WARNING
    since = "0.1"

    def check_layer_call(self, call: LayerCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Look at the axis that a softmax runs over."""
        spec = call.layer.spec
        if spec is None or call.is_operation or not isinstance(call.output, Shape):
            return
        if activation_in(spec) != "softmax" or call.output.rank < 2:
            return
        axis = getattr(spec, "axis", -1) if spec.keras_name == "Softmax" else -1
        if not isinstance(axis, int) or not -call.output.rank <= axis < call.output.rank:
            return
        if call.output[axis] == 1:
            yield Finding(
                call.layer.site,
                f"{call.layer.class_name} applies softmax to an axis of size 1 of {call.output}: "
                "the output is 1 for every input",
                help="Use sigmoid for one unit, or one unit for each class.",
            )

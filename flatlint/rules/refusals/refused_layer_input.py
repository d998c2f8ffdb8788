"""FL102: a layer is called on tensors that Keras refuses."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.diagnostics import Severity
from flatlint.graph import LayerCall, ProgramFacts, tensors_of
from flatlint.rules.base import Finding, Rule


class RefusedLayerInput(Rule):
    """A layer is called on tensors whose shapes Keras refuses.

    The rank is wrong, axes that have to be equal are not, or nothing would be left of an axis:
    Keras raises a `ValueError` while the model is built.

    Bad:
        from keras import Input, layers

        x = Input((28, 28))
        y = layers.Conv2D(8, 3)(x)  # finding

    Good:
        from keras import Input, layers

        x = Input((28, 28, 1))
        y = layers.Conv2D(8, 3)(x)
    """

    code = "FL102"
    severity = Severity.ERROR
    since = "0.1"

    def check_layer_call(self, call: LayerCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Report the refusal at the layer, with the call beside it where that stands elsewhere."""
        conflict = call.conflict
        if conflict is None or conflict.guarded:
            return
        site = call.site if call.is_operation else call.layer.site
        called = () if site.key == call.site.key else (("it is called here", call.site),)
        yield Finding(
            site,
            conflict.message,
            related=called,
            trail=next(tensors_of(call.inputs), None),
            help=f"Keras says: {conflict.keras}",
        )

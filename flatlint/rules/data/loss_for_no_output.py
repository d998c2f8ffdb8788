"""FL219: losses by name do not go with the names of the outputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flatlint.catalogue.eras import Era
from flatlint.catalogue.training import TAKES_LABELS
from flatlint.diagnostics import Severity
from flatlint.graph import DataCall, ModelKind, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.outputs import output_names, quoted
from flatlint.rules.data.refused_feed import method_of
from flatlint.rules.data.word_fix import name_of_output


class LossForNoOutput(Rule):
    """The losses of a model are given by names that its outputs do not have.

    The names are those of the layers that make the outputs, `Dense(1, name="price")`; a model
    whose outputs are a dict has the keys of that dict. Keras 3 wants a loss for every name of a
    list of outputs, and none besides; Keras 2 trains the outputs alone that have one.

    Source: `CompileLoss.build` in keras/src/trainers/compile_utils.py, `map_to_output_names` in
    tf_keras/src/engine/compile_utils.py.

    Bad:
        import numpy as np
        from keras import Input, Model
        from keras.layers import Dense

        inputs = Input((4,))
        outputs = [Dense(1, name="price")(inputs), Dense(1, name="age")(inputs)]
        model = Model(inputs, outputs)
        model.compile("adam", loss={"price": "mse", "years": "mae"})
        model.fit(np.zeros((9, 4)), [np.zeros((9, 1)), np.zeros((9, 1))])  # finding

    Good:
        import numpy as np
        from keras import Input, Model
        from keras.layers import Dense

        inputs = Input((4,))
        outputs = [Dense(1, name="price")(inputs), Dense(1, name="age")(inputs)]
        model = Model(inputs, outputs)
        model.compile("adam", loss={"price": "mse", "age": "mae"})
        model.fit(np.zeros((9, 4)), [np.zeros((9, 1)), np.zeros((9, 1))])
    """

    code = "FL219"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Compare the keys of a dict of losses with the names of the outputs."""
        if call.compiled is None:
            return
        losses = call.compiled.arguments.get("loss")
        if call.guarded or call.part or call.method not in TAKES_LABELS:
            return
        if call.model.kind is not ModelKind.FUNCTIONAL or Era.KERAS_1 in facts.eras:
            return
        if call.arguments.get("y") is None:
            return
        names, is_dict = output_names(call.model)
        if isinstance(losses, list | tuple) and facts.eras == (Era.KERAS_3,):
            yield from _in_a_list(call, losses, len(names), is_dict)
        if not isinstance(losses, Mapping):
            return
        if is_dict and Era.KERAS_2 in facts.eras and not isinstance(call.arguments["y"], Mapping):
            return
        extra = [key for key in losses if key not in names]
        missing = [name for name in names if name not in losses]
        is_refused = bool(extra) or (facts.eras == (Era.KERAS_3,) and missing and not is_dict)
        if not names or not is_refused or not all(isinstance(key, str) for key in losses):
            return
        yield Finding(
            call.site,
            f"{method_of(call)} needs losses for the outputs {quoted(names)}, and the model was "
            f"compiled with losses for {quoted(losses)}",
            related=(("the losses are set here", call.compiled.site),),
            fix=name_of_output(call.compiled, "loss", losses, names),
            help="Keras says: Expected keys in loss dict (Keras 3), Found unexpected losses or "
            "metrics that do not correspond to any Model output (Keras 2).",
        )


def _in_a_list(
    call: DataCall, losses: list[object] | tuple[object, ...], outputs: int, is_dict: bool
) -> Iterator[Finding]:
    """Losses in a list that Keras 3 cannot go through beside several outputs."""
    surplus = [loss for loss in losses[outputs:] if loss is not None]
    if outputs < 2 or not (surplus or (is_dict and len(losses) != outputs)):
        return
    assert call.compiled is not None
    yield Finding(
        call.site,
        f"{method_of(call)} needs a loss for each of {outputs} outputs, and the model was compiled "
        f"with a list of {len(losses)}",
        related=(("the losses are set here", call.compiled.site),),
        help="Keras says: The path in the `loss` argument, can't be found in either the model's "
        "output (`y_pred`) or in the labels (`y_true`).",
    )

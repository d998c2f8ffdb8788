"""FL237: the weights of losses do not go with the losses, or with the outputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import libcst as cst

from flatlint.catalogue.eras import Era
from flatlint.catalogue.losses import LossUse
from flatlint.catalogue.training import TAKES_LABELS
from flatlint.diagnostics import Applicability, Severity
from flatlint.graph import Array, CompileCall, DataCall, ModelKind, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.call_arguments import compile_argument, site_of
from flatlint.rules.data.outputs import output_names, quoted
from flatlint.rules.data.refused_feed import method_of
from flatlint.rules.data.word_fix import name_of_output
from flatlint.rules.edits import NodeEdit, NodeFix, Where


class LossWeightsUnlikeLosses(Rule):
    """`loss_weights` does not have one weight for each loss.

    Keras 3 wants as many weights as the argument `loss` has losses: `loss=["mse", "mae"]` goes with
    `loss_weights=[1.0, 0.5]`, a single `loss="mse"` for two outputs with one weight. Keras 2 takes
    the weights as they come, by name only those that an output has.

    Source: `CompileLoss.build` in keras/src/trainers/compile_utils.py, `map_to_output_names` in
    tf_keras/src/engine/compile_utils.py.

    Bad:
        # A program for Keras 3.
        import numpy as np
        from keras import Input, Model, ops
        from keras.layers import Dense

        inputs = Input((4,))
        model = Model(inputs, [Dense(1)(inputs), Dense(1)(inputs)])
        model.compile("adam", loss="mse", loss_weights=[1.0, 0.5])
        model.fit(np.zeros((9, 4)), [np.zeros((9, 1)), np.zeros((9, 1))])  # finding

    Good:
        # A program for Keras 3.
        import numpy as np
        from keras import Input, Model, ops
        from keras.layers import Dense

        inputs = Input((4,))
        model = Model(inputs, [Dense(1)(inputs), Dense(1)(inputs)])
        model.compile("adam", loss=["mse", "mse"], loss_weights=[1.0, 0.5])
        model.fit(np.zeros((9, 4)), [np.zeros((9, 1)), np.zeros((9, 1))])
    """

    code = "FL237"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Count the weights and the losses; look the names of weights up."""
        if call.compiled is None or call.guarded or call.part or call.method not in TAKES_LABELS:
            return
        weights = call.compiled.arguments.get("loss_weights")
        if not weights or isinstance(weights, Array) or Era.KERAS_1 in facts.eras:
            return
        reasons = [_reason(call, weights, era) for era in facts.eras]
        if None in reasons:
            return
        yield Finding(
            call.site,
            f"{method_of(call)} needs the loss, and the model was compiled with {reasons[-1]}",
            related=(("the weights are set here", call.compiled.site),),
            fix=_fix(call, call.compiled, weights),
            help="Keras says: `loss_weights` must match the number of losses (Keras 3), Found "
            "unexpected losses or metrics that do not correspond to any Model output (Keras 2).",
        )


def _reason(call: DataCall, weights: object, era: Era) -> str | None:
    """Why an era refuses the weights; `None` if it may take them."""
    assert call.compiled is not None
    names, is_dict = output_names(call.model)
    if era is Era.KERAS_2:
        return _unexpected(weights, names) if call.model.kind is ModelKind.FUNCTIONAL else None
    losses = call.compiled.arguments.get("loss")
    if isinstance(losses, Mapping) and isinstance(weights, Mapping) and not is_dict:
        missing = [name for name in names if name in losses and name not in weights]
        return f"no weight for the loss of {missing[0]!r}" if missing else None
    ours, theirs = _count(losses), _count(weights)
    if ours is None or theirs is None or ours == theirs:
        return None
    what = "one weight" if theirs == 1 else f"{theirs} weights"
    return f"{what} for {'one loss' if ours == 1 else f'{ours} losses'}"


def _fix(call: DataCall, compiled: CompileCall, weights: object) -> NodeFix | None:
    """The name of the output that is meant, or else the one loss for each output by itself."""
    names, is_dict = output_names(call.model)
    for_each = None if is_dict else _for_each_output(compiled, names, weights)
    if not isinstance(weights, Mapping) or all(key in names for key in weights):
        return for_each
    renamed = name_of_output(compiled, "loss_weights", weights, names)
    if renamed is None or for_each is None:
        return renamed
    return replace(renamed, edits=(*renamed.edits, *for_each.edits))


def _for_each_output(compiled: CompileCall, names: list[str], weights: object) -> NodeFix | None:
    """The one loss, a word, for each output by itself."""
    written = compile_argument(compiled, "loss")
    if not isinstance(written, cst.SimpleString) or _count(weights) != len(names):
        return None
    quote, loss = written.quote, written.value
    text = f"[{', '.join([loss] * len(names))}]"
    if isinstance(weights, Mapping):
        text = "{" + ", ".join(f"{quote}{name}{quote}: {loss}" for name in names) + "}"
    edit = NodeEdit(site_of(compiled, written), Where.INSTEAD, text)
    return NodeFix(Applicability.UNSAFE, "Name the loss of each output", (edit,))


def _unexpected(weights: object, names: list[str]) -> str | None:
    if not isinstance(weights, Mapping) or not names:
        return None
    extra = [key for key in weights if key not in names]
    if not extra or not all(isinstance(key, str) for key in extra):
        return None
    return f"weights for {quoted(extra)}, and the outputs are called {quoted(names)}"


def _count(nest: object) -> int | None:
    """How many losses or weights a nest holds; `None` where it is not known whole."""
    if isinstance(nest, str | int | float | LossUse) or getattr(nest, "path", None):
        return 1
    if not isinstance(nest, list | tuple | Mapping):
        return None
    parts = list(nest.values() if isinstance(nest, Mapping) else nest)
    counts = [1 if part is None else _count(part) for part in parts]
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(parts) else None

"""FL236: metrics in a list or a dict do not go with the outputs of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import libcst as cst

from flatlint.catalogue.eras import Era
from flatlint.catalogue.training import TAKES_LABELS
from flatlint.diagnostics import Applicability, Severity
from flatlint.graph import CompileCall, DataCall, ModelKind, ProgramFacts, tensors_of
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.call_arguments import code_of, compile_argument, site_of
from flatlint.rules.data.outputs import output_names, quoted
from flatlint.rules.data.refused_feed import method_of
from flatlint.rules.data.word_fix import name_of_output
from flatlint.rules.edits import NodeEdit, NodeFix, Where

_ARGUMENTS = ("metrics", "weighted_metrics")


class MetricsUnlikeOutputs(Rule):
    """The metrics of a model with several outputs do not go with these outputs.

    Keras 2 measured every output by every metric of a plain list. Keras 3 takes one entry for each
    output, `[["mae"], ["accuracy"]]`, or a dict with the names of the outputs, and refuses a list
    of another length. Names that no output has are refused in every Keras.

    Source: `CompileMetrics._build_metrics_set` in keras/src/trainers/compile_utils.py,
    `MetricsContainer.build` in tf_keras/src/engine/compile_utils.py.

    Bad:
        # A program for Keras 3.
        import numpy as np
        from keras import Input, Model, ops
        from keras.layers import Dense

        inputs = Input((4,))
        outputs = [Dense(1, name="price")(inputs), Dense(1, name="age")(inputs)]
        model = Model(inputs, outputs)
        model.compile("adam", loss="mse", metrics=["mae"])
        model.fit(np.zeros((9, 4)), [np.zeros((9, 1)), np.zeros((9, 1))])  # finding

    Good:
        # A program for Keras 3.
        import numpy as np
        from keras import Input, Model, ops
        from keras.layers import Dense

        inputs = Input((4,))
        outputs = [Dense(1, name="price")(inputs), Dense(1, name="age")(inputs)]
        model = Model(inputs, outputs)
        model.compile("adam", loss="mse", metrics=[["mae"], ["mae"]])
        model.fit(np.zeros((9, 4)), [np.zeros((9, 1)), np.zeros((9, 1))])
    """

    code = "FL236"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Hold both arguments against the outputs."""
        if call.compiled is None or call.guarded or call.part or call.method not in TAKES_LABELS:
            return
        if call.model.kind is not ModelKind.FUNCTIONAL or Era.KERAS_1 in facts.eras:
            return
        outputs = len(list(tensors_of(call.model.outputs)))
        for name in _ARGUMENTS:
            reason = _reason(call.compiled.arguments.get(name), outputs, call, facts)
            if reason is None or outputs < 2:
                continue
            yield Finding(
                call.site,
                f"{method_of(call)} needs {name} for {outputs} outputs, and the model was "
                f"compiled with {reason}",
                related=(("the metrics are set here", call.compiled.site),),
                fix=_fix(call, call.compiled, name, outputs),
                help=f"Keras says: Invalid `{name}`. `{name}` should contain metrics objects and "
                "either be a dict or a list matching the output names of the functional model.",
            )
            return


def _reason(metrics: object, outputs: int, call: DataCall, facts: ProgramFacts) -> str | None:
    """What the metrics are, where no era of the file takes them."""
    names, is_dict = output_names(call.model)
    if isinstance(metrics, Mapping) and names and all(isinstance(key, str) for key in metrics):
        is_refused = any(key not in names for key in metrics)
        return (
            f"some for {quoted(metrics)}: they are called {quoted(names)}" if is_refused else None
        )
    if not isinstance(metrics, list | tuple) or not metrics:
        return None
    # Keras 2 shares a list among the outputs, unless there are lists in it.
    is_nest = all(isinstance(part, list | tuple) for part in metrics)
    if is_nest and is_dict and facts.eras == (Era.KERAS_2,):
        return f"lists: the outputs are a dict, {quoted(names)}"
    is_unlike = len(metrics) != outputs and (is_nest or facts.eras == (Era.KERAS_3,))
    return f"a list of {len(metrics)}" if is_unlike else None


def _fix(call: DataCall, compiled: CompileCall, name: str, outputs: int) -> NodeFix | None:
    metrics = compiled.arguments.get(name)
    if isinstance(metrics, Mapping):
        return name_of_output(compiled, name, metrics, output_names(call.model)[0])
    return _one_for_each(compiled, name, outputs)


def _one_for_each(compiled: CompileCall, name: str, outputs: int) -> NodeFix | None:
    """The list once for each output: what Keras 2 made of it. Objects cannot be shared so."""
    written = compile_argument(compiled, name)
    if not isinstance(written, cst.List) or not written.elements:
        return None
    if not all(isinstance(element.value, cst.SimpleString) for element in written.elements):
        return None
    text = f"[{', '.join([code_of(written)] * outputs)}]"
    edit = NodeEdit(site_of(compiled, written), Where.INSTEAD, text)
    return NodeFix(Applicability.UNSAFE, "Measure each output by the same metrics", (edit,))

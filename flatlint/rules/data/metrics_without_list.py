"""FL233: `metrics` is a single metric where Keras 3 takes a list."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.eras import Era
from flatlint.catalogue.metrics import MetricUse
from flatlint.diagnostics import Applicability, Severity
from flatlint.graph import CompileCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.call_arguments import compile_argument, site_of
from flatlint.rules.edits import NodeEdit, NodeFix, Where

_ARGUMENTS = ("metrics", "weighted_metrics")


class MetricsWithoutList(Rule):
    """`compile` gets a single metric as its `metrics`, where Keras 3 takes a list.

    Keras 2 put a single metric into a list by itself. Keras 3 takes a list, a tuple or a dict and
    refuses everything else when the model is compiled.

    Source: `CompileMetrics.__init__` in keras/src/trainers/compile_utils.py.

    Bad:
        # A program for Keras 3.
        from keras import Input, Sequential, ops
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(1, activation="sigmoid")])
        model.compile("adam", loss="binary_crossentropy", metrics="accuracy")  # finding

    Good:
        # A program for Keras 3.
        from keras import Input, Sequential, ops
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(1, activation="sigmoid")])
        model.compile("adam", loss="binary_crossentropy", metrics=["accuracy"])
    """

    code = "FL233"
    severity = Severity.ERROR
    since = "0.1"

    def check_compile(self, call: CompileCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Look at what the two arguments are."""
        if facts.eras != (Era.KERAS_3,) or call.guarded:
            return
        for name in _ARGUMENTS:
            given = call.arguments.get(name)
            if isinstance(given, str | MetricUse) and given:
                what = repr(given) if isinstance(given, str) else f"{given.cls}(…)"
                yield Finding(
                    call.site,
                    f"`compile` gets {name}={what}: Keras 3 takes a list, [{what}]",
                    fix=_in_a_list(call, name),
                    help=f"Keras says: Expected `{name}` argument to be a list, tuple, or dict.",
                )


def _in_a_list(call: CompileCall, name: str) -> NodeFix | None:
    """Brackets around the metric, as Keras 2 put them."""
    written = compile_argument(call, name)
    if written is None:
        return None
    edits = (
        NodeEdit(site_of(call, written), Where.BEFORE, "["),
        NodeEdit(site_of(call, written), Where.AFTER, "]"),
    )
    return NodeFix(Applicability.SAFE, "Put the metric into a list", edits)

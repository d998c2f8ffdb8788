"""FL226: a cross-entropy gets numbers that are no probabilities."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.training import TAKES_LABELS
from flatlint.diagnostics import Severity
from flatlint.graph import CompileCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.compiled_losses import CompiledLoss, compiled_losses

_WANTED = {
    "binary_crossentropy": "sigmoid",
    "categorical_crossentropy": "softmax",
    "sparse_categorical_crossentropy": "softmax",
}
_NO_PROBABILITIES = frozenset({
    "linear", "relu", "tanh", "elu", "selu", "gelu", "leaky_relu", "relu6", "softplus", "softsign",
    "swish", "silu", "mish",
})  # fmt: skip


class CrossentropyWithoutProbabilities(Rule):
    """A cross-entropy gets an output that no `sigmoid` or `softmax` has made probabilities of.

    Unless it is told `from_logits=True`, a cross-entropy takes the logarithm of the output, which
    it cuts off at 0 and 1 before. Of a `Dense(10)` without activation every number below 0 or
    above 1 gives no gradient at all: the model stops learning, often from the first step on.

    Either the last layer ends with the activation, or the loss is made with `from_logits=True`.

    Source: `binary_crossentropy` and its siblings in keras/src/backend/tensorflow/nn.py and
    tf_keras/src/backend.py.

    Bad:
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((784,)), Dense(64, activation="relu"), Dense(10)])
        model.compile("adam", loss="sparse_categorical_crossentropy")  # finding

    Good:
        from keras import Input, Sequential, losses
        from keras.layers import Dense

        model = Sequential([Input((784,)), Dense(64, activation="relu"), Dense(10)])
        model.compile("adam", loss=losses.SparseCategoricalCrossentropy(from_logits=True))
    """

    code = "FL226"
    severity = Severity.WARNING
    since = "0.1"

    def check_compile(self, call: CompileCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Look at the activation before each cross-entropy, where the model may be trained."""
        if not _is_trained(call, facts):
            return
        for compiled in compiled_losses(call, facts):
            wanted = _WANTED.get(compiled.loss.name)
            if wanted is None or compiled.loss.option("from_logits", False) is not False:
                continue
            if compiled.activation not in _NO_PROBABILITIES:
                continue
            if compiled.classes != 1 or wanted == "sigmoid":
                yield _finding(call, compiled, wanted)


def _is_trained(call: CompileCall, facts: ProgramFacts) -> bool:
    """Whether labels meet the loss; in a file that trains nothing, whether they may.

    The generator of a GAN is compiled for its `predict` alone, beside a model that is trained.
    """
    trained = [each.compiled for each in facts.data_calls if each.method in TAKES_LABELS]
    return not trained or any(compiled is None or compiled is call for compiled in trained)


def _finding(call: CompileCall, compiled: CompiledLoss, wanted: str) -> Finding:
    last = compiled.layer.class_name
    ends = (
        "has no activation"
        if compiled.activation == "linear"
        else f"ends with {compiled.activation}"
    )
    return Finding(
        call.site,
        f"{compiled.loss.name} takes probabilities, and the last layer, {last}, {ends}: what lies "
        "below 0 or above 1 is cut off and gives no gradient",
        related=(("the output comes from this layer", compiled.layer.site),),
        help=f'Put activation="{wanted}" into the last layer, or from_logits=True into the loss.',
    )

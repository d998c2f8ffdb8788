"""FL232: a metric is a word that Keras does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flatlint.catalogue.metrics import is_known_metric, similar_metrics
from flatlint.catalogue.training import TAKES_LABELS
from flatlint.diagnostics import Severity
from flatlint.graph import CompileCall, DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.refused_feed import method_of
from flatlint.rules.data.unknown_loss import registers_words, words_in
from flatlint.rules.data.word_fix import other_word
from flatlint.rules.edits import NodeFix

_ARGUMENTS = ("weighted_metrics", "metrics")


class UnknownMetric(Rule):
    """The model was compiled with a word for a metric that Keras does not know.

    Keras looks the word up when the model meets data for the first time, not at `compile`. Keras 3
    takes the name of a metric class, as it is or in small letters: `"AUC"` and `"auc"`,
    `"F1Score"` and `"f1_score"`. Keras 2 takes the class as it is, `"AUC"`, and the names of
    functions, `"binary_accuracy"`; it knows no `"auc"` and no `"precision"`. A class that needs
    arguments, `MeanIoU(num_classes=2)`, has to be made by the program.

    Source: `ALL_OBJECTS_DICT` in keras/src/metrics/__init__.py, `get` in
    tf_keras/src/metrics/__init__.py.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(1, activation="sigmoid")])
        model.compile("adam", loss="binary_crossentropy", metrics=["f1"])
        model.fit(np.zeros((10, 4)), np.zeros((10, 1)))  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential, metrics
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(1, activation="sigmoid")])
        model.compile("adam", loss="binary_crossentropy", metrics=[metrics.F1Score(threshold=0.5)])
        model.fit(np.zeros((10, 4)), np.zeros((10, 1)))
    """

    code = "FL232"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Look every word up in each era."""
        if call.guarded or call.compiled is None or call.method not in TAKES_LABELS or call.part:
            return
        if registers_words(facts):
            return
        given = call.compiled.arguments
        words = {word: name for name in _ARGUMENTS for word in words_in(given.get(name))}
        for word, name in words.items():
            if any(is_known_metric(word, era) for era in facts.eras):
                continue
            similar = similar_metrics(word, facts.eras)
            hint = f": {' or '.join(map(repr, similar))} would be" if similar else ""
            yield Finding(
                call.site,
                f"{method_of(call)} needs the metric {word!r}, which Keras does not know{hint}",
                related=(("the metrics are set here", call.compiled.site),),
                fix=_fix(call.compiled, name, word, similar),
                help=f"Keras says: Could not interpret metric identifier: {word}",
            )
            return


# Those that no word makes as they are meant: without arguments Keras refuses them, or, as a score
# of F without a threshold, they count something else.
_NEED_ARGUMENTS = re.compile(
    "F1Score|FBetaScore|.*IoU|MeanRelativeError|.*At(Recall|Precision|Specificity|Sensitivity)"
    "|f1_score|fbeta_score|.*io_u|mean_relative_error|.*_at_.*"
)


def _fix(compiled: CompileCall, name: str, word: str, similar: list[str]) -> NodeFix | None:
    # "prc" is an AUC of another curve.
    if len(similar) != 1 or _NEED_ARGUMENTS.fullmatch(similar[0]) or word == "prc":
        return None
    return other_word(compiled, name, word, similar[0])

"""FL232: a metric is a word that Keras does not know."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.metrics import is_known_metric, similar_metrics
from flatlint.catalogue.training import TAKES_LABELS
from flatlint.diagnostics import Severity
from flatlint.graph import DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.refused_feed import method_of
from flatlint.rules.data.unknown_loss import registers_words, words_in


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
        words = [*words_in(given.get("metrics")), *words_in(given.get("weighted_metrics"))]
        for word in dict.fromkeys(words):
            if any(is_known_metric(word, era) for era in facts.eras):
                continue
            similar = similar_metrics(word, facts.eras)
            hint = f": {' or '.join(map(repr, similar))} would be" if similar else ""
            yield Finding(
                call.site,
                f"{method_of(call)} needs the metric {word!r}, which Keras does not know{hint}",
                related=(("the metrics are set here", call.compiled.site),),
                help=f"Keras says: Could not interpret metric identifier: {word}",
            )
            return

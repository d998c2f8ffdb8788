"""FL231: the loss is a word that Keras does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flatlint.catalogue.losses import is_known_loss, similar_losses
from flatlint.catalogue.training import TAKES_LABELS
from flatlint.diagnostics import Severity
from flatlint.graph import DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.refused_feed import method_of
from flatlint.rules.data.word_fix import other_word


class UnknownLoss(Rule):
    """The model was compiled with a word for its loss that Keras does not know.

    Keras looks the word up when the model meets data for the first time, not at `compile`. Keras 3
    dropped some words of Keras 2: `kullback_leibler_divergence` is `kl_divergence` now, `logcosh`
    is `log_cosh`, and cosine distances are `cosine_similarity`.

    Source: `get` in keras/src/losses/__init__.py and tf_keras/src/losses.py.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(1)])
        model.compile("adam", loss="mean_square_error")
        model.fit(np.zeros((10, 4)), np.zeros((10, 1)))  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(1)])
        model.compile("adam", loss="mean_squared_error")
        model.fit(np.zeros((10, 4)), np.zeros((10, 1)))
    """

    code = "FL231"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Look every word up in each era."""
        if call.guarded or call.compiled is None or call.method not in TAKES_LABELS or call.part:
            return
        if registers_words(facts):
            return
        for word in words_in(call.compiled.arguments.get("loss")):
            if any(is_known_loss(word, era) for era in facts.eras):
                continue
            similar = similar_losses(word, facts.eras[-1])
            hint = f": {' or '.join(map(repr, similar))} would be" if similar else ""
            yield Finding(
                call.site,
                f"{method_of(call)} needs the loss {word!r}, which Keras does not know{hint}",
                related=(("the loss is set here", call.compiled.site),),
                fix=other_word(call.compiled, "loss", word, similar[0])
                if len(similar) == 1
                else None,
                help=f"Keras says: Could not interpret loss identifier: {word}",
            )


def words_in(value: object) -> Iterator[str]:
    """The words in a nest of lists and dicts."""
    match value:
        case str():
            yield value
        case Mapping():
            for part in value.values():
                yield from words_in(part)
        case list() | tuple():
            for part in value:
                yield from words_in(part)


def registers_words(facts: ProgramFacts) -> bool:
    """Whether the program adds words of its own to those of Keras."""
    text = facts.source.source.text
    return any(
        name in text
        for name in ("custom_objects", "custom_object_scope", "register_keras_serializable")
    )

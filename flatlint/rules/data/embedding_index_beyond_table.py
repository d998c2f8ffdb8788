"""FL230: an index is given to an Embedding that has no row for it."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from flatlint.catalogue.eras import Era
from flatlint.diagnostics import Severity
from flatlint.graph import Array, DataCall, Feed, LayerCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.arrays import origins
from flatlint.rules.data.refused_feed import method_of


class EmbeddingIndexBeyondTable(Rule):
    """An index reaches the `input_dim` of the `Embedding` that it is for.

    `Embedding(1000, 64)` has rows for the indices 0 to 999. The greatest index plus one is the
    least `input_dim`; a vocabulary that is numbered from 1, as the `Tokenizer` does it, needs
    `len(word_index) + 1`.

    On a CPU TensorFlow raises; on a GPU it returns zeros.

    Source: `tf.gather`, on which `Embedding.call` is built.

    Bad:
        import numpy as np
        from keras import Sequential
        from keras.layers import Dense, Embedding, Flatten

        words = np.array([[1, 4, 2], [3, 5, 0]])
        model = Sequential([Embedding(5, 8), Flatten(), Dense(1)])
        model.predict(words)  # finding

    Good:
        import numpy as np
        from keras import Sequential
        from keras.layers import Dense, Embedding, Flatten

        words = np.array([[1, 4, 2], [3, 5, 0]])
        model = Sequential([Embedding(6, 8), Flatten(), Dense(1)])
        model.predict(words)
    """

    code = "FL230"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Compare the range of each array with the tables that it goes straight into."""
        if call.guarded or Era.KERAS_1 in facts.eras:
            return
        for feed in call.feeds:
            for user in _users(feed, facts):
                rows = _rows_of(user)
                high = _highest_index(feed.data)
                if not isinstance(rows, int) or high is None or high < rows:
                    continue
                yield Finding(
                    call.site,
                    f"{method_of(call)} gets indices up to {high:g}, and the Embedding has "
                    f"{rows} rows, for 0 to {rows - 1}: input_dim={high + 1:g} would do",
                    related=(
                        *origins(("indices", feed.data)),
                        ("the Embedding is made here", user.layer.site),
                    ),
                    help=f"Keras says: indices[…] = {high:g} is not in [0, {rows})",
                )


def _highest_index(array: Array) -> float | None:
    """The highest number in an array; drawn numbers with a fraction never reach their bound."""
    if array.high is None or not (array.dtype or "").startswith("float"):
        return array.high
    return ceil(array.high) - 1


def _users(feed: Feed, facts: ProgramFacts) -> list[LayerCall]:
    made = feed.declared.made_by
    return list(facts.consumers(made)) if made is not None and feed.conflict is None else []


def _rows_of(call: LayerCall) -> object:
    is_table = call.layer.class_name in ("Embedding", "ReversibleEmbedding")
    return getattr(call.layer.spec, "input_dim", None) if is_table else None

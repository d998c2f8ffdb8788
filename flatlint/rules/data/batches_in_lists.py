"""FL217: a generator yields lists where Keras 3 takes tuples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flatlint.catalogue.eras import Era
from flatlint.diagnostics import Severity
from flatlint.graph import Array, DataCall, ProgramFacts
from flatlint.graph.dataset import Source
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.refused_feed import method_of
from flatlint.rules.data.yield_fix import tuples_yielded


class BatchesInLists(Rule):
    """A generator yields its batches in lists, or bare, where Keras 3 takes tuples.

    Keras 3 makes a `tf.data.Dataset` of a generator or a `Sequence`. There a list is an array to
    be; only tuples and dicts hold several. `yield [x, y]` and `yield [left, right], y` ran under
    Keras 2; Keras 3 takes `yield x, y` and `yield (left, right), y`. A generator for `predict`
    yields `(x,)`.

    Source: `GeneratorDataAdapter.__init__` in
    keras/src/trainers/data_adapters/generator_data_adapter.py.

    Bad:
        # A program for Keras 3.
        import numpy as np
        from keras import Input, Sequential, ops
        from keras.layers import Dense

        def batches():
            while True:
                yield [np.zeros((8, 4)), np.zeros((8, 1))]

        model = Sequential([Input((4,)), Dense(1)])
        model.compile("adam", "mse")
        model.fit(batches(), steps_per_epoch=10)  # finding

    Good:
        # A program for Keras 3.
        import numpy as np
        from keras import Input, Sequential, ops
        from keras.layers import Dense

        def batches():
            while True:
                yield np.zeros((8, 4)), np.zeros((8, 1))

        model = Sequential([Input((4,)), Dense(1)])
        model.compile("adam", "mse")
        model.fit(batches(), steps_per_epoch=10)
    """

    code = "FL217"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Look at what one step of a generator or a sequence is."""
        stream = call.stream
        if call.guarded or stream is None or facts.eras != (Era.KERAS_3,):
            return
        what = ""
        if stream.source is Source.GENERATOR and not isinstance(stream.element, tuple):
            what = _kind(stream.element)
        if stream.source is not Source.LIBRARY and isinstance(stream.element, tuple):
            what = "a list of arrays in its tuple" if _has_list(stream.element) else ""
        if what:
            giver = "a generator" if stream.source is Source.GENERATOR else "a sequence"
            verb = "yields" if stream.source is Source.GENERATOR else "returns"
            yield Finding(
                call.site,
                f"{method_of(call)} gets {giver} that {verb} {what}: Keras 3 takes tuples, "
                "(inputs,), (inputs, labels) or (inputs, labels, weights)",
                fix=tuples_yielded(call) if stream.source is Source.GENERATOR else None,
                help="Keras says: the generator must return a tuple; output_signature must "
                "contain objects that are subclass of tf.TypeSpec.",
            )


def _kind(element: object) -> str:
    """What stands in the place of the tuple, if that is known."""
    if isinstance(element, list) and element and all(isinstance(e, Array) for e in element):
        return "a list"
    return "an array by itself" if isinstance(element, Array) else ""


def _has_list(nest: object) -> bool:
    """Whether arrays stand in a list somewhere."""
    if isinstance(nest, list):
        return bool(nest) and all(isinstance(part, Array) for part in nest)
    parts = nest.values() if isinstance(nest, Mapping) else nest if isinstance(nest, tuple) else ()
    return any(map(_has_list, parts))

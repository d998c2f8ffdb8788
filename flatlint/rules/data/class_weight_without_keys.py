"""FL213: `class_weight` is a list or an array where Keras takes a dict."""

from __future__ import annotations

from collections.abc import Iterator

from flatlint.catalogue.eras import Era
from flatlint.diagnostics import Severity
from flatlint.graph import Array, DataCall, ProgramFacts
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.refused_feed import method_of


class ClassWeightWithoutKeys(Rule):
    """`class_weight` gets weights without the classes that they belong to.

    Keras takes a dict from class numbers to weights. `compute_class_weight` of scikit-learn
    returns an array: `dict(enumerate(weights))` makes a dict of it.

    Source: `class_weight_to_sample_weights` in
    keras/src/trainers/data_adapters/data_adapter_utils.py, `_make_class_weight_map_fn` in
    tf_keras/src/engine/data_adapter.py.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(1, activation="sigmoid")])
        model.compile("adam", "binary_crossentropy")
        model.fit(np.zeros((9, 4)), np.zeros(9), class_weight=np.array([0.6, 3.0]))  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(1, activation="sigmoid")])
        model.compile("adam", "binary_crossentropy")
        model.fit(np.zeros((9, 4)), np.zeros(9), class_weight={0: 0.6, 1: 3.0})
    """

    code = "FL213"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Look at what `class_weight` is."""
        weights = call.arguments.get("class_weight")
        if call.guarded or Era.KERAS_1 in facts.eras:
            return
        if isinstance(weights, Array):
            what = f"an array of shape {weights.shape}"
        elif isinstance(weights, list | tuple) and _are_numbers(weights):
            what = "a list"
        elif isinstance(weights, str):
            what = f"the word {weights!r}"
        else:
            return
        yield Finding(
            call.site,
            f"{method_of(call)} gets {what} as class_weight: a dict from class numbers to weights "
            "is wanted, as dict(enumerate(weights)) makes one",
            severity=Severity.WARNING if _may_be_ignored(call, facts) else None,
        )


def _may_be_ignored(call: DataCall, facts: ProgramFacts) -> bool:
    """Whether the program may be of a Keras that trains without weights that stand in no dict.

    Standalone Keras did (`standardize_weights` of keras/engine/training_utils.py, 2.3.1), and that
    of TensorFlow before 2.2, the last in which `fit_generator` did anything of its own.
    """
    return facts.is_legacy_keras or call.method == "fit_generator"


def _are_numbers(values: list[object] | tuple[object, ...]) -> bool:
    return bool(values) and all(isinstance(value, int | float) for value in values)

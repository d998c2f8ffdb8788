"""FL215: `class_weight` stands where Keras cannot tell classes apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flatlint.catalogue.eras import Era
from flatlint.diagnostics import Severity
from flatlint.graph import Array, DataCall, ProgramFacts, Unknown
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.arrays import origins
from flatlint.rules.data.refused_feed import method_of
from flatlint.shapes import Shape

_WEIGHED = frozenset({"fit", "fit_generator", "train_on_batch"})


class MisusedClassWeight(Rule):
    """`class_weight` stands where Keras cannot give each sample the weight of its class.

    Keras looks up the class of every sample and makes sample weights of it, for models with one
    output. Keras 3 takes labels with one class for each sample: `(samples,)`, `(samples, 1)` or
    one-hot rows. Labels for every step or pixel have many classes in a sample; `sample_weight` with
    a weight for each step does it there. Keras 3 takes one of `class_weight` and `sample_weight`,
    not both; Keras 2 wants the keys 0, 1, 2 and so on, without a gap.

    Source: `class_weight_to_sample_weights` in
    keras/src/trainers/data_adapters/data_adapter_utils.py, `_make_class_weight_map_fn` in
    tf_keras/src/engine/data_adapter.py.

    Bad:
        # A program for Keras 3.
        import numpy as np
        from keras import Input, Sequential, ops
        from keras.layers import Dense

        model = Sequential([Input((24, 3)), Dense(1, activation="sigmoid")])
        model.compile("adam", "binary_crossentropy")
        x, y = np.zeros((50, 24, 3)), np.zeros((50, 24, 1))
        model.fit(x, y, class_weight={0: 1.0, 1: 5.0})  # finding

    Good:
        # A program for Keras 3.
        import numpy as np
        from keras import Input, Sequential, ops
        from keras.layers import Dense

        model = Sequential([Input((24, 3)), Dense(1, activation="sigmoid")])
        model.compile("adam", "binary_crossentropy")
        x, y = np.zeros((50, 24, 3)), np.zeros((50, 24, 1))
        model.fit(x, y, sample_weight=np.where(y[:, :, 0] == 1, 5.0, 1.0))
    """

    code = "FL215"
    severity = Severity.ERROR
    since = "0.1"

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Look at what the weights are given for."""
        weights = call.arguments.get("class_weight")
        if call.guarded or call.part or not isinstance(weights, Mapping) or not weights:
            return
        if call.method not in _WEIGHED or Era.KERAS_1 in facts.eras:
            return
        reason = _reason(call, weights, facts)
        if reason is None:
            return
        labels = call.arguments.get("y")
        places = origins(("labels", labels)) if isinstance(labels, Array) else ()
        yield Finding(
            call.site, f"{method_of(call)} gets class_weight {reason}", related=tuple(places)
        )


def _reason(call: DataCall, weights: Mapping[object, object], facts: ProgramFacts) -> str | None:
    labels = call.arguments.get("y")
    if isinstance(labels, list | tuple | Mapping) and labels and _are_arrays(labels):
        kind = "dict" if isinstance(labels, Mapping) else "list"
        return f"for labels in a {kind}: it is for one array of labels, of one output"
    if facts.eras == (Era.KERAS_3,) and isinstance(call.arguments.get("sample_weight"), Array):
        return "beside sample_weight: Keras 3 takes one of the two"
    if facts.eras == (Era.KERAS_3,) and isinstance(labels, Array) and _has_many(labels.shape):
        return (
            f"for labels of shape {labels.shape}: it is for one class a sample; where each step "
            "has its own class, sample_weight takes a weight for each"
        )
    if facts.eras == (Era.KERAS_2,) and _have_gaps(weights):
        keys = ", ".join(map(repr, weights))
        return f"for the classes {keys}: Keras 2 wants every class from 0 to {len(weights) - 1}"
    return None


def _are_arrays(labels: list[object] | tuple[object, ...] | Mapping[object, object]) -> bool:
    parts = labels.values() if isinstance(labels, Mapping) else labels
    return all(isinstance(part, Array) for part in parts)


def _has_many(shape: Shape | Unknown) -> bool:
    """Whether there is more than one class for a sample."""
    return (
        isinstance(shape, Shape) and shape.rank > 2 and isinstance(shape[1], int) and shape[1] > 1
    )


def _have_gaps(weights: Mapping[object, object]) -> bool:
    """Whether the keys are known, and others than 0, 1, 2 and so on."""
    is_known = all(isinstance(key, int | str) for key in weights)
    return is_known and set(weights) != set(range(len(weights)))

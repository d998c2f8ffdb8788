"""FL201: data has another shape than the model's input."""

from __future__ import annotations

from flatlint.catalogue.feeding import first_difference
from flatlint.graph import DataCall, Feed
from flatlint.rules.data.causes import Cause, is_built_on
from flatlint.rules.data.refused_feed import RefusedFeedRule
from flatlint.shapes import Shape


class DataUnlikeInput(RefusedFeedRule):
    """A model gets data of another shape than the one that it was built for.

    The first axis of the data counts the samples and may have any size. Every other axis has to be
    what the model's input says, and there have to be as many. Keras forgives one thing: a last
    axis of size 1 that is missing or too much.

    Source: `_adjust_input_rank` in keras/src/models/functional.py, `assert_input_compatibility`
    in tf_keras/src/engine/input_spec.py.

    Bad:
        import numpy as np
        from keras import Input, Model
        from keras.layers import Dense

        inputs = Input((8,))
        model = Model(inputs, Dense(1)(inputs))
        model.predict(np.zeros((100, 9)))  # finding

    Good:
        import numpy as np
        from keras import Input, Model
        from keras.layers import Dense

        inputs = Input((9,))
        model = Model(inputs, Dense(1)(inputs))
        model.predict(np.zeros((100, 9)))
    """

    code = "FL201"
    cause = Cause.OTHER

    def explain(self, feed: Feed, call: DataCall) -> str:
        """The first axis that differs, or the ranks, or what a layer says."""
        data, declared = feed.data.shape, feed.declared.shape
        assert isinstance(data, Shape) and isinstance(declared, Shape)
        if is_built_on(feed):
            return f": {feed.conflict.message}" if feed.conflict is not None else ""
        if data.rank != declared.rank:
            return (
                f": {declared.rank} axes are wanted, the batch axis included, and {data.rank} come"
            )
        axis = first_difference(data, declared)
        if axis is not None:
            text = f": {declared[axis]} are wanted along axis {axis}, and {data[axis]} come"
            return text + _layer(feed)
        return f": {feed.conflict.message}" if feed.conflict is not None else ""


def _layer(feed: Feed) -> str:
    if feed.refused_by is None:
        return ""
    return f", which {feed.refused_by.layer.class_name} refuses"

"""FL203: data lacks the last axis of the model's input."""

from __future__ import annotations

from flatlint.graph import DataCall, Feed
from flatlint.rules.data.call_arguments import expanded
from flatlint.rules.data.causes import Cause, is_built_on
from flatlint.rules.data.refused_feed import RefusedFeedRule
from flatlint.rules.edits import NodeFix
from flatlint.shapes import Shape


class MissingChannelAxis(RefusedFeedRule):
    """Data has every axis of the model's input but the last: images without channels, series
    without features.

    A convolution over images takes `(samples, height, width, channels)` and a recurrent layer
    `(samples, steps, features)`. Grey images as `(60000, 28, 28)` have no channel axis. Keras adds
    one by itself only where the input declares a last axis of 1.

    Bad:
        import numpy as np
        from keras import Input, Model
        from keras.layers import LSTM

        inputs = Input((10, 3))
        model = Model(inputs, LSTM(8)(inputs))
        model.predict(np.zeros((500, 10)))  # finding

    Good:
        import numpy as np
        from keras import Input, Model
        from keras.layers import LSTM

        inputs = Input((10, 3))
        model = Model(inputs, LSTM(8)(inputs))
        model.predict(np.zeros((500, 10, 3)))
    """

    code = "FL203"
    cause = Cause.CHANNEL_AXIS

    def explain(self, feed: Feed, call: DataCall) -> str:
        """The axis that is missing."""
        data, declared = feed.data.shape, feed.declared.shape
        assert isinstance(data, Shape) and isinstance(declared, Shape)
        if not is_built_on(feed) or feed.refused_by is None:
            return f": the last axis, of size {declared[-1]}, is missing"
        layer, wanted = feed.refused_by.layer.class_name, data.rank + 1
        fitting = Shape((*data, 1))
        return f": {layer} takes rank {wanted}, and a last axis is missing; {fitting} would fit"

    def fix(self, feed: Feed, call: DataCall) -> NodeFix | None:
        """`np.expand_dims(x, -1)` at the call, where an axis of one is all that is missing."""
        return expanded(feed, call, -1) if is_built_on(feed) else None

"""FL203: data lacks the last axis of the model's input."""

from __future__ import annotations

from flatlint.graph import DataCall, Feed
from flatlint.rules.data.causes import Cause
from flatlint.rules.data.refused_feed import RefusedFeedRule
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
        assert isinstance(feed.declared.shape, Shape)
        return f": the last axis, of size {feed.declared.shape[-1]}, is missing"

"""FL206: samples have the right number of values in axes of other sizes."""

from __future__ import annotations

from flatlint.graph import DataCall, Feed
from flatlint.rules.data.causes import Cause
from flatlint.rules.data.refused_feed import RefusedFeedRule
from flatlint.shapes import Shape


class DataInAnotherLayout(RefusedFeedRule):
    """Samples have as many values as the model's input, laid out in other axes.

    Images of 28 x 28 pixels for a model that takes rows of 784 numbers, or the other way round:
    the values are all there, and `reshape` lays them out as the model wants them. `-1` stands for
    the number of samples.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((784,)), Dense(10)])
        images = np.zeros((100, 28, 28))
        model.predict(images)  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((784,)), Dense(10)])
        images = np.zeros((100, 28, 28))
        model.predict(images.reshape(-1, 784))
    """

    code = "FL206"
    cause = Cause.LAYOUT

    def explain(self, feed: Feed, call: DataCall) -> str:
        """The reshape that fits."""
        declared = feed.declared.shape
        assert isinstance(declared, Shape)
        sizes = ", ".join(map(str, declared[1:]))
        return f": the samples have the right number of values; reshape(-1, {sizes}) fits"

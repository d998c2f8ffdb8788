"""FL205: the input shape of a model begins with the number of samples."""

from __future__ import annotations

from flatlint.graph import DataCall, Feed
from flatlint.rules.data.causes import Cause
from flatlint.rules.data.refused_feed import RefusedFeedRule, as_batch
from flatlint.shapes import Shape


class SampleCountInInputShape(RefusedFeedRule):
    """The input shape of a model holds the number of samples.

    `input_shape` is the shape of **one** sample; Keras puts the batch axis in front of it by
    itself. With `input_shape=X.shape` for 1000 samples of 20 features the model wants
    `(None, 1000, 20)`: batches of tables of 1000 rows. `X.shape[1:]` is what was meant.

    Bad:
        import numpy as np
        from keras import Input, Model
        from keras.layers import Dense

        X, y = np.zeros((1000, 20)), np.zeros((1000, 1))
        inputs = Input(shape=X.shape)
        model = Model(inputs, Dense(1)(Dense(8)(inputs)))
        model.compile("adam", "mse")
        model.fit(X, y)  # finding

    Good:
        import numpy as np
        from keras import Input, Model
        from keras.layers import Dense

        X, y = np.zeros((1000, 20)), np.zeros((1000, 1))
        inputs = Input(shape=X.shape[1:])
        model = Model(inputs, Dense(1)(Dense(8)(inputs)))
        model.compile("adam", "mse")
        model.fit(X, y)
    """

    code = "FL205"
    cause = Cause.SAMPLE_COUNT

    def explain(self, feed: Feed, call: DataCall) -> str:
        """The sample count, and the shape of one sample."""
        data = feed.data.shape
        assert isinstance(data, Shape)
        if data.rank == 1:
            return (
                f": {data[0]} samples of one number each are shape ({data[0]}, 1) for an input "
                f"shape of (1,); if these are the {data[0]} numbers of one sample, "
                f"{as_batch(feed, call)}"
            )
        return (
            f": its input shape holds the number of samples, {data[0]}; one sample has the shape "
            f"{Shape(data[1:])}"
        )

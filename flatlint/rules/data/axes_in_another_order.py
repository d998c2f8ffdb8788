"""FL204: the axes of the data stand in another order than those of the model's input."""

from __future__ import annotations

from itertools import permutations

from flatlint.graph import DataCall, Feed
from flatlint.rules.data.causes import Cause
from flatlint.rules.data.refused_feed import RefusedFeedRule
from flatlint.shapes import Shape


class AxesInAnotherOrder(RefusedFeedRule):
    """Data has the sizes of the model's input in another order.

    A table of `(features, samples)` where Keras wants `(samples, features)`, images of
    `(samples, channels, height, width)` for layers that take the channels last, series of
    `(samples, features, steps)`: the sizes prove that only the order is wrong. `reshape` would
    make the shape right and mix the values up; `transpose` moves the axes.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Conv2D, Flatten, Dense

        model = Sequential([Input((32, 32, 3)), Conv2D(8, 3), Flatten(), Dense(1)])
        images = np.zeros((50, 3, 32, 32))
        model.predict(images)  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Conv2D, Flatten, Dense

        model = Sequential([Input((32, 32, 3)), Conv2D(8, 3), Flatten(), Dense(1)])
        images = np.zeros((50, 3, 32, 32))
        model.predict(images.transpose(0, 2, 3, 1))
    """

    code = "FL204"
    cause = Cause.ORDER

    def explain(self, feed: Feed, call: DataCall) -> str:
        """The order that would fit."""
        data, declared = feed.data.shape, feed.declared.shape
        assert isinstance(data, Shape) and isinstance(declared, Shape)
        if declared.rank == 2:
            return (
                f": the {declared[1]} features stand along the first axis, where the samples "
                f"belong; transposed it is {Shape((data[1], data[0]))}"
            )
        order = next(
            order
            for order in permutations(range(1, data.rank))
            if tuple(data[axis] for axis in order) == declared[1:]
        )
        fitting = Shape((data[0], *declared[1:]))
        axes = ", ".join(map(str, (0, *order)))
        return f": the axes stand in another order; transposed by ({axes}) it is {fitting}"

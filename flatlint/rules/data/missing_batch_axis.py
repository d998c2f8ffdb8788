"""FL202: a single sample is given without its batch axis."""

from __future__ import annotations

from flatlint.graph import DataCall, Feed
from flatlint.rules.data.call_arguments import expanded
from flatlint.rules.data.causes import Cause
from flatlint.rules.data.refused_feed import RefusedFeedRule, as_batch
from flatlint.rules.edits import NodeFix


class MissingBatchAxis(RefusedFeedRule):
    """A single sample is given to a model as if it were a batch.

    A model always takes a batch: its first axis counts the samples, even if there is only one.
    An image of shape `(28, 28, 1)` is a batch of one as `(1, 28, 28, 1)`. Without that axis Keras
    takes the first axis of the sample for the batch, and the rest does not fit.

    Bad:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(2)])
        model.predict(np.array([5.1, 3.5, 1.4, 0.2]))  # finding

    Good:
        import numpy as np
        from keras import Input, Sequential
        from keras.layers import Dense

        model = Sequential([Input((4,)), Dense(2)])
        model.predict(np.array([[5.1, 3.5, 1.4, 0.2]]))
    """

    code = "FL202"
    cause = Cause.BATCH_AXIS

    def explain(self, feed: Feed, call: DataCall) -> str:
        """One sample, and how it looks as a batch."""
        return f": this is one sample without its batch axis; {as_batch(feed, call)}"

    def fix(self, feed: Feed, call: DataCall) -> NodeFix | None:
        """`np.expand_dims(x, 0)` at the call."""
        return expanded(feed, call, 0)

"""Numbers in a row, as many as two bounds say."""

from __future__ import annotations

from flatlint.evaluation.base import Arguments, Interpreter, models
from flatlint.evaluation.libraries import call_model, model_of
from flatlint.evaluation.values import Value
from flatlint.graph import Tensor, Unknown, WhyUnknown
from flatlint.shapes import OPEN, UNFIXED, Shape


@models("keras.ops.arange", "keras.ops.numpy.arange", "keras.backend.arange")
def range_(
    run: Interpreter,
    start: Value = 0,
    stop: Value = ...,
    delta: Value = 1,
    dtype: Value = None,
    limit: Value = ...,
    step: Value = 1,
    name: Value = None,
) -> Value:
    """Numbers in a row; as many as an open axis has, the row is open too."""
    end = limit if limit is not ... else stop
    first, last = (0, start) if end is ... else (start, end)
    if last is None or isinstance(last, Unknown):
        return Tensor(Shape((OPEN,) if last is None else (UNFIXED,)), dtype="int32")
    model = model_of("numpy.arange")
    if model is None:
        return run.unknown(WhyUnknown.NOT_MODELLED, "a range")
    by = delta if delta != 1 else step
    return call_model(run, model, "range", Arguments((first, last, by)))

"""`TimeseriesGenerator`: windows of the rows of a series, and the row behind each."""

from __future__ import annotations

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Made, Unknown
from flatlint.graph.dataset import Dataset
from flatlint.shapes import UNFIXED, Dim, Shape
from flatlint.shapes.windows import strided


@models("keras.preprocessing.sequence.TimeseriesGenerator",
        "keras.legacy.preprocessing.sequence.TimeseriesGenerator",
        "keras_preprocessing.sequence.TimeseriesGenerator",
        "keras.utils.TimeseriesGenerator")  # fmt: skip
def timeseries_generator(
    run: Interpreter,
    data: Value,
    targets: Value,
    length: Value,
    sampling_rate: Value = 1,
    *_: Value,
    **__: Value,
) -> Value:
    """Batches of `(samples, length / sampling_rate, …)`.

    Source: `__getitem__` in tf_keras/src/preprocessing/sequence.py.
    """
    from flatlint.evaluation.libraries.numpy.reading import array_of, size_of

    series, goals = array_of(run, data), array_of(run, targets)
    steps: Dim = size_of(length) or UNFIXED
    if sampling_rate != 1:
        is_known = isinstance(sampling_rate, int) and sampling_rate > 0
        steps = strided(steps, 1, sampling_rate, "same") if is_known else UNFIXED  # type: ignore[arg-type]
    made = Made("TimeseriesGenerator", run.here, (series,))
    return Dataset((_batch(series, (steps,), made), _batch(goals, (), made)), made=made)


def _batch(array: Array, steps: tuple[Dim, ...], made: Made) -> Array:
    shape: Shape | Unknown = array.shape
    if isinstance(shape, Shape):
        shape = Shape((UNFIXED, *steps, *shape[1:]))
    return Array(shape, array.dtype, made=made)

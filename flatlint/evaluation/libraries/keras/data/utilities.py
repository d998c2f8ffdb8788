"""Labels and sequences made ready for a model: one-hot labels, padding, normalisation."""

from __future__ import annotations

from typing import Any

from flatlint.catalogue.eras import Era
from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.values import Many, Value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Expression, Shape

UTILS = ("keras.utils", "keras.utils.np_utils", "keras.utils.all_utils")


@models(*(f"{home}.to_categorical" for home in UTILS), "keras.np_utils.to_categorical")
def to_categorical(
    run: Interpreter,
    y: Value = ...,
    num_classes: Value = None,
    dtype: Value = None,
    x: Value = ...,
    nb_classes: Value = None,
) -> Value:
    """One column for each class behind the axes of the labels, a last axis of 1 left out.

    Source: keras/src/utils/numerical_utils.py and tf_keras/src/utils/np_utils.py, which agree on
    shapes; Keras 1 and the first releases of Keras 2 flatten labels of several axes.
    """
    from flatlint.evaluation.libraries.numpy.arrays import array_with
    from flatlint.evaluation.libraries.numpy.element_types import dtype_of
    from flatlint.evaluation.libraries.numpy.reading import array_of, size_of

    labels = array_of(run, y if y is not ... else x)
    wanted = num_classes if num_classes is not None else nb_classes
    classes: Dim | None = _classes_in(labels) if wanted is None else size_of(wanted)
    kind = _type_of_one_hot(run, labels) if dtype is None else dtype_of(run, dtype)
    shape: Shape | Unknown = labels.shape
    if isinstance(shape, Shape):
        axes = shape.dims
        if len(axes) > 1 and axes[-1] == 1:
            axes = axes[:-1]
        elif len(axes) > 1 and not isinstance(axes[-1], int):
            # A last axis of one column, or of several: the rank of the answer hangs on it.
            shape = run.unknown(WhyUnknown.ARGUMENT, "whether the labels have one column")
        if isinstance(shape, Shape):
            shape = Shape((*axes, UNFIXED if classes is None else classes))
    if isinstance(classes, int) and _surely_reaches(labels, classes):
        text = f"index {labels.high:.0f} is out of bounds for axis 1 with size {classes}"
        shape = run.unknown(WhyUnknown.REFUSED_BY_NUMPY, text)
    return array_with(run, shape, kind, "to_categorical", [labels], (0, 1))


def _classes_in(labels: Array) -> Dim:
    """One more than the largest label, where the program shows that it occurs."""
    from flatlint.evaluation.libraries.numpy.arrays import is_dense

    if labels.high is None or not (labels.values is not None or is_dense(labels)):
        return UNFIXED
    return int(labels.high) + 1


def _surely_reaches(labels: Array, classes: int) -> bool:
    counted = _classes_in(labels)
    return isinstance(counted, int) and counted > classes


def _type_of_one_hot(run: Interpreter, labels: Array) -> str | None:
    """`float32` in Keras 2; numpy's own `float64` before and after it."""
    if labels.library == "tensorflow":
        return "float32"
    kinds = {"float32" if era is Era.KERAS_2 else "float64" for era in run.eras}
    return kinds.pop() if len(kinds) == 1 else None


@models(*(f"{home}.normalize" for home in UTILS))
def normalize(run: Interpreter, x: Value, axis: Value = -1, order: Value = 2, **_: Value) -> Value:
    """Rows divided by their length; a bare row comes back as a matrix of one row."""
    from flatlint.evaluation.libraries.numpy.arrays import array_with
    from flatlint.evaluation.libraries.numpy.reading import array_of

    array = array_of(run, x)
    shape = array.shape
    if isinstance(shape, Shape) and shape.rank == 1:
        shape = Shape((1, *shape.dims))
    kind = array.dtype
    if kind is not None and not kind.startswith("float"):
        kind = "float64"
    return array_with(run, shape, kind, "normalize", [array])


@models(*(f"{home}.categorical_probas_to_classes" for home in UTILS), *(
    f"{home}.probas_to_classes" for home in UTILS))  # fmt: skip
def probas_to_classes(run: Interpreter, p: Value) -> Value:
    """The most likely class of each row, in Keras 1."""
    from flatlint.evaluation.libraries.numpy.arrays import array_with
    from flatlint.evaluation.libraries.numpy.reading import array_of

    array = array_of(run, p)
    shape = array.shape
    if isinstance(shape, Shape):
        shape = Shape(shape.dims[:1])
    return array_with(run, shape, "int64", "probas_to_classes", [array])


PADDING = ("keras.preprocessing.sequence", "keras.utils", "keras.utils.data_utils",
           "keras_preprocessing.sequence", "keras.utils.sequence_utils")  # fmt: skip


@models(*(f"{home}.pad_sequences" for home in PADDING))
def pad_sequences(
    run: Interpreter,
    sequences: Value,
    maxlen: Value = None,
    dtype: Value = "int32",
    padding: Value = "pre",
    truncating: Value = "pre",
    value: Value = 0.0,
) -> Value:
    """Rows of one length: `maxlen`, or that of the longest."""
    from flatlint.evaluation.libraries.numpy.arrays import array_of_values, array_with
    from flatlint.evaluation.libraries.numpy.element_types import dtype_of
    from flatlint.evaluation.libraries.numpy.reading import size_of

    kind = dtype_of(run, dtype)
    rows = _rows_of(run, sequences)
    if isinstance(rows, Unknown):
        return array_with(run, rows, kind, "pad_sequences")
    whole, count, longest, inner = rows
    length: Dim = longest if maxlen is None else (size_of(maxlen) or UNFIXED)
    if whole is not None and isinstance(length, int) and kind in ("int32", "int64"):
        values = _padded(whole, length, kind, padding, truncating, value)
        if values is not None:
            return array_of_values(run, values, "pad_sequences")
    shape = Shape((count, length, *inner))
    source = run.object_at(sequences)
    sources = [source] if isinstance(source, Array) else []
    low, high = _bounds_of(run, sequences)
    fill = value if isinstance(value, int | float) else None
    if low is None or high is None or fill is None:
        return array_with(run, shape, kind, "pad_sequences", sources)
    bounds = (min(low, fill), max(high, fill))
    return array_with(run, shape, kind, "pad_sequences", sources, bounds)


def _rows_of(
    run: Interpreter, sequences: Value
) -> tuple[list[list[int]] | None, Dim, Dim, tuple[Dim, ...]] | Unknown:
    """The rows themselves if known, how many, how long the longest is, the axes of one step."""
    found = run.object_at(sequences)
    if isinstance(found, Unknown):
        return found
    if isinstance(found, Array):
        if isinstance(found.shape, Unknown):
            return found.shape
        if found.shape.rank == 1 and found.dtype == "object":
            return None, found.shape[0], UNFIXED, ()
        if found.shape.rank < 2:
            return run.unknown(WhyUnknown.ARGUMENT, "sequences that are no rows")
        return None, found.shape[0], found.shape[1], found.shape[2:]
    items, rest = elements(run, found)
    count: Dim = len(items) if rest is None else UNFIXED
    if isinstance(found, Many):
        count = found.length
    parts = items if rest is None else [*items, rest]
    return _of_items(run, parts, count, is_whole=rest is None)


def _of_items(
    run: Interpreter, parts: list[Value], count: Dim, is_whole: bool
) -> tuple[list[list[int]] | None, Dim, Dim, tuple[Dim, ...]] | Unknown:
    from flatlint.evaluation.libraries.numpy.reading import array_of

    arrays = [array_of(run, part) for part in parts]
    inner: tuple[Dim, ...] | None = None
    lengths: list[Dim] = []
    for array in arrays:
        if isinstance(array.shape, Unknown):
            return array.shape
        is_open = array.dtype == "object" and array.shape.rank == 0
        if not array.shape.rank and not is_open:
            return run.unknown(WhyUnknown.ARGUMENT, "sequences that are no rows")
        axes: tuple[Dim, ...] = (UNFIXED,) if is_open else array.shape.dims
        lengths.append(axes[0])
        if axes[0] != 0:
            inner = axes[1:] if inner is None else inner
    if not arrays:
        return run.unknown(WhyUnknown.ARGUMENT, "the elements of a list")
    known = [length for length in lengths if isinstance(length, int)]
    longest: Dim = max(known) if len(known) == len(lengths) and is_whole else UNFIXED
    if not is_whole and len(set(lengths)) == 1 and isinstance(lengths[0], Expression):
        longest = lengths[0]
    whole = None
    if is_whole and all(a.values is not None and a.values.ndim == 1 for a in arrays):
        whole = [array.values.tolist() for array in arrays]
    return whole, count, longest, inner or ()


def _padded(
    rows: list[list[int]], length: int, kind: str, padding: Value, truncating: Value, fill: Value
) -> Any:
    """The padded rows, if they are few."""
    import numpy as np

    from flatlint.evaluation.bounds import MAX_VALUES

    if len(rows) * length > MAX_VALUES or not isinstance(fill, int | float) or length <= 0:
        return None
    if any(not isinstance(number, int) for row in rows for number in row):
        return None
    values = np.full((len(rows), length), fill, kind)
    for number, row in enumerate(rows):
        kept = row[-length:] if truncating == "pre" else row[:length]
        if kept and padding == "post":
            values[number, : len(kept)] = kept
        elif kept:
            values[number, -len(kept) :] = kept
    return values


def _bounds_of(run: Interpreter, sequences: Value) -> tuple[float | None, float | None]:
    """The least and the greatest number in the sequences."""
    from flatlint.evaluation.libraries.numpy.arrays import bounds_of
    from flatlint.evaluation.libraries.numpy.reading import array_of

    found = run.object_at(sequences)
    if isinstance(found, Array):
        return found.low, found.high
    items, rest = elements(run, found)
    parts = items if rest is None else [*items, rest]
    return bounds_of([array_of(run, part) for part in parts]) if parts else (None, None)


@models(
    "keras.preprocessing.sequence.skipgrams", "keras.preprocessing.sequence.make_sampling_table"
)
def sampling(run: Interpreter, *_: Value, **__: Value) -> Value:
    """Pairs of words by chance."""
    return run.unknown(WhyUnknown.NOT_MODELLED, "skip-grams")


@models("keras.utils.get_file", "keras.utils.data_utils.get_file")
def get_file(run: Interpreter, fname: Value = None, *_: Value, **__: Value) -> Value:
    """The path of a downloaded file."""
    return run.unknown(
        WhyUnknown.FROM_OUTSIDE, f"`{fname}`" if isinstance(fname, str) else "a file"
    )

"""Classes as numbers and numbers as columns: `LabelEncoder`, `LabelBinarizer`, `OneHotEncoder`."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from flatlint.evaluation.base import Interpreter, attribute, method, models
from flatlint.evaluation.libraries.numpy.arrays import array_of_values, array_with, is_dense
from flatlint.evaluation.libraries.numpy.element_types import dtype_of
from flatlint.evaluation.libraries.numpy.reading import array_of
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Shape

HOMES = ("sklearn.preprocessing", "sklearn.preprocessing.label", "sklearn.preprocessing.data")


@dataclass(frozen=True, eq=False)
class Encoder:
    """An encoder, and the classes that it was fitted on: how many, and which if that is known."""

    name: str
    dtype: str | None = None
    is_sparse: bool = False
    is_whole: bool = True
    """Whether every class gets a column."""
    count: Dim = UNFIXED
    classes: Array | None = None

    def joined(self, other: Encoder) -> Encoder:
        """What two branches may have made of it."""
        if self is other:
            return self
        return Encoder(self.name, None, self.is_sparse, is_whole=False)


@dataclass(frozen=True, eq=False)
class Sparse:
    """A sparse matrix of scipy's, which `toarray` makes an array."""

    array: Array


def _at(name: str) -> list[str]:
    return [f"{home}.{name}" for home in HOMES]


@models(*_at("LabelEncoder"))
def label_encoder(run: Interpreter) -> Value:
    """Classes as numbers from 0."""
    return run.allocate(Encoder("LabelEncoder", "int64"))


@models(*_at("LabelBinarizer"))
def label_binarizer(
    run: Interpreter, neg_label: Value = 0, pos_label: Value = 1, sparse_output: Value = False
) -> Value:
    """A column for each class; two classes share one."""
    return run.allocate(Encoder("LabelBinarizer", "int64", is_sparse=sparse_output is not False))


@models(*_at("OneHotEncoder"))
def one_hot_encoder(
    run: Interpreter,
    *,
    sparse: Value = None,
    sparse_output: Value = None,
    drop: Value = None,
    dtype: Value = None,
    categories: Value = "auto",
    n_values: Value = "auto",
    **options: Value,
) -> Value:
    """A column for each value of each column; sparse unless the call says otherwise."""
    is_sparse = (sparse_output if sparse_output is not None else sparse) is not False
    is_whole = drop is None and categories == "auto" and n_values == "auto" and not (
        {"min_frequency", "max_categories", "categorical_features"} & options.keys()
    )  # fmt: skip
    kind = "float64" if dtype is None else dtype_of(run, dtype)
    return run.allocate(Encoder("OneHotEncoder", kind, is_sparse, is_whole))


def _learned(run: Interpreter, ref: Ref, array: Array) -> Encoder:
    held = run.object_at(ref)
    assert isinstance(held, Encoder)
    if held.name == "OneHotEncoder":
        held = replace(held, count=_columns(array) if held.is_whole else UNFIXED)
    else:
        classes = _different(run, array)
        count = classes.shape[0] if isinstance(classes.shape, Shape) else UNFIXED
        held = replace(held, count=count, classes=classes)
    run.state.replace(ref, held)
    return held


def _columns(array: Array) -> Dim:
    """How many different values the columns have in all."""
    if array.values is not None and array.values.ndim == 2:
        return sum(len(set(column.tolist())) for column in array.values.T)
    is_column = isinstance(array.shape, Shape) and array.shape.rank == 2 and array.shape[1] == 1
    return _count(array) if is_column else UNFIXED


def _count(array: Array) -> Dim:
    """How many different whole numbers surely occur."""
    if is_dense(array) and array.low is not None and array.high is not None:
        return int(array.high - array.low) + 1
    return UNFIXED


def _different(run: Interpreter, array: Array) -> Array:
    if array.values is not None:
        return array_of_values(run, np.unique(array.values), "classes_", [array])
    return array_with(run, Shape((_count(array),)), array.dtype, "classes_", [array])


@method(Encoder, "fit", "partial_fit")
def fit(run: Interpreter, ref: Ref, y: Value, *_: Value) -> Value:
    """Learns the classes."""
    _learned(run, ref, array_of(run, y))
    return ref


@method(Encoder, "fit_transform")
def fit_transform(run: Interpreter, ref: Ref, y: Value, *_: Value) -> Value:
    """Learns the classes and encodes."""
    array = array_of(run, y)
    return _encoded(run, _learned(run, ref, array), array)


@method(Encoder, "transform")
def transform(run: Interpreter, ref: Ref, y: Value) -> Value:
    """Encodes."""
    held = run.object_at(ref)
    assert isinstance(held, Encoder)
    return _encoded(run, held, array_of(run, y))


def _encoded(run: Interpreter, held: Encoder, array: Array) -> Value:
    if held.name == "LabelEncoder":
        return _numbered(run, held, array)
    shape = _encoded_shape(run, held, array)
    result = replace(
        array_with(run, shape, held.dtype, held.name, [array], (0, 1)), library="numpy"
    )
    return Sparse(result) if held.is_sparse else result


def _encoded_shape(run: Interpreter, held: Encoder, array: Array) -> Shape | Unknown:
    samples: Dim = UNFIXED
    if isinstance(array.shape, Shape) and array.shape.rank:
        samples = array.shape[0]
        wanted = 2 if held.name == "OneHotEncoder" else 1
        if array.shape.rank != wanted and held.name == "OneHotEncoder":
            text = f"expected 2D array, got an array of shape {array.shape} instead"
            return run.unknown(WhyUnknown.ARGUMENT, text)
        if array.shape.rank == 2 and wanted == 1 and array.shape[1] != 1:
            return Shape((samples, array.shape[1]))
    columns = held.count
    if held.name == "LabelBinarizer" and columns == 2:
        columns = 1
    return Shape((samples, columns))


def _numbered(run: Interpreter, held: Encoder, array: Array) -> Value:
    classes = held.classes
    if classes is not None and classes.values is not None and array.values is not None:
        values = np.searchsorted(classes.values, array.values.ravel())
        return array_of_values(run, values, "LabelEncoder", [array])
    shape: Shape | Unknown = Shape((UNFIXED,))
    if isinstance(array.shape, Shape) and array.shape.rank:
        shape = Shape((array.shape[0],))
    high = held.count - 1 if isinstance(held.count, int) else None
    bounds = (0, high) if high is not None else (None, None)
    return replace(
        array_with(run, shape, "int64", "LabelEncoder", [array], bounds), library="numpy"
    )


@method(Encoder, "inverse_transform")
def inverse_transform(run: Interpreter, ref: Ref, y: Value) -> Value:
    """The classes again."""
    held = run.object_at(ref)
    assert isinstance(held, Encoder)
    array = array_of(run, y)
    if held.name == "OneHotEncoder" or not isinstance(array.shape, Shape) or not array.shape.rank:
        return run.unknown(WhyUnknown.ARGUMENT, "the classes of an encoder")
    kind = held.classes.dtype if held.classes is not None else None
    return array_with(run, Shape((array.shape[0],)), kind, "inverse_transform", [array])


@attribute(Encoder, "classes_")
def classes(run: Interpreter, ref: Ref) -> Value:
    """The classes in order."""
    held = run.object_at(ref)
    assert isinstance(held, Encoder)
    if held.name == "OneHotEncoder" or held.classes is None:
        return run.unknown(WhyUnknown.ARGUMENT, "the classes of an encoder")
    return held.classes


@method(Sparse, "toarray", "todense")
def toarray(run: Interpreter, sparse: Sparse) -> Value:
    """The matrix as an array."""
    return sparse.array


@attribute(Sparse, "shape")
def shape_of_sparse(run: Interpreter, sparse: Sparse) -> Value:
    """Rows and columns."""
    return run.attribute(sparse.array, "shape", run.here.node)

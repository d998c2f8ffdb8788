"""Scalers and projections: `fit`, `transform`, `fit_transform`, `inverse_transform`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flatlint.evaluation.base import Interpreter, method, models
from flatlint.evaluation.libraries.numpy.arrays import array_with
from flatlint.evaluation.libraries.numpy.reading import array_of, size_of
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Shape

SCALERS = ("StandardScaler", "MinMaxScaler", "MaxAbsScaler", "RobustScaler", "Normalizer",
           "PowerTransformer", "QuantileTransformer", "Binarizer")  # fmt: skip
PROJECTIONS = ("PCA", "TruncatedSVD", "KernelPCA", "FastICA", "NMF", "IncrementalPCA")


@dataclass(frozen=True)
class Scaler:
    """Something that changes numbers and no shape."""

    name: str


@dataclass(frozen=True)
class Projection:
    """Something that changes the number of columns."""

    name: str
    columns: Dim
    fitted_on: Dim = UNFIXED

    def joined(self, other: Projection) -> Projection:
        """What two branches may have made of it."""
        columns = self.columns if self.columns == other.columns else UNFIXED
        return Projection(self.name, columns)


def _scaler(name: str) -> None:
    @models(f"sklearn.preprocessing.{name}", f"sklearn.preprocessing.data.{name}")
    def make(run: Interpreter, *_: Value, **__: Value) -> Value:
        return Scaler(name)


for _name in SCALERS:
    _scaler(_name)


def _projection(name: str) -> None:
    @models(f"sklearn.decomposition.{name}")
    def make(run: Interpreter, n_components: Value = None, *_: Value, **__: Value) -> Value:
        # A fraction asks for as many columns as explain so much of the variance.
        is_count = isinstance(n_components, int) and not isinstance(n_components, bool)
        size = size_of(n_components) if is_count else UNFIXED
        return run.allocate(Projection(name, UNFIXED if size is None else size))


for _name in PROJECTIONS:
    _projection(_name)


@models("sklearn.preprocessing.scale", "sklearn.preprocessing.minmax_scale",
        "sklearn.preprocessing.normalize", "sklearn.preprocessing.robust_scale",
        "sklearn.preprocessing.maxabs_scale")  # fmt: skip
def scaled(run: Interpreter, X: Value, *_: Value, **__: Value) -> Value:  # noqa: N803
    """The same numbers on another scale."""
    return _floats(run, X, "scale")


def _floats(run: Interpreter, value: Value, what: str) -> Array:
    array = array_of(run, value)
    kind = "float32" if array.dtype == "float32" else "float64"
    # Tables go in, arrays come out.
    result = array_with(run, array.shape, kind if array.dtype else None, what, [array])
    return replace(result, library="numpy")


@method(Scaler, "fit", "partial_fit")
def fit_scaler(run: Interpreter, scaler: Scaler, X: Value, *_: Value) -> Value:  # noqa: N803
    """Learns the scale; the scaler itself comes back."""
    return scaler


@method(Scaler, "fit_transform", "transform", "inverse_transform")
def transform(run: Interpreter, scaler: Scaler, X: Value, *_: Value, **__: Value) -> Value:  # noqa: N803
    """The data on another scale; all scalers want two axes."""
    result = _floats(run, X, scaler.name)
    if isinstance(result.shape, Shape) and result.shape.rank != 2:
        text = f"expected 2D array, got an array of shape {result.shape} instead"
        return replace(result, shape=run.unknown(WhyUnknown.ARGUMENT, text))
    return result


@method(Projection, "fit")
def fit_projection(run: Interpreter, ref: Ref, X: Value, *_: Value) -> Value:  # noqa: N803
    """Learns the directions."""
    _learn(run, ref, array_of(run, X))
    return ref


def _learn(run: Interpreter, ref: Ref, array: Array) -> None:
    held = run.object_at(ref)
    assert isinstance(held, Projection)
    columns: Dim = UNFIXED
    if isinstance(array.shape, Shape) and array.shape.rank == 2:
        columns = array.shape[1]
    run.state.replace(ref, replace(held, fitted_on=columns))


@method(Projection, "fit_transform")
def fit_project(run: Interpreter, ref: Ref, X: Value, *_: Value) -> Value:  # noqa: N803
    """Learns the directions and projects."""
    _learn(run, ref, array_of(run, X))
    return project(run, ref, X)


@method(Projection, "transform")
def project(run: Interpreter, ref: Ref, X: Value) -> Value:  # noqa: N803
    """As many columns as there are components."""
    held = run.object_at(ref)
    assert isinstance(held, Projection)
    return _with_columns(run, array_of(run, X), held.columns, held.name)


@method(Projection, "inverse_transform")
def project_back(run: Interpreter, ref: Ref, X: Value) -> Value:  # noqa: N803
    """As many columns as it was fitted on."""
    held = run.object_at(ref)
    assert isinstance(held, Projection)
    return _with_columns(run, array_of(run, X), held.fitted_on, held.name)


def _with_columns(run: Interpreter, array: Array, columns: Dim, what: str) -> Array:
    shape: Shape | Unknown = array.shape
    if isinstance(shape, Shape):
        shape = Shape((shape[0] if shape.rank else UNFIXED, columns))
    else:
        # Projections take tables and give tables.
        shape = Shape((UNFIXED, columns))
    kind = "float32" if array.dtype == "float32" else "float64"
    result = array_with(run, shape, kind if array.dtype else None, what, [array])
    return replace(result, library="numpy")

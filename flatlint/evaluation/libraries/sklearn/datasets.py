"""The data sets that come with scikit-learn, and those that it makes.

Source: each loader's page at https://scikit-learn.org/stable/datasets.html; held against the
library by the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flatlint.evaluation.base import Interpreter, attribute, method, models
from flatlint.evaluation.libraries.numpy.arrays import array_with
from flatlint.evaluation.libraries.numpy.reading import array_of, size_of
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Value
from flatlint.graph import Array, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Shape


@dataclass(frozen=True)
class Bundled:
    """A data set: samples, features, the range of its targets, their type and names."""

    samples: int
    features: int
    data: tuple[float, float] | tuple[None, None]
    target: tuple[float, float] | tuple[None, None]
    names: tuple[str, ...] = ()
    targets: int = 0
    """Columns of the targets; 0 for a single row of numbers."""
    is_fetched: bool = False


DIGITS = tuple(map(str, range(10)))
BUNDLED: dict[str, Bundled] = {
    "load_iris": Bundled(150, 4, (0.1, 7.9), (0, 2), ("setosa", "versicolor", "virginica")),
    "load_digits": Bundled(1797, 64, (0, 16), (0, 9), DIGITS),
    "load_wine": Bundled(178, 13, (0.13, 1680), (0, 2), ("class_0", "class_1", "class_2")),
    "load_breast_cancer": Bundled(569, 30, (0, 4254), (0, 1), ("malignant", "benign")),
    "load_diabetes": Bundled(442, 10, (-0.14, 0.2), (25, 346)),
    "load_linnerud": Bundled(20, 3, (1, 251), (31, 247), targets=3),
    "load_boston": Bundled(506, 13, (None, None), (5, 50)),
    "fetch_california_housing": Bundled(20640, 8, (None, None), (None, None)),
}


@dataclass(frozen=True, eq=False)
class Bunch:
    """What a loader returns: arrays by name, as attributes and as items."""

    parts: dict[str, Value] = field(default_factory=dict)


def _loader(name: str, bundled: Bundled) -> None:
    @models(f"sklearn.datasets.{name}", f"sklearn.datasets.base.{name}")
    def load(
        run: Interpreter,
        *given: Value,
        return_X_y: Value = False,  # noqa: N803 - the library's own name
        as_frame: Value = False,
        **options: Value,
    ) -> Value:
        if name == "load_digits" and (given or "n_class" in options):
            return run.unknown(WhyUnknown.NOT_MODELLED, "some of the digits")
        data, target = _arrays(run, name, bundled, is_frame=as_frame is True)
        if return_X_y is True:
            return data, target
        parts: dict[str, Value] = {"data": data, "target": target}
        if bundled.names:
            parts["target_names"] = array_of(run, bundled.names)
        if name == "load_digits":
            parts["images"] = array_with(run, Shape((1797, 8, 8)), "float64", name)
        return Bunch(parts)


def _arrays(run: Interpreter, name: str, bundled: Bundled, is_frame: bool) -> tuple[Value, Value]:
    from dataclasses import replace

    columns = (bundled.targets,) if bundled.targets else ()
    kind = "int64" if bundled.names else "float64"
    shape = Shape((bundled.samples, bundled.features))
    data = array_with(run, shape, "float64", name, bounds=bundled.data)
    of_target = Shape((bundled.samples, *columns))
    target = array_with(run, of_target, kind, name, bounds=bundled.target)
    if is_frame:
        return replace(data, library="pandas"), replace(target, library="pandas")
    return data, target


for _name, _bundled in BUNDLED.items():
    _loader(_name, _bundled)


def _part(name: str) -> None:
    @attribute(Bunch, name)
    def part(run: Interpreter, bunch: Bunch) -> Value:
        if name in bunch.parts:
            return bunch.parts[name]
        return run.unknown(WhyUnknown.NOT_MODELLED, f"`.{name}` of a data set")


for _name in ("data", "target", "images", "target_names", "feature_names", "DESCR", "frame"):
    _part(_name)


@method(Bunch, "__getitem__")
def item(run: Interpreter, bunch: Bunch, key: Value) -> Value:
    """`bunch["data"]`."""
    if isinstance(key, str) and key in bunch.parts:
        return bunch.parts[key]
    return run.unknown(WhyUnknown.NOT_MODELLED, f"the part `{key}` of a data set")


# --- made up -----------------------------------------------------------------------------------


def _size(value: Value, default: Dim) -> Dim:
    if value is None:
        return default
    size = size_of(value)
    return UNFIXED if size is None else size


def _pair(
    run: Interpreter,
    name: str,
    axes: Sequence[Dim],
    targets: Sequence[Dim],
    kind: str,
    classes: Dim | None = None,
) -> tuple[Array, Array]:
    data = array_with(run, Shape(tuple(axes)), "float64", name)
    bounds = (0, classes - 1) if isinstance(classes, int) else (None, None)
    return data, array_with(run, Shape(tuple(targets)), kind, name, bounds=bounds)


HOMES = ("sklearn.datasets", "sklearn.datasets.samples_generator")


def _at(name: str) -> list[str]:
    return [f"{home}.{name}" for home in HOMES]


@models(*_at("make_classification"))
def make_classification(
    run: Interpreter,
    n_samples: Value = 100,
    n_features: Value = 20,
    *,
    n_classes: Value = 2,
    **_: Value,
) -> Value:
    """Features and classes."""
    samples = _size(n_samples, 100)
    axes = (samples, _size(n_features, 20))
    return _pair(run, "make_classification", axes, (samples,), "int64", _size(n_classes, 2))


@models(*_at("make_regression"))
def make_regression(
    run: Interpreter,
    n_samples: Value = 100,
    n_features: Value = 100,
    *,
    n_targets: Value = 1,
    coef: Value = False,
    **_: Value,
) -> Value:
    """Features and numbers, one for each sample unless there are several targets."""
    samples, targets = _size(n_samples, 100), _size(n_targets, 1)
    if coef is not False or not isinstance(targets, int):
        return run.unknown(WhyUnknown.NOT_MODELLED, "make_regression with these arguments")
    axes = (samples, _size(n_features, 100))
    columns = (targets,) if targets != 1 else ()
    return _pair(run, "make_regression", axes, (samples, *columns), "float64")


@models(*_at("make_blobs"))
def make_blobs(
    run: Interpreter,
    n_samples: Value = 100,
    n_features: Value = 2,
    *,
    centers: Value = None,
    return_centers: Value = False,
    **_: Value,
) -> Value:
    """Points around some centres: three, unless the call names others."""
    found = run.object_at(n_samples)
    if return_centers is not False or isinstance(found, tuple | ListObject):
        return run.unknown(WhyUnknown.NOT_MODELLED, "make_blobs with these arguments")
    samples, features = _size(found, 100), _size(n_features, 2)
    classes: Dim = _size(centers, 3)
    given = run.object_at(centers)
    if isinstance(given, tuple | ListObject | Array):
        places = array_of(run, given)
        classes = features = UNFIXED
        if isinstance(places.shape, Shape) and places.shape.rank == 2:
            classes, features = places.shape.dims
    return _pair(run, "make_blobs", (samples, features), (samples,), "int64", classes)


def _plane(name: str) -> None:
    @models(*_at(name))
    def make(run: Interpreter, n_samples: Value = 100, *_: Value, **__: Value) -> Value:
        found = run.object_at(n_samples)
        if isinstance(found, tuple) and len(found) == 2:
            sizes = [_size(part, 0) for part in found]
            samples = sizes[0] + sizes[1]
        else:
            samples = _size(found, 100)
        return _pair(run, name, (samples, 2), (samples,), "int64", 2)


for _name in ("make_moons", "make_circles"):
    _plane(_name)


@models(*_at("make_multilabel_classification"))
def make_multilabel_classification(
    run: Interpreter,
    n_samples: Value = 100,
    n_features: Value = 20,
    *,
    n_classes: Value = 5,
    random_state: Value = None,
    n_labels: Value = 2,
    allow_unlabeled: Value = True,
) -> Value:
    """Features, and a column of 0 or 1 for each class."""
    samples = _size(n_samples, 100)
    name = "make_multilabel_classification"
    targets = (samples, _size(n_classes, 5))
    return _pair(run, name, (samples, _size(n_features, 20)), targets, "int64", 2)


def _rolled(name: str, features: int, is_free: bool) -> None:
    @models(*_at(name))
    def make(run: Interpreter, n_samples: Value = 100, *given: Value, **options: Value) -> Value:
        samples = _size(n_samples, 100)
        wanted = options.get("n_features", given[0] if given else None) if is_free else None
        return _pair(run, name, (samples, _size(wanted, features)), (samples,), "float64")


_rolled("make_swiss_roll", 3, is_free=False)
_rolled("make_s_curve", 3, is_free=False)
_rolled("make_friedman1", 10, is_free=True)

"""numpy, pandas, scikit-learn and Pillow: as they are, but reading gives stand-ins."""

from __future__ import annotations

import contextlib
import functools
import random
from typing import Any

import numpy as np

from tests.oracle.real_programs.stand_ins import StandIn, World, as_numbers
from tests.oracle.real_programs.stubs.callers import called_by_program
from tests.oracle.real_programs.stubs.system import stand_in_on_failure

_OLD_NAMES = {"float": float, "int": int, "bool": bool, "object": object, "str": str}
_READERS = ("load", "loadtxt", "genfromtxt", "fromfile", "memmap")
_WRITERS = ("savez", "savez_compressed", "save", "savetxt")
_SHAPERS = (
    "array",
    "asarray",
    "reshape",
    "concatenate",
    "vstack",
    "hstack",
    "stack",
    "expand_dims",
    "transpose",
    "squeeze",
    "unique",
    "argmax",
    "append",
    "pad",
    "zeros_like",
    "ones_like",
)


def install() -> None:
    """Put the stubs in place, in this process and for good."""
    random.seed(0)
    np.random.seed(0)
    for name, value in _OLD_NAMES.items():
        if name not in np.__dict__:
            setattr(np, name, value)
    for name in _READERS:
        setattr(np, name, stand_in_on_failure(getattr(np, name), f"np.{name}"))
    for name in _WRITERS:
        setattr(np, name, lambda *_, **__: None)
    for name in _SHAPERS:
        setattr(np, name, _passing_stand_ins_on(getattr(np, name), f"np.{name}"))
    for attempt in (_install_pandas, _install_pillow, _install_sklearn):
        with contextlib.suppress(ImportError):  # then the program's import gives a stand-in
            attempt()


def install_tensorflow() -> None:
    """Tensors of stand-ins: TensorFlow would take one for a sequence of sequences without end."""
    from tensorflow.python.framework import constant_op, tensor_util

    for module, name in (
        (constant_op, "convert_to_eager_tensor"),
        (tensor_util, "make_tensor_proto"),
    ):
        setattr(module, name, _given_numbers(getattr(module, name)))


def _given_numbers(function: Any) -> Any:
    @functools.wraps(function)
    def convert(*args: Any, **kwargs: Any) -> Any:
        return function(*map(as_numbers, args), **kwargs)

    return convert


def _passing_stand_ins_on(function: Any, what: str) -> Any:
    """The function, but of a stand-in the program gets a stand-in."""

    @functools.wraps(function)
    def soft(*args: Any, **kwargs: Any) -> Any:
        if args and isinstance(args[0], StandIn) and called_by_program():
            World.note(what)
            return StandIn()
        return function(*args, **kwargs)

    return soft


def _install_pandas() -> None:
    import pandas as pd

    for name in dir(pd):
        if name.startswith("read_"):
            setattr(pd, name, _reader(f"pd.{name}"))
    for name in ("get_dummies", "concat", "to_datetime", "merge"):
        setattr(pd, name, stand_in_on_failure(getattr(pd, name), f"pd.{name}"))


def _reader(what: str) -> Any:
    def read(*_: Any, **__: Any) -> StandIn:
        World.note(what)
        return StandIn()

    return read


def _install_pillow() -> None:
    import PIL.Image as Image

    real = Image.open

    def opened(*args: Any, **kwargs: Any) -> Any:
        try:
            return real(*args, **kwargs)
        except Exception:
            World.note("Image.open")
            side = World.sizes().number
            return Image.new("RGB", (side * 8, side * 7))

    Image.open = opened


def _install_sklearn() -> None:
    import sklearn.base
    import sklearn.datasets
    import sklearn.model_selection
    from sklearn import preprocessing

    real_split = sklearn.model_selection.train_test_split

    def split(*arrays: Any, **options: Any) -> Any:
        if any(isinstance(array, StandIn) for array in arrays):
            World.note("train_test_split")
            return [StandIn() for _ in range(2 * len(arrays))]
        return real_split(*arrays, **options)

    sklearn.model_selection.train_test_split = split
    mixin = sklearn.base.TransformerMixin
    mixin.fit_transform = _soft_method(mixin.fit_transform, gives_self=False)
    for name in (
        "StandardScaler",
        "MinMaxScaler",
        "LabelEncoder",
        "OneHotEncoder",
        "LabelBinarizer",
    ):
        scaler = getattr(preprocessing, name)
        for method in ("fit", "transform", "fit_transform", "inverse_transform"):
            if hasattr(scaler, method):
                soft = _soft_method(getattr(scaler, method), gives_self=method == "fit")
                setattr(scaler, method, soft)
    _install_sklearn_datasets(sklearn.datasets)


def _soft_method(real: Any, *, gives_self: bool) -> Any:
    @functools.wraps(real)
    def soft(self: Any, *args: Any, **kwargs: Any) -> Any:
        if args and isinstance(args[0], StandIn):
            return self if gives_self else StandIn()
        return real(self, *args, **kwargs)

    return soft


def _install_sklearn_datasets(datasets: Any) -> None:
    """The two that programs download: their shapes are documented."""
    from sklearn.utils import Bunch

    names = ["MedInc", "HouseAge", "AveRooms", "AveBedrms", "Population", "AveOccup"]
    names += ["Latitude", "Longitude"]

    def california(*_: Any, **__: Any) -> Any:
        data = np.arange(20640 * 8, dtype="float64").reshape(20640, 8)
        return Bunch(data=data, target=np.linspace(0, 5, 20640), feature_names=names)

    def openml(name: str = "", *_: Any, **options: Any) -> Any:
        if "mnist" not in str(name).lower():
            World.note("fetch_openml")
            return StandIn()
        images, labels = np.zeros((70000, 784)), (np.arange(70000) % 10).astype(str)
        pair = options.get("return_X_y")
        return (images, labels) if pair else Bunch(data=images, target=labels)

    datasets.fetch_california_housing = california
    datasets.fetch_openml = openml

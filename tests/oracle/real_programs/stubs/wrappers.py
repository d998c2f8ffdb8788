"""`KerasClassifier` and `KerasRegressor`, gone from Keras: they build the model when they fit."""

from __future__ import annotations

import inspect
import sys
import types
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin

_ROOMS = ("keras.wrappers", "tensorflow.keras.wrappers", "scikeras")


class KerasEstimator(BaseEstimator):  # type: ignore[misc]
    """An estimator of scikit-learn around a function that builds a model."""

    def __init__(self, build_fn: Any = None, model: Any = None, **options: Any) -> None:
        self.build_fn = build_fn or model
        self.options = options
        self.model: Any = None
        self.classes_ = np.arange(2)

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Everything it was made from, as scikit-learn's `clone` asks for it."""
        return {"build_fn": self.build_fn, **self.options}

    def set_params(self, **options: Any) -> KerasEstimator:
        """Other arguments, as a grid search sets them."""
        self.build_fn = options.pop("build_fn", self.build_fn)
        self.options.update(options)
        return self

    def fit(self, x: Any, y: Any = None, **_: Any) -> Any:
        """Build the model with those of the arguments that its function takes, and fit it."""
        taken = inspect.signature(self.build_fn).parameters
        self.model = self.build_fn(**{k: v for k, v in self.options.items() if k in taken})
        history = self.model.fit(x, y)
        self.model_, self.history_ = self.model, history.history
        return history

    def predict(self, x: Any, **_: Any) -> Any:
        """Nothing was learnt."""
        return np.zeros(len(x), "int64")

    def predict_proba(self, x: Any, **_: Any) -> Any:
        """Nothing was learnt."""
        return np.full((len(x), 2), 0.5)

    def score(self, *_: Any, **__: Any) -> float:
        """Nothing was learnt."""
        return 0.5


class KerasClassifier(ClassifierMixin, KerasEstimator):  # type: ignore[misc]
    """Under the name that classification has."""


class KerasRegressor(RegressorMixin, KerasEstimator):  # type: ignore[misc]
    """Under the name that regression has."""


def install() -> None:
    """Put them where programs import them from."""
    for room in _ROOMS:
        inner = "wrappers" if room == "scikeras" else "scikit_learn"
        package, module = types.ModuleType(room), types.ModuleType(f"{room}.{inner}")
        package.__path__ = []
        setattr(package, inner, module)
        for kind in (KerasClassifier, KerasRegressor):
            setattr(module, kind.__name__, kind)
        sys.modules[room], sys.modules[module.__name__] = package, module

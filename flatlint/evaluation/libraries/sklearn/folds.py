"""Cross-validation: the numbers of the samples to train and to test on, fold after fold."""

from __future__ import annotations

from dataclasses import dataclass

from flatlint.evaluation.base import Interpreter, method, models
from flatlint.evaluation.libraries.numpy.arrays import array_with
from flatlint.evaluation.values import Many, Value, size_value
from flatlint.shapes import UNFIXED, Dim, Shape

SPLITTERS = ("KFold", "StratifiedKFold", "GroupKFold", "RepeatedKFold", "RepeatedStratifiedKFold",
             "ShuffleSplit", "StratifiedShuffleSplit", "TimeSeriesSplit", "LeaveOneOut",
             "StratifiedGroupKFold")  # fmt: skip


@dataclass(frozen=True)
class Folds:
    """What cuts samples into folds; how many there are is left open."""

    count: Dim = UNFIXED


@models(*(f"sklearn.model_selection.{name}" for name in SPLITTERS))
def splitter(run: Interpreter, n_splits: Value = 5, *_: Value, **__: Value) -> Value:
    """A splitter; `split` does the work."""
    return Folds(n_splits if isinstance(n_splits, int) else UNFIXED)


@method(Folds, "split")
def split(run: Interpreter, folds: Folds, X: Value, *_: Value, **__: Value) -> Value:  # noqa: N803
    """Pairs of arrays of indices, as long as the folds are."""
    train, test = (array_with(run, Shape((UNFIXED,)), "int64", "split") for _ in range(2))
    return Many((train, test), folds.count)


@method(Folds, "get_n_splits")
def get_n_splits(run: Interpreter, folds: Folds, *_: Value, **__: Value) -> Value:
    """How many folds there are."""
    return size_value(folds.count)

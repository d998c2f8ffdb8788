"""Names of metrics: the classes of each era, and the words that mean one.

Source: `ALL_OBJECTS_DICT` of keras/src/metrics/__init__.py; tf_keras/src/metrics/__init__.py, whose
`get` finds every name of that module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from flatlint.catalogue.eras import Era
from flatlint.catalogue.losses import LossUse, loss_class_named, loss_named

CHOSEN = frozenset({"accuracy", "acc"})
"""The words for which Keras chooses a metric by the shapes."""

_OF_BOTH = (
    "Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy",
    "TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy", "AUC", "Precision", "Recall",
    "PrecisionAtRecall", "RecallAtPrecision", "SensitivityAtSpecificity",
    "SpecificityAtSensitivity", "TruePositives", "TrueNegatives", "FalsePositives",
    "FalseNegatives", "FBetaScore", "F1Score", "IoU", "BinaryIoU", "MeanIoU", "OneHotIoU",
    "OneHotMeanIoU", "RootMeanSquaredError", "R2Score", "LogCoshError", "Mean", "Sum", "Metric",
    "MeanMetricWrapper", "MeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError",
    "MeanSquaredLogarithmicError", "CosineSimilarity", "Hinge", "SquaredHinge",
    "CategoricalHinge", "KLDivergence", "Poisson", "BinaryCrossentropy",
    "CategoricalCrossentropy", "SparseCategoricalCrossentropy",
)  # fmt: skip
_OF_KERAS_2 = ("MeanRelativeError", "MeanTensor", "Reduce", "PyMetric", "SumOverBatchSize")
_OF_KERAS_3 = ("PearsonCorrelation", "ConcordanceCorrelation")
_FUNCTIONS = (
    "accuracy", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy",
    "top_k_categorical_accuracy", "sparse_top_k_categorical_accuracy",
)  # fmt: skip
# Functions of Keras 2 beside those; the last five are of releases before tf_keras.
_OTHER_FUNCTIONS = (
    "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error",
    "mean_squared_logarithmic_error", "binary_crossentropy", "categorical_crossentropy",
    "sparse_categorical_crossentropy", "categorical_hinge", "hinge", "squared_hinge", "poisson",
    "cosine_similarity", "cosine_proximity", "kullback_leibler_divergence", "log_cosh", "logcosh",
    "cosine", "kld", "KLD", "bce", "BCE",
)  # fmt: skip
_SHORT = ("mse", "MSE", "mae", "MAE", "mape", "MAPE", "msle", "MSLE", "bce", "BCE")
# What has a loss's name without its meaning as a metric, or a meaning without the loss's name.
_ALIKE = {"LogCoshError": "log_cosh", "RootMeanSquaredError": "mean_squared_error"}


def _in_snake_case(name: str) -> str:
    """The word that Keras 3 makes of a class: `F1Score` -> `f1_score`, `MeanIoU` -> `mean_io_u`."""
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()


_BY_WORD = {_in_snake_case(cls): cls for cls in (*_OF_BOTH, *_OF_KERAS_2, *_OF_KERAS_3)}
_CLASSES: Mapping[Era, frozenset[str]] = {
    Era.KERAS_1: frozenset(),
    Era.KERAS_2: frozenset((*_OF_BOTH, *_OF_KERAS_2)),
    Era.KERAS_3: frozenset((*_OF_BOTH, *_OF_KERAS_3)),
}
_HOME = "keras.metrics."
# Words of other libraries, and what they mean.
_ELSEWHERE = {
    "f1": "F1Score", "f1score": "F1Score", "rmse": "RootMeanSquaredError", "iou": "IoU",
    "rocauc": "AUC", "r2": "R2Score", "miou": "MeanIoU", "fscore": "F1Score", "prc": "AUC",
}  # fmt: skip


@dataclass(frozen=True)
class MetricUse:
    """A metric as a program uses it: the class that computes it, with the options given to it."""

    cls: str
    options: Mapping[str, object] = field(default_factory=dict)
    is_whole: bool = True
    """Whether `options` are surely all."""

    @property
    def loss(self) -> LossUse | None:
        """The loss that compares labels and output as this metric does."""
        name = _ALIKE.get(self.cls) or loss_class_named(self.cls)
        return LossUse(name, self.options, self.is_whole) if name else None

    def lacks(self, option: str) -> bool:
        """Whether an option surely has its default."""
        return self.is_whole and self.options.get(option) is None


def metric_named(word: str, era: Era) -> MetricUse | None:
    """The metric that a string, or the path of a function or class, means; `None` if unknown.

    `accuracy` and `acc` are chosen by the shapes and mean no metric of their own here.
    """
    name = word.removeprefix(_HOME)
    cls = name if name in _CLASSES[era] else _BY_WORD.get(name)
    if cls is None or cls not in _CLASSES[era] or not (name == cls or _is_function(name, era)):
        return _as_loss(word, era)
    return MetricUse(cls)


def _is_function(name: str, era: Era) -> bool:
    """Whether an era takes the word in small letters: Keras 2 has some as functions only."""
    return era is Era.KERAS_3 or name in _FUNCTIONS


def _as_loss(word: str, era: Era) -> MetricUse | None:
    loss = loss_named(word, (era,))
    if loss is None:
        return None
    return next((MetricUse(c) for c in _OF_BOTH if loss_class_named(c) == loss.name), None)


def is_known_metric(word: str, era: Era) -> bool:
    """Whether Keras of an era finds a metric under a word, or may; Keras 1 is not asked."""
    if word.lower() in CHOSEN or word in _CLASSES[era] or era is Era.KERAS_1:
        return True
    if word in _SHORT:
        return True
    if era is Era.KERAS_2:
        return word in _FUNCTIONS or word in _OTHER_FUNCTIONS
    return _BY_WORD.get(word) in _CLASSES[era]


def similar_metrics(word: str, eras: Iterable[Era]) -> list[str]:
    """Known words that one may have meant, the likeliest first."""
    letters = word.lower().replace("_", "").replace("-", "")
    if letters in _ELSEWHERE:
        return [_ELSEWHERE[letters]]
    known = ["accuracy"]
    era = list(eras)[-1]
    for cls in sorted(_CLASSES[era]):
        known += [cls] if era is Era.KERAS_2 else [_in_snake_case(cls), cls]
    by_letters = {each.lower().replace("_", ""): each for each in known}
    found = get_close_matches(letters, by_letters, n=2)
    return [by_letters[each] for each in found]


def metric_class_named(path: str) -> str | None:
    """The class of a metric by its path: `keras.metrics.AUC` -> `AUC`."""
    name = path.removeprefix(_HOME)
    return name if any(name in classes for classes in _CLASSES.values()) else None


def paths_of_metrics() -> Iterator[str]:
    """The paths of all classes of metrics."""
    for cls in dict.fromkeys((*_OF_BOTH, *_OF_KERAS_2, *_OF_KERAS_3)):
        yield f"{_HOME}{cls}"

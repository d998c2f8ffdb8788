"""The methods through which a model meets data, and their parameters.

Source: the signatures of `Model` in Keras 3, tf_keras, Keras 2.3.1 and 1.2.2, as far as they agree.
"""

from __future__ import annotations

from collections.abc import Mapping

_FIT = (
    "x",
    "y",
    "batch_size",
    "epochs",
    "verbose",
    "callbacks",
    "validation_split",
    "validation_data",
    "shuffle",
    "class_weight",
    "sample_weight",
)

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "fit": _FIT,
    "fit_generator": (
        "generator",
        "steps_per_epoch",
        "epochs",
        "verbose",
        "callbacks",
        "validation_data",
        "validation_steps",
    ),
    "evaluate": ("x", "y", "batch_size", "verbose", "sample_weight"),
    "evaluate_generator": ("generator", "steps"),
    "predict": ("x", "batch_size", "verbose", "steps"),
    "predict_generator": ("generator", "steps"),
    "predict_on_batch": ("x",),
    "predict_classes": ("x", "batch_size", "verbose"),
    "predict_proba": ("x", "batch_size", "verbose"),
    "train_on_batch": ("x", "y", "sample_weight", "class_weight"),
    "test_on_batch": ("x", "y", "sample_weight"),
}
"""The parameters of each method in their order, as far as all eras agree."""

COMPILE = (
    "optimizer",
    "loss",
    "metrics",
    "loss_weights",
    "sample_weight_mode",
    "weighted_metrics",
)
"""The parameters of `compile`; Keras 3 has no `sample_weight_mode`."""

TAKES_LABELS = frozenset({
    "fit", "fit_generator", "evaluate", "evaluate_generator", "train_on_batch", "test_on_batch",
})  # fmt: skip
"""The methods that compute the loss."""

DEFAULT_BATCH_SIZE = 32

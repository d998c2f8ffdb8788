"""scikit-learn: data sets, splits, scalers and encoders."""

from flatlint.evaluation.libraries.sklearn import (
    datasets,
    encoders,
    folds,
    label_sets,
    pipelines,
    splitting,
    transformers,
    weighting,
)

__all__ = [
    "datasets",
    "encoders",
    "folds",
    "label_sets",
    "pipelines",
    "splitting",
    "transformers",
    "weighting",
]

"""scikit-learn: data sets, splits, scalers and encoders."""

from flatlint.evaluation.libraries.sklearn import (
    datasets,
    encoders,
    label_sets,
    splitting,
    transformers,
)

__all__ = ["datasets", "encoders", "label_sets", "splitting", "transformers"]

"""scikit-learn: data sets, splits, scalers and encoders."""

from flatlint.evaluation.libraries.sklearn import datasets, encoders, splitting, transformers

__all__ = ["datasets", "encoders", "splitting", "transformers"]

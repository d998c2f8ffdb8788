"""Pillow: pictures that `np.array` makes arrays of."""

from flatlint.evaluation.libraries.pillow import opening

__all__ = ["opening"]

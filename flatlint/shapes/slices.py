"""Slices: how many places of an axis `start:stop:step` takes."""

from __future__ import annotations

from flatlint.shapes.dim import UNFIXED, Dim, Open
from flatlint.shapes.windows import strided


def sliced(size: Dim, part: slice) -> Dim:
    """The number of places; unfixed where that cannot be told.

    Of an open axis Keras and TensorFlow know what is left as little as before.
    """
    bounds = (part.start, part.stop, part.step)
    if bounds == (None, None, None) or isinstance(size, Open):
        return size
    if any(not isinstance(bound, int | None) for bound in bounds) or part.step == 0:
        return UNFIXED
    if isinstance(size, int):
        return len(range(*part.indices(size)))
    start, stop, step = part.start or 0, part.stop, part.step or 1
    if step == -1 and part.start is None and stop is None:
        return size
    if stop is None and start >= 0 and step > 0:
        return strided(size - start, 1, step, "same")
    if isinstance(stop, int) and stop < 0 <= start and step > 0:
        return strided(size + stop - start, 1, step, "same")
    return UNFIXED

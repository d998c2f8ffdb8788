"""Views with more axes than their array: sliding windows, strides set by hand."""

from __future__ import annotations

from typing import Any

import numpy as np

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.libraries.numpy.arrays import array_with
from flatlint.evaluation.libraries.numpy.question import REFUSALS, said, stand_in_array
from flatlint.evaluation.libraries.numpy.reading import (
    NOT_PLAIN,
    array_of,
    plain,
    sizes_of,
)
from flatlint.evaluation.values import Value
from flatlint.graph import Unknown, WhyUnknown
from flatlint.shapes import Dim, Shape


@models("numpy.lib.stride_tricks.sliding_window_view")
def sliding_window_view(
    run: Interpreter, x: Value, window_shape: Value, axis: Value = None, **_: Value
) -> Value:
    """Every window along some axes; a window's own axes come last."""
    array = array_of(run, x)
    widths, axes = sizes_of(run, window_shape), plain(run, axis)
    if isinstance(array.shape, Unknown):
        return array_with(run, array.shape, array.dtype, "windows", [array])
    if isinstance(widths, Unknown) or axes is NOT_PLAIN:
        unknown = run.unknown(WhyUnknown.ARGUMENT, "the windows of an array")
        return array_with(run, unknown, array.dtype, "windows", [array])
    return array_with(
        run, _windows(run, array.shape, widths, axes), array.dtype, "windows", [array]
    )


def _windows(
    run: Interpreter, shape: Shape, widths: tuple[Dim, ...], axes: object
) -> Shape | Unknown:
    try:
        if shape.is_fixed and Shape(widths).is_fixed:
            # A view takes no room.
            whole = stand_in_array(shape.dims, None)
            view = np.lib.stride_tricks.sliding_window_view(whole, widths, axes)  # type: ignore[call-overload]
            return Shape(view.shape)
        chosen: Any = list(axes) if isinstance(axes, tuple) else axes
        marks = np.arange(shape.rank)[chosen]
    except REFUSALS as refusal:
        return run.unknown(WhyUnknown.REFUSED_BY_NUMPY, said(refusal))
    places = marks.ravel().tolist()
    if len(places) != len(widths):
        return run.unknown(WhyUnknown.REFUSED_BY_NUMPY, "a window size for each of the axes")
    dims = list(shape.dims)
    for place, width in zip(places, widths, strict=True):
        dims[place] = dims[place] - width + 1
    return Shape((*dims, *widths))


@models("numpy.lib.stride_tricks.as_strided")
def as_strided(
    run: Interpreter, x: Value, shape: Value = None, strides: Value = None, **_: Value
) -> Value:
    """A view of whatever shape is asked for."""
    array = array_of(run, x)
    if shape is None:
        return array
    sizes = sizes_of(run, shape)
    whole = sizes if isinstance(sizes, Unknown) else Shape(sizes)
    return array_with(run, whole, array.dtype, "as_strided", [array])

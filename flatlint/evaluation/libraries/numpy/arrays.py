"""Arrays as results: how a call's answer becomes a value of the evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from flatlint.catalogue.numpy_integers import NumpyInteger
from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.bounds import MAX_VALUES
from flatlint.evaluation.libraries.numpy.element_types import kind_of, name_of
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Made, Unknown
from flatlint.shapes import Shape

MAX_BYTES = 1_000_000
"""What the values of one array may take: texts are as wide as the longest of them."""
MAX_TRAIL = 24
"""Steps that an array remembers of its making; a loop would make it grow without end."""


def made(run: Interpreter, what: str, sources: Sequence[Array] = ()) -> Made:
    """The making of an array by the call that is being evaluated."""
    different = {id(source): source for source in sources if source.made is not None}
    kept = tuple(source for source in different.values() if _steps(source) < MAX_TRAIL)
    return Made(what, run.here, kept)


def _steps(array: Array) -> int:
    steps = 0
    trail: Array | None = array
    while trail is not None and trail.made is not None and steps < MAX_TRAIL:
        steps += 1
        trail = trail.made.sources[0] if trail.made.sources else None
    return steps


def library_of(sources: Sequence[Array]) -> str:
    """Whose arrays come out of an operation: numpy's, unless tensors or tables went in."""
    return next((array.library for array in sources if array.library != "numpy"), "numpy")


def in_library(value: Value, sources: Sequence[Array]) -> Value:
    """What an operator or a subscript gives: of the library that its operands are of."""
    library = library_of(sources)
    return replace(value, library=library) if isinstance(value, Array) else value


def array_with(
    run: Interpreter,
    shape: Shape | Unknown,
    dtype: str | None,
    what: str,
    sources: Sequence[Array] = (),
    bounds: tuple[float | None, float | None] = (None, None),
) -> Array:
    """An array of numpy's whose elements are not known."""
    low, high = bounds
    return Array(shape, dtype, None, made(run, what, sources), low=low, high=high)


def array_of_values(
    run: Interpreter, values: npt.NDArray[np.generic], what: str, sources: Sequence[Array] = ()
) -> Array:
    """An array with its elements, if they are few."""
    array = Array(
        Shape(values.shape),
        name_of(values.dtype),
        made=made(run, what, sources),
    )
    return with_values(array, values)


def with_values(array: Array, values: npt.NDArray[np.generic]) -> Array:
    """The array with these elements, kept if they are few and plain, and their bounds."""
    low, high = extremes(values)
    if values.size > MAX_VALUES or values.nbytes > MAX_BYTES or values.dtype.kind in "OV":
        return replace(array, values=None, low=low, high=high)
    kept = values.copy() if values.flags.writeable or values.base is not None else values
    kept.setflags(write=False)
    return replace(array, values=kept, low=low, high=high)


def extremes(values: npt.NDArray[np.generic]) -> tuple[float | None, float | None]:
    """The least and the greatest of some numbers."""
    if not values.size or values.dtype.kind not in "iufb":
        return None, None
    low, high = values.min().item(), values.max().item()
    return (None, None) if low != low or high != high else (low, high)


def bounds_of(arrays: Sequence[Array]) -> tuple[float | None, float | None]:
    """The least and the greatest element of several arrays together."""
    lows = [array.low for array in arrays]
    highs = [array.high for array in arrays]
    known_lows = [low for low in lows if low is not None]
    known_highs = [high for high in highs if high is not None]
    low = min(known_lows) if known_lows and len(known_lows) == len(lows) else None
    high = max(known_highs) if known_highs and len(known_highs) == len(highs) else None
    return low, high


def without_values(array: Array) -> Array:
    """The array after something that is not known was written into it."""
    return replace(array, values=None, low=None, high=None)


def scalar(value: object) -> Value:
    """A number or text that numpy gives, as Python has it; an integer stays numpy's."""
    if isinstance(value, np.integer):
        return NumpyInteger(value)
    plain = value.item() if isinstance(value, np.generic | np.ndarray) else value
    return plain if isinstance(plain, int | float | complex | str | bytes) else None


def kept_part(value: Value) -> Value:
    """A part of an array: its bounds stay if it is so large that it surely reaches them, too."""
    if not isinstance(value, Array) or value.values is not None or is_dense(value):
        return value
    if kind_of(value.dtype) == "f":
        return value
    return replace(value, low=None, high=None)


def is_dense(array: Array) -> bool:
    """Whether an array of integers is so large that surely all within its bounds occur in it.

    The bounds are those of data that is mixed well; with twenty elements for each number the
    chance that one is missing is below one in ten million.
    """
    if array.low is None or array.high is None or not isinstance(array.shape, Shape):
        return False
    if kind_of(array.dtype) not in ("i", "u", "b") or not array.shape.is_fixed:
        return False
    return array.shape.size >= 20 * (array.high - array.low + 1)  # type: ignore[operator]

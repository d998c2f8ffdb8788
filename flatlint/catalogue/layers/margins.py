"""Margins: how much is cut off or added before and after each spatial axis."""

from __future__ import annotations

from typing import Any, TypeAlias

from pydantic import ValidationInfo

from flatlint.catalogue.arguments import UnknownArgument, as_size, is_symbolic, refuse
from flatlint.catalogue.numpy_integers import is_python_integer
from flatlint.shapes import UNFIXED, Dim

Margin: TypeAlias = "tuple[Dim | float, Dim | float]"
"""Before and after an axis. A float passes both eras' checks and fails once a size is computed."""


def margins(
    value: object, axes: int, info: ValidationInfo, least: int | None
) -> tuple[Margin, ...]:
    """A margin per axis from a number for all, one number per axis, or a pair per axis.

    A number for all must be `least` or more, or anything if that is `None`: neither era checks it
    everywhere. Sources: `__init__` of the cropping and padding layers of both eras.
    """
    if is_symbolic(value):
        size = as_size(value)
        return ((size, size),) * axes
    if is_python_integer(value):
        if least is not None and value < least:
            keras = f"`{info.field_name}` cannot be negative. Received: {value}"
            refuse(info, "not negative", value, keras)
        return ((int(value), int(value)),) * axes
    if not isinstance(value, list | tuple) or len(value) != axes:
        refuse(
            info,
            f"an integer, a tuple of {axes} integers, or a tuple of {axes} pairs of integers",
            value,
            f"`{info.field_name}` should have {'two' if axes == 2 else axes} elements. "
            f"Received: {value}",
        )
    return tuple(pair(entry, info) for entry in value)


def pair(value: Any, info: ValidationInfo) -> Margin:
    """One number for both ends of an axis, or a pair; never negative."""
    if isinstance(value, UnknownArgument):
        return (UNFIXED, UNFIXED)
    ends = list(value) if isinstance(value, list | tuple) else [value, value]
    is_one = is_python_integer(value) or is_symbolic(value)
    is_whole = is_one or isinstance(value, list | tuple)
    are_fitting = all(
        is_symbolic(end) or (isinstance(end, int | float) and end >= 0) for end in ends
    )
    if len(ends) != 2 or not is_whole or not are_fitting:
        refuse(
            info,
            "an integer or a pair of integers per axis, none negative",
            value,
            f"The `{info.field_name}` argument must be a tuple of 2 integers. Received {value}",
        )
    first, last = (end if isinstance(end, float) else as_size(end) for end in ends)
    return first, last

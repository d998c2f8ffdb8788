"""Arrays that a program makes from literals."""

from __future__ import annotations

from collections.abc import Sequence

from flatlint.evaluation.base import Interpreter, attribute, models
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Value, is_number, shape_value
from flatlint.graph import Array, Made, WhyUnknown
from flatlint.shapes import Shape


@models("numpy.array", "numpy.asarray")
def array(run: Interpreter, object: Value, dtype: Value = None, **_: Value) -> Value:
    """An array of the numbers in nested lists."""
    import numpy

    if isinstance(object, Array):
        return object
    nested = _plain(run, object)
    if nested is None:
        return Array(run.unknown(WhyUnknown.ARGUMENT, "an array"), made=Made("array", run.here))
    values = numpy.array(nested)
    return Array(Shape(values.shape), str(values.dtype), values, Made("array", run.here))


def _plain(run: Interpreter, value: Value) -> object:
    found = run.object_at(value)
    if is_number(found):
        return found
    if isinstance(found, ListObject) and found.rest is None:
        found = found.items
    if isinstance(found, Sequence) and not isinstance(found, str):
        parts = [_plain(run, part) for part in found]
        return None if any(part is None for part in parts) else parts
    return None


@attribute(Array, "shape")
def shape(run: Interpreter, value: Array) -> Value:
    """The shape as a tuple."""
    return shape_value(value.shape) if isinstance(value.shape, Shape) else value.shape

"""Arrays that count: `arange`, `linspace` and their like."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.bounds import MAX_VALUES
from flatlint.evaluation.libraries.numpy.arrays import array_of_values, array_with, with_values
from flatlint.evaluation.libraries.numpy.element_types import dtype_of, type_named
from flatlint.evaluation.libraries.numpy.question import REFUSALS, said
from flatlint.evaluation.libraries.numpy.reading import array_of, is_scalar_literal, size_of
from flatlint.evaluation.values import Value, is_number
from flatlint.graph import WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Expression, Shape


@models("numpy.arange")
def arange(run: Interpreter, *bounds: Value, dtype: Value = None, **named: Value) -> Value:
    """Numbers at equal steps."""
    names = ("start", "stop", "step", "dtype")
    given = {**dict(zip(names, bounds, strict=False)), **named}
    kind = dtype_of(run, given.pop("dtype", dtype))
    start, stop, step = given.get("start", 0), given.get("stop"), given.get("step", 1)
    if stop is None:
        start, stop = 0, start
    numbers = (start, stop, step)
    if all(is_number(number) for number in numbers):
        return _counted(run, numbers, kind)
    return array_with(run, Shape((_count(numbers),)), kind or _count_type(numbers), "arange")


def _counted(run: Interpreter, numbers: tuple[Value, ...], kind: str | None) -> Value:
    start, stop, step = (float(number) for number in numbers)  # type: ignore[arg-type]
    try:
        count = max(math.ceil((stop - start) / step), 0)
    except (ArithmeticError, ValueError) as refusal:
        unknown = run.unknown(WhyUnknown.REFUSED_BY_NUMPY, said(refusal))
        return array_with(run, unknown, kind, "arange")
    if count <= MAX_VALUES:
        return array_of_values(run, np.arange(*numbers, dtype=type_named(kind)), "arange")  # type: ignore[call-overload]
    return array_with(run, Shape((count,)), kind or _count_type(numbers), "arange")


def _count_type(numbers: tuple[Value, ...]) -> str | None:
    if all(isinstance(number, int | Expression) for number in numbers):
        return "int64"
    return "float64" if any(isinstance(number, float) for number in numbers) else None


def _count(numbers: tuple[Value, ...]) -> Dim:
    start, stop, step = numbers
    if step == 1 and isinstance(start, int | Expression) and isinstance(stop, int | Expression):
        return stop - start
    return UNFIXED


def _spaced(name: str, function: Callable[..., npt.NDArray[Any]]) -> None:
    @models(f"numpy.{name}")
    def make(
        run: Interpreter,
        start: Value,
        stop: Value,
        num: Value = 50,
        endpoint: Value = True,
        retstep: Value = False,
        dtype: Value = None,
        **_: Value,
    ) -> Value:
        kind = "float64" if dtype is None else dtype_of(run, dtype)
        count = size_of(num)
        ends = (array_of(run, start), array_of(run, stop))
        if any(isinstance(end.shape, Shape) and end.shape.rank for end in ends):
            unknown = run.unknown(WhyUnknown.NOT_MODELLED, f"{name} between arrays")
            return array_with(run, unknown, kind, name, ends)
        if isinstance(count, int) and count < 0:
            text = f"Number of samples, {count}, must be non-negative."
            return array_with(run, run.unknown(WhyUnknown.REFUSED_BY_NUMPY, text), kind, name)
        result = array_with(run, Shape((UNFIXED if count is None else count,)), kind, name)
        if (
            isinstance(count, int)
            and 0 <= count <= MAX_VALUES
            and all(map(is_scalar_literal, ends))
        ):
            try:
                numbers = function(start, stop, count, endpoint=bool(endpoint), dtype=kind)
            except REFUSALS:
                return result
            result = with_values(result, numbers)
        step = array_with(run, Shape(()), "float64", name)
        return (result, step) if retstep is True else result


for _name in ("linspace", "logspace", "geomspace"):
    _spaced(_name, getattr(np, _name))

"""Functions of each element: numpy's ufuncs, `np.where`, types called as functions."""

from __future__ import annotations

import numpy as np

from flatlint.evaluation.base import Arguments, Interpreter, models
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.libraries.numpy.arrays import bounds_of, scalar, without_values
from flatlint.evaluation.libraries.numpy.asking import ask
from flatlint.evaluation.libraries.numpy.element_types import dtype_of, type_named
from flatlint.evaluation.libraries.numpy.making import typed
from flatlint.evaluation.libraries.numpy.operators import elementwise
from flatlint.evaluation.libraries.numpy.question import Question
from flatlint.evaluation.libraries.numpy.reading import array_of
from flatlint.evaluation.libraries.numpy.writing import overwrite
from flatlint.evaluation.values import Name, Value
from flatlint.graph import Array, Unknown, WhyUnknown

LEFT_OUT = frozenset({"where", "casting", "order", "subok", "signature"})


def _ufunc(name: str, function: np.ufunc) -> None:
    @models(f"numpy.{name}")
    @takes_arguments
    def apply(run: Interpreter, arguments: Arguments) -> Value:
        given = dict(arguments.keywords)
        operands = [array_of(run, value) for value in arguments.positional]
        outs = [given.pop("out", None), *operands[function.nin :]]
        dtype = dtype_of(run, given.pop("dtype", None))
        if arguments.is_open or len(operands) < function.nin or given.keys() - LEFT_OUT:
            return run.unknown(WhyUnknown.NOT_MODELLED, f"numpy.{name} with these arguments")
        for out in outs:
            if isinstance(out, Array):
                overwrite(run, out, without_values(out))
        return _applied(run, name, function, operands[: function.nin], dtype)


def _applied(
    run: Interpreter, name: str, function: np.ufunc, operands: list[Array], dtype: str | None
) -> Value:
    if function.signature is not None or function.nout > 1:
        return ask(run, name, Question(function, tuple(operands), multiplies=True))
    result = elementwise(run, name, function, operands, dtype)
    if dtype is None or not isinstance(result, Array):
        return result
    return typed(run, result, dtype, name)


# Not `dir`: to ask for what numpy loads late would load it.
for _name, _found in list(vars(np).items()):
    if isinstance(_found, np.ufunc) and _name not in ("matmul",):
        _ufunc(_name, _found)


@models("numpy.where")
def where(run: Interpreter, condition: Value, x: Value = None, y: Value = None) -> Value:
    """`np.where(condition, x, y)`; with a condition alone, where it holds."""
    test = array_of(run, condition)
    if x is None or y is None:
        from flatlint.evaluation.libraries.numpy.counting import places

        return places(run, test)
    choices = [array_of(run, x), array_of(run, y)]
    result = elementwise(run, "where", np.where, [test, *choices])
    if isinstance(result, Array) and result.values is None:
        from dataclasses import replace

        low, high = bounds_of(choices)
        is_mixed = all(choice.values is not None for choice in choices)
        return replace(result, low=low, high=high) if is_mixed else result
    return result


SCALAR_TYPES = [
    name for name, kind in vars(np).items()
    if isinstance(kind, type) and issubclass(kind, np.generic)
]  # fmt: skip


NO_PYTHON_FLOATS = frozenset({"float16", "float32", "half", "single", "longdouble"})
"""Types whose numbers are no `float` of Python's, which Keras looks for."""


def _scalar_type(name: str) -> None:
    @models(f"numpy.{name}")
    def convert(run: Interpreter, value: Value = 0, *_: Value) -> Value:
        read = array_of(run, value)
        result = typed(run, read, Name(f"numpy.{name}"), name)
        if result.values is None or result.values.ndim or name in NO_PYTHON_FLOATS:
            return result
        plain = scalar(result.values[()])
        if name == "int" and isinstance(plain, int):
            return int(plain)  # a name for Python's own
        return result if plain is None else plain


for _name in {*SCALAR_TYPES, "float", "int", "bool", "str", "float_"}:
    _scalar_type(_name)


@models("numpy.dtype")
def dtype(run: Interpreter, dtype: Value, *_: Value) -> Value:
    """`np.dtype("float32")`, by its name."""
    name = dtype_of(run, dtype)
    return name if name is not None else run.unknown(WhyUnknown.ARGUMENT, "a type")


@models("numpy.result_type", "numpy.promote_types", "numpy.finfo", "numpy.iinfo")
def left_out(run: Interpreter, *_: Value) -> Value:
    """No shape depends on it."""
    return run.unknown(WhyUnknown.NOT_MODELLED, "what numpy says of types")


def type_of(name: str | None, unknown: Unknown) -> object:
    """numpy's type of a name, or the unknown value."""
    return type_named(name) or unknown

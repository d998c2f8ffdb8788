"""Functions on symbolic tensors that mean what a function of numpy means: numpy is asked.

An open axis goes in as a symbol that stands for itself; wherever that symbol is in the answer, the
axis is open again, as `None` is in Keras's own arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.iteration import as_tuple, elements
from flatlint.evaluation.libraries import call_model, model_of
from flatlint.evaluation.libraries.keras.operations.recording import operation
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Conflict, Tensor, Unknown, WhyUnknown
from flatlint.shapes import OPEN, Dim, Expression, Open, Shape, symbol

_MARK = "\u2205"
"""Begins the names of the symbols that stand for open axes; no name of a program has it."""


REFUSED_ALIKE = frozenset({"concat", "expand_dims", "reshape", "squeeze", "stack", "transpose"})
"""Functions that refuse what numpy's refuse."""


def borrow(
    run: Interpreter,
    name: str,
    function: str,
    positional: Sequence[Value],
    keywords: Mapping[str, Value] | None = None,
) -> Value:
    """What `numpy.<function>` makes of the arguments, as tensors where one of them is a tensor."""
    model = model_of(f"numpy.{function}")
    tensors: list[Tensor] = []
    given = Arguments(
        tuple(_lent(run, value, tensors) for value in positional),
        {key: _lent(run, value, tensors) for key, value in (keywords or {}).items()},
    )
    if model is None:
        return run.unknown(WhyUnknown.NOT_MODELLED, f"numpy.{function}")
    unknown = next((t.shape for t in tensors if isinstance(t.shape, Unknown)), None)
    if unknown is not None:
        return operation(run, name, tensors, unknown)
    answer = call_model(run, model, name, given)
    return _returned(run, name, answer, tensors) if tensors else answer


def _lent(run: Interpreter, value: Value, tensors: list[Tensor]) -> Value:
    """An argument with arrays in place of tensors; the tensors are noted."""
    if isinstance(value, Tensor):
        tensors.append(value)
        shape = value.shape
        if isinstance(shape, Shape):
            shape = Shape(tuple(_marked(size, axis) for axis, size in enumerate(shape)))
        return Array(shape, value.dtype or "float32")
    parts = as_tuple(run, value)
    if isinstance(parts, tuple):
        return tuple(_lent(run, part, tensors) for part in parts)
    if isinstance(value, Open):
        # What a number makes that only the running model knows is a tensor.
        tensors.append(Tensor(Shape(())))
        return _marked(value, 0)
    return value


def _marked(size: Dim, axis: int) -> Dim:
    return symbol(f"{_MARK}{axis}") if isinstance(size, Open) else size


def _returned(run: Interpreter, name: str, answer: Value, tensors: list[Tensor]) -> Value:
    """The answer with tensors in place of arrays."""
    if isinstance(answer, Array):
        shape = answer.shape
        if isinstance(shape, Shape):
            return operation(run, name, tensors, Shape(tuple(map(_unmarked, shape))))
        return _unknown(run, name, shape, tensors)
    if isinstance(answer, tuple) or isinstance(run.object_at(answer), ListObject):
        items, rest = elements(run, answer)
        parts = tuple(_returned(run, name, part, tensors) for part in items)
        further = None if rest is None else _returned(run, name, rest, tensors)
        return run.allocate(ListObject(parts, further))
    if isinstance(answer, Unknown):
        return _unknown(run, name, answer, tensors)
    return operation(run, name, tensors, Shape(()))


def _unknown(run: Interpreter, name: str, answer: Unknown, tensors: list[Tensor]) -> Value:
    """A tensor of unknown shape; where numpy refuses, the library refuses for the same reason."""
    if name not in REFUSED_ALIKE or answer.why is not WhyUnknown.REFUSED_BY_NUMPY:
        return operation(run, name, tensors, answer)
    conflict = Conflict(f"`{name}` is refused: {answer.what}", answer.what, run.is_guarded)
    return operation(run, name, tensors, answer, conflict)


def _unmarked(size: Dim) -> Dim:
    return OPEN if isinstance(size, Expression) and _MARK in str(size) else size

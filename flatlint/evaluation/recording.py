"""Recording the shapes that names and expressions of the source hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import libcst as cst

from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.objects import DictObject, ListObject
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Comparison, ShapeFact, Tensor


def record_shape(run: Interpreter, node: cst.CSTNode, value: Value) -> None:
    """Remember that the expression at `node` holds this tensor or array, or several of them."""
    if isinstance(node, cst.Tuple) and isinstance(value, tuple):
        for part, item in zip(node.elements, value, strict=False):
            record_shape(run, part.value, item)
    if isinstance(value, Tensor | Array):
        run.recorder.shapes.append(ShapeFact(run.site(node), value))


def record_escape(run: Interpreter, arguments: Arguments) -> None:
    """Remember which tensors go to something that flatlint does not know."""
    for value in (*arguments.positional, *arguments.keywords.values()):
        run.recorder.escaped.extend(_tensors_in(run, value))


def _tensors_in(run: Interpreter, value: Value, depth: int = 3) -> Iterator[Tensor]:
    if isinstance(value, Tensor):
        yield value
        return
    held = run.object_at(value)
    parts: Iterable[Value] = value if isinstance(value, tuple) else ()
    if isinstance(held, ListObject):
        parts = held.items
    elif isinstance(held, DictObject):
        parts = held.entries.values()
    for part in parts if depth else ():
        yield from _tensors_in(run, part, depth - 1)


def record_comparison(run: Interpreter, values: Sequence[Value]) -> None:
    """Remember what else an operation gets beside the prediction of a model."""
    arrays = [value for value in values if isinstance(value, Array)]
    for array in arrays:
        if array.made is not None and array.made.model is not None:
            others = (other for other in arrays if other is not array)
            run.recorder.comparisons += [
                Comparison(array.made.model, array, other) for other in others
            ]

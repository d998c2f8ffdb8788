"""Recording the shapes that names and expressions of the source hold."""

from __future__ import annotations

import libcst as cst

from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.values import Value
from flatlint.graph import Array, ShapeFact, Tensor


def record_shape(run: Interpreter, node: cst.CSTNode, value: Value) -> None:
    """Remember that the expression at `node` holds this tensor or array, or several of them."""
    if isinstance(node, cst.Tuple) and isinstance(value, tuple):
        for part, item in zip(node.elements, value, strict=False):
            record_shape(run, part.value, item)
    if isinstance(value, Tensor | Array):
        run.recorder.shapes.append(ShapeFact(run.site(node), value))

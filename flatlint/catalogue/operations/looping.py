"""Loops over tensors: what goes in comes out in the same shapes, whatever the body does."""

from __future__ import annotations

from flatlint.catalogue.arguments import NoTensor
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.operations.lines import anything, line
from flatlint.catalogue.operations.operands import tensor
from flatlint.catalogue.spec import ShapeTree
from flatlint.shapes import Shape


def _each(name: str, variables: object) -> ShapeTree:
    """The shape of every variable, nested alike."""
    if isinstance(variables, list | tuple) and not isinstance(variables, Shape):
        return [_each(name, part) for part in variables]
    if isinstance(variables, NoTensor):
        raise ShapeConflict(
            f"{name} goes on with tensors: {variables.reason}",
            "'int' object has no attribute 'shape'",
        )
    return tensor(name, variables)


line("while_loop", lambda _, __, shapes: shapes, cond=anything, body=anything, loop_vars=_each)
line("fori_loop", lambda *given: given[-1], lower=anything, upper=anything, body_fun=anything,
     init_val=tensor)  # fmt: skip

"""`keras.ops.rearrange`: axes by their names, those in brackets as factors of one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from flatlint.catalogue.arguments import as_size, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations import operands
from flatlint.catalogue.operations.registry import operation
from flatlint.shapes import Dim, Open, Shape, product

AXES = re.compile(r"\w+|\(.*?\)")


@operation("rearrange")
def rearrange(tensor: object, pattern: object, **axes_lengths: object) -> Shape:
    """Every size that comes out must be known, the batch too: Keras multiplies them all with 1.

    Source: `_compute_output_shape` in keras/src/ops/einops.py.
    """
    shape = operands.tensor("rearrange", tensor)
    if isinstance(pattern, int | None):
        raise ShapeConflict(
            f"rearrange: a pattern is text, not {pattern!r}", "expected string or bytes-like object"
        )
    if not isinstance(pattern, str):
        raise NotKnown("the pattern of rearrange")
    before, arrow, after = pattern.partition("->")
    if not arrow or "->" in after:
        raise ShapeConflict(
            f"rearrange: the pattern says what is before and what after `->`, not {pattern!r}",
            "not enough values to unpack (expected 2)",
        )
    sizes = _sizes(AXES.findall(before), shape, axes_lengths)
    return Shape(tuple(_multiplied(axis, sizes, shape) for axis in AXES.findall(after)))


def _sizes(axes: Sequence[str], shape: Shape, lengths: Mapping[str, object]) -> dict[str, Dim]:
    """The size of every name; of a bracket one name may be left to follow from the others."""
    if not all(isinstance(length, int) or is_symbolic(length) for length in lengths.values()):
        raise NotKnown("the lengths of the axes")
    known = {name: as_size(length) for name, length in lengths.items()}
    sizes: dict[str, Dim] = {}
    for axis, size in zip(axes, shape, strict=False):
        names = _names(axis)
        if not axis.startswith("("):
            sizes[axis] = size
            continue
        missing = [name for name in names if name not in known]
        if len(missing) > 1 or (missing and isinstance(size, Open)):
            raise ShapeConflict(
                f"rearrange: what {' and '.join(missing)} of {axis} are cannot be told from {size}",
                f"KeyError: {missing[-1]!r}",
            )
        if missing:
            given = product(known[name] for name in names if name in known)
            if given == 0:
                raise NotKnown("an axis of length 0")
            known[missing[0]] = size // given
        sizes.update((name, known[name]) for name in names)
    return sizes


def _names(axis: str) -> list[str]:
    return re.findall(r"\w+", axis)


def _multiplied(axis: str, sizes: Mapping[str, Dim], shape: Shape) -> Dim:
    factors = []
    for name in _names(axis):
        if name not in sizes:
            raise ShapeConflict(
                f"rearrange: no axis of {shape} is called {name}", f"KeyError: {name!r}"
            )
        factors.append(sizes[name])
        if isinstance(sizes[name], Open):
            raise ShapeConflict(
                f"rearrange must know the size of every axis, and {name} of {shape} is open",
                "unsupported operand type(s) for *=: 'int' and 'NoneType'",
            )
    return product(factors)

"""Operations that one line says: what they take, and which shape comes of it.

    line("det", batch, x=square)

reads the argument `x` with `square`, which refuses what Keras refuses of it, and hands the shape to
`batch`. An argument that is not given is not read; one that the line does not name changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flatlint.catalogue.operations.operands import total
from flatlint.catalogue.operations.registry import register
from flatlint.catalogue.spec import ShapeTree
from flatlint.shapes import OPEN, Shape

Reader = Callable[[str, object], Any]
"""Makes of an argument what the result needs; takes the operation's name for what it refuses."""

Result = Callable[..., ShapeTree]
"""Takes what the readers made of the arguments, in the order of the line."""


def line(name: str, result: Result, **operands: Reader) -> None:
    """Register the operation `name`; `operands` are Keras's own parameters in their order."""

    def shape(*positional: object, **keywords: object) -> ShapeTree:
        given = {**dict(zip(operands, positional, strict=False)), **keywords}
        return result(*(read(name, given[key]) for key, read in operands.items() if key in given))

    register(name, shape)


def anything(name: str, value: object) -> object:
    """An argument of which any value will do."""
    return value


def first(shape: Shape, *_: object) -> Shape:
    """As the first tensor."""
    return shape


def second(_: object, shape: Shape, *__: object) -> Shape:
    """As the second tensor."""
    return shape


def number(*_: object) -> Shape:
    """One number."""
    return Shape(())


def batch(shape: Shape, *_: object) -> Shape:
    """One number for each matrix."""
    return Shape(shape[:-2])


def flat(shape: Shape, *_: object) -> Shape:
    """Everything in one axis."""
    return Shape((total(shape.dims),))


def counted(shape: Shape, *_: object) -> Shape:
    """As many numbers along the last axis as the data has it."""
    return Shape((*shape[:-1], OPEN))

"""Shape: the sizes of a tensor's axes, written as Keras writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from flatlint.shapes.dim import OPEN, Dim, Open, are_equal, is_fixed, join_dims, product


@dataclass(frozen=True)
class Shape:
    """The sizes of all axes, the batch axis included: `Shape.of(None, 3, 2)`."""

    dims: tuple[Dim, ...]

    @staticmethod
    def of(*sizes: Dim | None) -> Shape:
        """A shape from sizes as Keras spells them, `None` for an open one."""
        return Shape(tuple(OPEN if size is None else size for size in sizes))

    @property
    def rank(self) -> int:
        """How many axes there are, the batch axis included."""
        return len(self.dims)

    @property
    def is_fixed(self) -> bool:
        """Whether every axis is a plain number."""
        return all(is_fixed(size) for size in self.dims)

    @property
    def size(self) -> Dim:
        """The number of elements."""
        return product(self.dims)

    def __iter__(self) -> Iterator[Dim]:
        return iter(self.dims)

    def __len__(self) -> int:
        return len(self.dims)

    @overload
    def __getitem__(self, index: int) -> Dim: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Dim, ...]: ...
    def __getitem__(self, index: int | slice) -> Dim | tuple[Dim, ...]:
        return self.dims[index]

    def with_last(self, size: Dim) -> Shape:
        """The same shape with another last axis."""
        return Shape((*self.dims[:-1], size))

    def with_axis(self, axis: int, size: Dim) -> Shape:
        """The same shape with another size at `axis`, which may count from the end."""
        dims = list(self.dims)
        dims[axis] = size
        return Shape(tuple(dims))

    def without_axes(self, axes: Iterable[int]) -> Shape:
        """The shape that is left when `axes` (counted from 0) are taken out."""
        dropped = set(axes)
        return Shape(tuple(d for axis, d in enumerate(self.dims) if axis not in dropped))

    def __str__(self) -> str:
        inner = ", ".join(str(size) for size in self.dims)
        return f"({inner},)" if self.rank == 1 else f"({inner})"


def join_shapes(left: Shape, right: Shape) -> Shape | None:
    """The shape that stands for either, or `None` where not even the ranks agree."""
    if left.rank != right.rank:
        return None
    return Shape(tuple(join_dims(a, b) for a, b in zip(left, right, strict=True)))


def are_alike(left: Shape, right: Shape, apart_from: Sequence[int] = ()) -> bool:
    """Whether two shapes can be equal, an open size being equal to any."""
    if left.rank != right.rank:
        return False
    return all(
        axis in apart_from or are_equal(a, b) is not False
        for axis, (a, b) in enumerate(zip(left, right, strict=True))
    )


def met_shapes(shapes: Sequence[Shape]) -> Shape | None:
    """The shape of tensors that are all of one shape; `None` where they cannot be."""
    if not shapes or not all(are_alike(shapes[0], shape) for shape in shapes):
        return None
    sizes = zip(*shapes, strict=True)
    return Shape(tuple(next((s for s in axis if not isinstance(s, Open)), OPEN) for axis in sizes))

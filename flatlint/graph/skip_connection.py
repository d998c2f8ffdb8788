"""Skip connections that do not meet: what the size of the input would have to be a multiple of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from flatlint.graph.tensor import Conflict, Tensor, TensorTree, tensors_of
from flatlint.shapes import Shape


@dataclass(frozen=True)
class NeededMultiple:
    """Axes of the input (0 is the batch), their size, and what it should be divisible by."""

    axes: tuple[int, ...]
    size: int
    divisor: int

    def __str__(self) -> str:
        below = self.size // self.divisor * self.divisor
        sizes = f"{below} or {below + self.divisor}" if below else f"{self.divisor}"
        one = len(self.axes) == 1
        axes = f"axis {self.axes[0]}" if one else f"axes {' and '.join(map(str, self.axes))}"
        multiple = "a multiple" if one else "multiples"
        return (
            f"{axes} of the input, which {'is' if one else 'are'} {self.size}, should be "
            f"{multiple} of {self.divisor}, such as {sizes}"
        )


def with_needed_multiples(conflict: Conflict, inputs: TensorTree) -> Conflict:
    """The conflict of a merging layer with what would make the branches meet, if that is known."""
    needed = needed_multiples(inputs)
    if not needed:
        return conflict
    remedy = "; ".join(map(str, needed))
    return replace(conflict, message=f"{conflict.message}; for the branches to meet, {remedy}")


def needed_multiples(inputs: TensorTree) -> list[NeededMultiple]:
    """What the axes on which tensors of one origin differ must be divisible by at that origin.

    A size that is halved with rounding and doubled again does not come back. What it is divided by
    on the way is read off the sizes along the way; where a layer takes a border off, as windows
    without padding do, no multiple helps and nothing is said.
    """
    found: dict[tuple[int, int], list[int]] = {}
    for axis, size, divisor in _per_axis(inputs):
        found.setdefault((size, divisor), []).append(axis)
    return [NeededMultiple(tuple(axes), *key) for key, axes in found.items()]


def _per_axis(inputs: TensorTree) -> Iterator[tuple[int, int, int]]:
    """Axis, size of the origin, and divisor, for each axis that asks for a multiple."""
    tensors = [tensor for tensor in tensors_of(inputs) if isinstance(tensor.shape, Shape)]
    ranks = {len(way.shape) for way in tensors if isinstance(way.shape, Shape)}
    if len(tensors) < 2 or len(ranks) != 1:
        return
    for axis in range(1, ranks.pop()):
        ways = [_way_to(tensor, axis) for tensor in tensors]
        ends = {way[-1] for _, way in ways if way}
        if len(ends) < 2 or len({id(root) for root, _ in ways}) > 1:
            continue
        divisors = [_divisor(way) for _, way in ways]
        known = [divisor for divisor in divisors if divisor is not None]
        size = ways[0][1][0]
        # Sizes further apart than rounding can bring them differ for another reason.
        is_rounding = max(ends) - min(ends) < max(known, default=1)
        if len(known) == len(divisors) and is_rounding and size % max(known):
            yield axis, size, max(known)


def _way_to(tensor: Tensor, axis: int) -> tuple[Tensor, Sequence[int]]:
    """The tensor that it all began with, and the sizes of the axis from there on."""
    sizes: list[int] = []
    while isinstance(tensor.shape, Shape):
        size = tensor.shape[axis]
        if not isinstance(size, int):
            return tensor, ()
        sizes.append(size)
        before = list(tensors_of(tensor.made_by.inputs)) if tensor.made_by else []
        alike = [part for part in before if _has_rank(part, tensor.shape.rank)]
        if not alike:
            break
        tensor = alike[0]
    return tensor, sizes[::-1]


def _has_rank(tensor: Tensor, rank: int) -> bool:
    return isinstance(tensor.shape, Shape) and tensor.shape.rank == rank


def _divisor(sizes: Sequence[int]) -> int | None:
    """By how much the size is divided at its smallest; `None` if borders are taken off."""
    divisor = largest = 1
    for before, after in pairwise(sizes):
        if 0 in (before, after):
            return None
        shrunk, grown = round(before / after), round(after / before)
        if before != after and max(shrunk, grown) < 2:
            return None
        divisor = max(divisor * max(shrunk, 1) // max(grown, 1), 1)
        largest = max(largest, divisor)
    return largest

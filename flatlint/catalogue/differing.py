"""In which axes shapes differ, and what would make them meet, in words."""

from __future__ import annotations

from collections.abc import Sequence

from flatlint.shapes import Dim, broadcast_dims


def differing_axes(left: Sequence[Dim], right: Sequence[Dim]) -> str:
    """Which axes of two shapes, aligned at the last one and without batch, can never meet.

    Where a size lies just below the other, as after pooling and upsampling of an odd size, the
    remark says what the larger one would have to be a multiple of.
    """
    remarks = []
    for distance in range(min(len(left), len(right)), 0, -1):
        one, other = left[-distance], right[-distance]
        if broadcast_dims(one, other) is None:
            remarks.append(f"axis -{distance} is {one} and {other}{remainder_remark(one, other)}")
    return "; ".join(remarks)


def remainder_remark(left: Dim, right: Dim) -> str:
    """What would make two sizes meet that differ by the rest of a division, or nothing.

    Halved and doubled again, 25 comes back as 24 (rounded down) or 26 (rounded up).
    """
    if not isinstance(left, int) or not isinstance(right, int):
        return ""
    for full, returned in ((left, right), (right, left)):
        for factor in (2, 4, 8, 16, 32, 64):
            if full < 2 * factor or full % factor == 0:
                continue
            if returned in (full // factor * factor, -(-full // factor) * factor):
                return (
                    f" ({full} is not a multiple of {factor}: shrunk and grown, it is {returned})"
                )
    return ""

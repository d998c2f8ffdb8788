"""Skip connections that do not meet, on graphs made by hand."""

from __future__ import annotations

from typing import Any

import libcst as cst
import pytest

from flatlint.graph import Conflict, Layer, LayerCall, Site, Tensor
from flatlint.graph.skip_connection import needed_multiples, with_needed_multiples
from flatlint.shapes import Shape

SITE: Any = Site(None, cst.Pass())  # type: ignore[arg-type]
LAYER = Layer(0, "Conv2D", "conv2d", (), SITE)


def through(start: Tensor, *shapes: tuple[int | None, ...]) -> Tensor:
    """The tensor at the end of layers that give these shapes, one after the other."""
    tensor = start
    for number, sizes in enumerate(shapes):
        shape = Shape.of(*sizes)
        tensor = Tensor(shape, LayerCall(number, LAYER, tensor, shape, SITE))
    return tensor


def squares(*sizes: int | None) -> list[tuple[int | None, ...]]:
    return [(None, size, size, 8) for size in sizes]


def multiples(left: Tensor, right: Tensor) -> list[str]:
    return [str(needed) for needed in needed_multiples([left, right])]


def image(size: int | None) -> Tensor:
    return Tensor(Shape.of(None, size, size, 3))


def test_an_input_that_is_halved_four_times_should_be_a_multiple_of_16() -> None:
    start = image(100)
    shallow = through(start, *squares(100, 50, 25))
    deep = through(shallow, *squares(12, 6, 12, 24))
    assert multiples(deep, shallow) == [
        "axes 1 and 2 of the input, which are 100, should be multiples of 16, such as 96 or 112"
    ]


def test_one_axis_may_fit_where_the_other_does_not() -> None:
    start = Tensor(Shape.of(None, 96, 100, 3))
    deep = through(start, (None, 12, 13, 8), (None, 96, 104, 8))
    assert multiples(start, deep) == [
        "axis 2 of the input, which is 100, should be a multiple of 8, such as 96 or 104"
    ]


def test_sizes_that_are_rounded_up_need_the_same_multiple() -> None:
    start = image(100)
    shallow = through(start, *squares(50, 25))
    deep = through(shallow, *squares(13, 7, 14, 28))
    assert "multiples of 16, such as 96 or 112" in multiples(deep, shallow)[0]


def test_an_input_smaller_than_the_multiple_should_be_that() -> None:
    start = image(10)
    assert multiples(through(start, *squares(5, 2, 1, 2, 4, 8)), start)[0].endswith(
        "multiples of 8, such as 8 or 16"
    )


def test_borders_that_windows_take_off_call_for_no_multiple() -> None:
    start = image(100)
    shallow = through(start, *squares(98, 49))
    deep = through(shallow, *squares(47, 23, 46))
    assert multiples(deep, shallow) == []


@pytest.mark.parametrize(
    "shapes",
    [
        [(None, 50, 50, 64), (None, 50, 50, 32)],
        [(None, None, None, 64), (None, None, None, 32)],
    ],
)
def test_channels_call_for_no_multiple(shapes: list[tuple[int | None, ...]]) -> None:
    start = image(100)
    left = through(start, shapes[0])
    assert multiples(left, through(left, shapes[1])) == []


def test_tensors_of_different_origin_call_for_no_multiple() -> None:
    left, right = image(100), image(100)
    assert (
        multiples(through(left, *squares(50, 25)), through(right, *squares(50, 25, 12, 24))) == []
    )


def test_the_remedy_stands_behind_what_is_wrong() -> None:
    start = image(10)
    conflict = Conflict("Add cannot meet them", "Inputs have incompatible shapes.")
    explained = with_needed_multiples(conflict, [start, through(start, *squares(5, 2, 4, 8))])
    assert explained.message.startswith("Add cannot meet them; for the branches to meet, axes 1")
    assert explained.keras == conflict.keras
    assert with_needed_multiples(conflict, [start, start]) == conflict

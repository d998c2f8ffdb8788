"""Operations on shapes: what comes out, and what is refused in Keras's words.

What comes of whole programs is compared with Keras by tests/oracle/configurations/functions.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations import OPERATIONS
from flatlint.catalogue.operations.registry import register
from flatlint.shapes import Shape, symbol

X = Shape.of(None, 4, 3)


@pytest.mark.parametrize(
    ("name", "arguments", "shape"),
    # Given by keras.ops of 3.15.
    [
        ("reshape", (X, (-1, 7)), (None, 7)),
        ("reshape", (Shape.of(2, 4, 3), (6, -1)), (6, 4)),
        ("transpose", (X, (0, 2, 1)), (None, 3, 4)),
        ("expand_dims", (X, (1, -1)), (None, 1, 4, 3, 1)),
        ("moveaxis", (X, 1, -1), (None, 3, 4)),
        ("concatenate", ([X, Shape.of(None, 4, 5)], -1), (None, 4, 8)),
        ("tile", (X, (2, 1)), (None, 8, 3)),
        ("pad", (X, [[0, 0], [1, 2], [0, 0]]), (None, 7, 3)),
        ("take", (X, [[0, 1]], 1), (None, 1, 2, 3)),
        ("einsum", ("bij,jk->bik", X, Shape.of(3, 7)), (None, 4, 7)),
        ("matmul", (X, Shape.of(3,)), (None, 4)),
        ("where", (X, 0.0, Shape.of(None, 1, 3)), (None, 4, 3)),
        ("ravel", (X,), (None,)),
        ("get_item", (X, (slice(None), slice(1, None, 2), 0)), (None, 2)),
        ("bitwise_and", (Shape.of(3), X), (3,)),
        ("cross", (Shape.of(None, 4, 2), Shape.of(None, 4, 2)), (None, 4)),
        ("quantile", (X, [0.1, 0.9], 1), (2, None, 3)),
        ("unfold", (Shape.of(None, 3, 8, 8), 2), (None, 12, 49)),
        ("conv", (Shape.of(None, 8, 8, 3), Shape.of(3, 3, 3, 5)), (None, 6, 6, 5)),
        ("ndim", (X,), (3,)),
        ("image.resize", (Shape.of(None, 8, 8, 3), (2, 5)), (None, 2, 5, 3)),
    ],
)  # fmt: skip
def test_an_operation_gives_the_shape_that_keras_gives(
    name: str, arguments: tuple[Any, ...], shape: tuple[int | None, ...]
) -> None:
    assert OPERATIONS[name](*arguments) == Shape.of(*shape)


@pytest.mark.parametrize(
    ("name", "arguments", "keras"),
    [
        ("add", (X, Shape.of(None, 5, 3)), "Cannot broadcast shape"),
        ("add", (X, [1.0, 2.0, 3.0]), "Invalid dtype: list"),
        ("sum", (X, 3), "axis 3 is out of bounds for an array with dimension 3"),
        ("transpose", (X, (1, 0)), "expected 3, but received 2"),
        ("squeeze", (X, 1), "Cannot squeeze axis 1"),
        ("split", (X, 3, 1), "must be divisible by"),
        ("get_item", (X, slice(1, None)), "Unsupported key type for array slice"),
        ("get_item", (X, (0, 4)), "out-of-bounds"),
        ("inv", (X,), "Expected a square matrix"),
        ("hamming", (X,), "does not support symbolic tensors"),
        ("rearrange", (X, "b h w -> b (h w)"), "unsupported operand type(s) for *="),
        ("pad", (X, [[1, 1], [1, 1]]), "must have the same length as `x.shape`"),
    ],
)
def test_what_keras_refuses_is_refused_in_its_words(
    name: str, arguments: tuple[Any, ...], keras: str
) -> None:
    with pytest.raises(ShapeConflict) as caught:
        OPERATIONS[name](*arguments)
    assert keras in caught.value.keras


def test_several_tensors_come_out_as_keras_gives_them() -> None:
    # Given by keras.ops of 3.15.
    values, vectors, turned = OPERATIONS["svd"](X, full_matrices=False)
    assert (values, vectors, turned) == (
        Shape.of(None, 4, 3), Shape.of(None, 3), Shape.of(None, 3, 3),
    )  # fmt: skip
    assert OPERATIONS["nonzero"](X) == (Shape.of(None),) * 3


def test_no_operation_takes_the_name_of_another() -> None:
    with pytest.raises(ValueError, match="two operations `add`"):
        register("add", OPERATIONS["abs"])


def test_more_parts_than_anyone_writes_are_not_counted_out() -> None:
    with pytest.raises(NotKnown, match="1000000000 parts"):
        OPERATIONS["split"](X, 1_000_000_000)


def test_an_open_axis_fits_any_size() -> None:
    stacked = OPERATIONS["stack"]([Shape.of(None, None), Shape.of(None, 4)], 1)
    assert stacked == Shape.of(None, 2, None)


def test_a_size_with_a_name_is_carried_through() -> None:
    width = symbol("width")
    assert OPERATIONS["concatenate"]([X, Shape.of(None, 4, width)], -1) == Shape.of(
        None, 4, width + 3
    )


def test_what_the_source_does_not_fix_is_not_guessed() -> None:
    with pytest.raises(NotKnown, match="read from a file"):
        OPERATIONS["mean"](UnknownArgument("read from a file"))

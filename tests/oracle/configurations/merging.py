"""Layers, and their lower-case functions, that take a list of tensors and give one."""

from __future__ import annotations

import random
from typing import Any

from tests.oracle.options import Call, LayerOptions, On, Tensor, called, listed

SHAPES: list[tuple[int | None, ...]] = [
    (3,),
    (4,),
    (1,),
    (None,),
    (4, 3),
    (1, 3),
    (4, 1),
    (None, 3),
    (4, None),
    (5, 3),
    (8, 8, 3),
    (8, 8, 1),
    (1, 1, 3),
    (None, None, 3),
    (8, 7, 3),
    (2, 4, 6, 3),
    (),
]

ALIKE: list[On] = [
    *(listed(shape, shape) for shape in SHAPES),
    listed((4, 3), (4, 3), (4, 3)),
    listed((4, 3), (4, 3), (4, 3), (4, 3)),
    listed((None, 3), (4, 3)),
    listed((4, 3), (1, 3)),
    listed((4, 3), (4, 1)),
    listed((8, 8, 3), (8, 8, 1)),
    listed((8, 8, 3), (1, 1, 3)),
    listed((4, 3), (3,)),
    listed((4, 3), (4,)),
    listed((3,), (4, 3)),
    listed((4, 3, 2), (2,)),
    called("(a, b)", (4, 3), (4, 3)),
    listed(Tensor((3,), batch_size=2), (3,)),
    listed(Tensor((3,), batch_size=2), Tensor((3,), batch_size=2)),
    listed((3,), Tensor((3,), dtype="int32")),
]
DIFFERENT: list[On] = [
    listed((4,), (3,)),
    listed((4, 3), (5, 3)),
    listed((8, 8, 3), (8, 7, 3)),
    listed((8, 8, 3), (4, 4, 3)),
    listed((8, 8, 3), (8, 8, 4)),
    listed((4, 3), (4, 3), (4, 2)),
    listed(Tensor((3,), batch_size=2), Tensor((3,), batch_size=4)),
    listed((4,)),
    called("x", (4,)),
    called("a, b", (4,), (4,)),
    called("[]", (4,)),
    called("[a, 1]", (4,), (4,)),
    listed((None, 3), (None, 4)),
    listed((4, 3), (8, 8, 3)),
    listed((4,), (4,), (3,), (4,)),
]


def at_random(count: int, most: int = 4) -> list[On]:
    """Lists of two to `most` inputs whose shapes are near one another; the same every time."""
    chance = random.Random(3)
    calls: list[On] = []
    for _ in range(count):
        first = chance.choice(SHAPES)
        others = [_nudged(first, chance) for _ in range(chance.randint(1, most - 1))]
        calls.append(listed(first, *others))
    return calls


def _nudged(shape: tuple[int | None, ...], chance: random.Random) -> tuple[int | None, ...]:
    changed = list(shape)
    for axis in range(len(changed)):
        if chance.random() < 0.3:
            changed[axis] = chance.choice([1, None, 2, 3, 4, changed[axis]])
    if changed and chance.random() < 0.12:
        changed.pop(0)
    return tuple(changed)


def merging(name: str, **more: Any) -> LayerOptions:
    """An elementwise merging layer: no arguments of its own."""
    return LayerOptions(
        name,
        on=[*ALIKE, *at_random(160)],
        wrong_on=DIFFERENT,
        any_rank=False,
        invalid={"axis": [1], "mode": ["sum"]},
        programs=230,
        **more,
    )


FUNCTION = "y = layers.{name}({inputs}, {arguments})"

ELEMENTWISE = [merging(n) for n in ("Add", "Multiply", "Average", "Maximum", "Minimum")]
ELEMENTWISE_FUNCTIONS = [
    merging(n, statement=FUNCTION) for n in ("add", "multiply", "average", "maximum", "minimum")
]

PAIRS = [on for on in at_random(120) if isinstance(on, Call) and len(on.tensors) == 2]


def subtracting(name: str, **more: Any) -> LayerOptions:
    return LayerOptions(
        name,
        on=[*ALIKE[:17], *ALIKE[19:], *PAIRS, *at_random(40, most=2)],
        wrong_on=[*DIFFERENT, listed((3,), (3,), (3,))],
        any_rank=False,
        invalid={"axis": [1]},
        programs=200,
        **more,
    )


JOINED: list[On] = [
    listed((4, 3), (4, 5)),
    listed((4, 3), (6, 3)),
    listed((8, 8, 3), (8, 8, 5)),
    listed((8, 8, 3), (8, 5, 3)),
    listed((8, 8, 3), (8, 8, 3), (8, 8, 1)),
    listed((3,), (4,)),
    listed((3,), (4,), (5,), (6,)),
    listed((None, 3), (4, 5)),
    listed((None, 3), (None, 3)),
    listed((4, None), (4, 3)),
    listed((None, None, 3), (8, 8, 2)),
    listed(Tensor((3,), batch_size=2), Tensor((3,), batch_size=4)),
    listed(Tensor((3,), batch_size=2), (4,)),
    called("(a, b)", (4, 3), (4, 5)),
    listed((2, 4, 6, 3), (2, 4, 6, 1)),
    listed((3,), Tensor((3,), dtype="int32")),
]


def concatenating(name: str, **more: Any) -> LayerOptions:
    return LayerOptions(
        name,
        on=[*JOINED, *at_random(60)],
        wrong_on=[*DIFFERENT, listed((4, 3), (5,)), listed((4, 3), (5, 6)), listed(())],
        any_rank=False,
        optional={"axis": [-1, 1, 2, -2, 3, 0, -3]},
        invalid={"axis": [4, 5, -5, None, "1", 1.0, (1,), [1]], "mode": ["concat"]},
        **more,
    )


DOTTED: list[On] = [
    listed((8,), (8,)),
    listed((6, 2), (6, 2)),
    listed((6, 2), (6,)),
    listed((4, 3), (5, 3)),
    listed((4, 3), (3, 5)),
    listed((None, 3), (None, 3)),
    listed((2, 3, 4), (2, 3, 4)),
    listed((2, 3, 4), (4, 5)),
    listed((None, 3), (4, 3)),
    listed((1, 8), (1, 8)),
    listed((4, None), (4, 5)),
    called("(a, b)", (4, 3), (5, 3)),
    listed(Tensor((4, 3), batch_size=2), Tensor((4, 3), batch_size=2)),
]


def dotting(name: str, **more: Any) -> LayerOptions:
    return LayerOptions(
        name,
        on=[*DOTTED, *PAIRS[:20]],
        wrong_on=[*DIFFERENT, listed((8,), (8,), (8,)), listed((), ())],
        any_rank=False,
        required={"axes": [1, -1, 2, (1, 1), (2, 2), (2, 1), (1, 2), [2, 1], (-1, -1), 3, (3, 1)]},
        optional={"normalize": [True, False]},
        invalid={"axes": [0, (0, 0), 4, None, "1", (1,), (1, 2, 1), 1.0, ((1,), (2,))]},
        **more,
    )


LAYERS = [
    *ELEMENTWISE,
    *ELEMENTWISE_FUNCTIONS,
    subtracting("Subtract"),
    subtracting("subtract", statement=FUNCTION),
    concatenating("Concatenate"),
    concatenating("concatenate", statement=FUNCTION),
    dotting("Dot"),
    dotting("dot", statement="y = layers.{name}({inputs}, {arguments})"),
]

"""Hovers and inlay hints: the shapes that Keras would give, next to the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.server.editor import PUSHED, shared_editor
from tests.server.programs import FUNCTIONAL, UNFLATTENED

pytestmark = pytest.mark.asyncio(loop_scope="session")
HINTING = "emacs@v29.1"
"""Knows inlay hints."""


async def test_hovering_over_a_layer_shows_shape_parameters_and_trail(tmp_path: Path) -> None:
    async with shared_editor(PUSHED) as e:
        uri = e.open(tmp_path / "model.py", UNFLATTENED)
        text = await e.hover(uri, 5, 12)
    assert text is not None
    assert "(None, 3, 4)" in text
    assert "68 parameters" in text
    trail = [line for line in text.splitlines() if line.startswith("line ")]
    assert len(trail) >= 2
    assert "(None, 3, 16)" in trail[-2]


async def test_hovering_over_a_name_shows_the_tensor_that_it_holds(tmp_path: Path) -> None:
    async with shared_editor(PUSHED) as e:
        uri = e.open(tmp_path / "model.py", FUNCTIONAL)
        assigned = await e.hover(uri, 4, 0)
        read = await e.hover(uri, 6, len("a = shared("))
        nothing = await e.hover(uri, 2, 0)
    assert assigned is not None
    assert "(None, 6)" in assigned
    assert read is not None
    assert "(None, 6)" in read
    assert nothing is None


async def test_each_layer_call_has_its_output_behind_it(tmp_path: Path) -> None:
    async with shared_editor(HINTING) as e:
        uri = e.open(tmp_path / "model.py", FUNCTIONAL)
        hints = await e.hints(uri)
        first = await e.hints(uri, lines=4)
    assert hints == [
        (3, len("x = Input((3, 2))"), "(None, 3, 2)"),
        (4, len("h = Flatten()(x)"), "(None, 6)"),
        (6, len("a = shared(h)"), "(None, 4)"),
    ]
    assert first == hints[:1]


async def test_layers_of_a_sequential_model_have_theirs(tmp_path: Path) -> None:
    listed = (
        "from keras import Sequential, layers\n"
        "model = Sequential([\n"
        "    layers.Input((3, 2)),\n"
        "    layers.Flatten(), layers.Dense(4),\n"
        "])\n"
    )
    async with shared_editor(HINTING) as e:
        added = await e.hints(e.open(tmp_path / "added.py", UNFLATTENED))
        given = await e.hints(e.open(tmp_path / "given.py", listed))
    assert added == [
        (4, len("model.add(Dense(16, input_shape=(3, 2))"), "(None, 3, 16)"),
        (5, len("model.add(Dense(4)"), "(None, 3, 4)"),
    ]
    assert given == [
        (2, len("    layers.Input((3, 2))"), "(None, 3, 2)"),
        (3, len("    layers.Flatten()"), "(None, 6)"),
        (3, len("    layers.Flatten(), layers.Dense(4)"), "(None, 4)"),
    ]


async def test_a_layer_called_on_two_shapes_shows_both(tmp_path: Path) -> None:
    text = (
        "from keras import Input\nfrom keras.layers import Flatten\n"
        "def flat(shape):\n"
        "    return Flatten()(Input(shape))\n"
        "a, b = flat((3, 2)), flat((5,))\n"
    )
    async with shared_editor(HINTING) as e:
        hints = await e.hints(e.open(tmp_path / "model.py", text))
    assert (3, len("    return Flatten()(Input(shape))"), "(None, 6) | (None, 5)") in hints

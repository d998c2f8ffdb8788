"""What programs do with models beside building them: pop, freeze, build, ask for shapes, nest."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.oracle.generation import in_style
from tests.oracle.models import INPUTS, Chain, Kind, last_dense, pick, start, with_keyword
from tests.oracle.programs import Program

if TYPE_CHECKING:
    from tests.oracle.programs import Era

SUBJECT = "model_use"


def small_model(chance: random.Random, kind: Kind, shape: str, name: str = "model") -> str:
    """A Sequential of two to four layers that says what goes in."""
    chain = Chain(chance, kind, mistakes=False)
    made = "".join(f"    layers.{chain.layer()},\n" for _ in range(chance.randint(2, 4)))
    return f"{name} = keras.Sequential([\n    keras.Input({shape}),\n{made}])\n"


def popped(chance: random.Random) -> str:
    """Layers are taken off the end, and others put on."""
    kind, shape = start(chance)
    pops = "model.pop()\n" * chance.randint(1, 2)
    more = "".join(f"model.add(layers.{last_dense(chance)})\n" for _ in range(chance.randint(0, 2)))
    return small_model(chance, kind, shape) + pops + more


def frozen(chance: random.Random) -> str:
    """A layer, several, or a whole model no longer train."""
    kind, shape = start(chance)
    how = pick(
        chance,
        "model.trainable = False\n",
        "model.layers[0].trainable = False\n",
        "for layer in model.layers[:-1]:\n    layer.trainable = False\n",
        "model.trainable = False\nmodel.layers[-1].trainable = True\n",
        "model.get_layer(index=1).trainable = False\n",
    )
    text = small_model(chance, kind, shape) + str(how)
    if chance.random() < 0.5:
        text += f"top = keras.Sequential([model, layers.{last_dense(chance)}])\n"
    return text


def frozen_by_argument(chance: random.Random) -> str:
    kind, shape = start(chance)
    chain = Chain(chance, kind, mistakes=False)
    made = [f"layers.{chain.layer()}" for _ in range(chance.randint(2, 5))]
    listed = "".join(
        f"    {with_keyword(layer, 'trainable=False') if chance.random() < 0.4 else layer},\n"
        for layer in made
    )
    return f"model = keras.Sequential([\n    keras.Input({shape}),\n{listed}])\n"


def asked_for_shapes(chance: random.Random) -> str:
    """Sizes of later layers are read off earlier tensors, layers and models."""
    kind, shape = start(chance)
    size = pick(
        chance,
        "model.output_shape[-1]",
        "model.output.shape[-1]",
        "model.layers[-1].output.shape[-1]",
        "len(model.layers)",
        "model.count_params() // 100 + 1",
        "model.input_shape[1] or 3",
        "model.input.shape[-1]",
    )
    return (
        small_model(chance, kind, shape)
        + f"width = {size}\n"
        + f"x = keras.Input(({pick(chance, 5, 9)},))\n"
        + "y = layers.Dense(width)(x)\n"
        + f"z = layers.Reshape((width, {pick(chance, 1, -1)}))(y)\n"
    )


def cut_in_the_middle(chance: random.Random) -> str:
    """A new model ends, or goes on, where a layer of another one stands."""
    kind, shape = start(chance)
    where = pick(
        chance,
        "model.layers[0].output",
        "model.layers[-2].output",
        "model.get_layer(index=0).output",
        "model.get_layer('middle').output",
        "model.output",
        "model.layers[1].input",
    )
    chain = Chain(chance, kind, mistakes=False)
    made = [f"layers.{chain.layer()}" for _ in range(3)]
    made[1] = with_keyword(made[1], 'name="middle"')
    listed = "".join(f"    {layer},\n" for layer in made)
    head = f"x = layers.{last_dense(chance)}(tensor)\n" if chance.random() < 0.6 else "x = tensor\n"
    return (
        f"model = keras.Sequential([\n    keras.Input({shape}),\n{listed}])\n"
        f"tensor = {where}\n{head}"
        f"part = keras.Model({pick(chance, 'model.input', 'model.inputs')}, x)\n"
    )


def built_later(chance: random.Random) -> str:
    """No input is given: `build`, or a call, tells it."""
    kind, shape = start(chance)
    chain = Chain(chance, kind)
    made = "".join(f"    layers.{chain.layer()},\n" for _ in range(chance.randint(2, 5)))
    end = pick(
        chance,
        f"model.build((None, {shape[1:]})\n",
        f"model.build(input_shape=(None, {shape[1:]})\n",
        f"model.build((4, {shape[1:]})\n",
        f"y = model(keras.Input({shape}))\n",
        "model.build()\n",
        "",
    )
    return f"model = keras.Sequential([\n{made}])\n{end}"


def shared_layer(chance: random.Random) -> str:
    """One layer, two inputs: its parameters count once."""
    kind, shape = start(chance)
    layer = Chain(chance, kind, mistakes=False).layer()
    other = shape if chance.random() < 0.7 else chance.choice(INPUTS[kind])
    return (
        f"shared = layers.{layer}\n"
        f"first = keras.Input({shape})\nsecond = keras.Input({other})\n"
        "a = layers.Flatten()(shared(first))\nb = layers.Flatten()(shared(second))\n"
        f"x = layers.{pick(chance, 'concatenate', 'add')}([a, b])\n"
        f"model = keras.Model([first, second], layers.{last_dense(chance)}(x))\n"
    )


def subclassed(chance: random.Random) -> str:
    """A Model with layers in its constructor and their calls in `call`."""
    kind, shape = start(chance)
    chain = Chain(chance, kind)
    count = chance.randint(2, 4)
    made = "".join(f"        self.layer{i} = layers.{chain.layer()}\n" for i in range(count))
    calls = "".join(f"        x = self.layer{i}(x)\n" for i in range(count))
    return (
        "class Small(keras.Model):\n"
        "    def __init__(self):\n        super().__init__()\n"
        f"{made}\n"
        f"    def call(self, x):\n{calls}        return x\n\n\n"
        f"model = Small()\ny = model(keras.Input({shape}))\n"
        f"z = layers.{last_dense(chance)}(y)\n"
    )


def added_list(chance: random.Random) -> str:
    """Layers in a list, added one by one, some perhaps twice or not as layers."""
    kind, shape = start(chance)
    chain = Chain(chance, kind)
    made = "".join(f"    layers.{chain.layer()},\n" for _ in range(chance.randint(2, 4)))
    mistake = pick(
        chance,
        *[""] * 5,
        "model.add(parts[0])\n",
        "model.add(layers.Dense)\n",
        "model.add(None)\n",
        "model.add(keras.Input((3,)))\n",
        "model.add(layers.Dense(4)(keras.Input((3,))))\n",
    )
    return (
        f"parts = [\n{made}]\nmodel = keras.Sequential()\nmodel.add(keras.Input({shape}))\n"
        f"for part in parts:\n    model.add(part)\n{mistake}"
    )


def wrong_ends(chance: random.Random) -> str:
    """A functional model whose ends do, or do not, hang together."""
    kind, shape = start(chance)
    chain = Chain(chance, kind, mistakes=False)
    end = pick(
        chance,
        "keras.Model(inputs, y)",
        "keras.Model(inputs=inputs, outputs=[x, y])",
        'keras.Model(inputs, {"x": x, "y": y})',
        "keras.Model([inputs, other], y)",
        "keras.Model(other, y)",
        "keras.Model(x, y)",
        "keras.Model(inputs, inputs)",
        "keras.Model(input=inputs, output=y)",
        "keras.Model(inputs)",
        "keras.Model(inputs, 3)",
        'keras.Model(inputs, y, name="mine")',
        "keras.Model(outputs=y)",
        "keras.models.Model(inputs=[inputs], outputs=[y])",
    )
    names = chance.choice(["", "", 'name="same"'])
    first, second = f"layers.{chain.layer()}", f"layers.{chain.layer()}"
    if names:
        first, second = with_keyword(first, names), with_keyword(second, names)
    return (
        f"inputs = keras.Input({shape})\nother = keras.Input((4,))\n"
        f"x = {first}(inputs)\ny = {second}(x)\nmodel = {end}\n"
    )


WRITERS = [
    popped,
    frozen,
    frozen_by_argument,
    asked_for_shapes,
    cut_in_the_middle,
    built_later,
    shared_layer,
    subclassed,
    added_list,
    wrong_ends,
]


def uses_of_models(era: Era, count: int = 600, seed: int = 0) -> list[Program]:
    """So many different programs of an era that use models; the same for the same seed."""
    chance = random.Random(f"{seed}:{era.value}:{SUBJECT}")
    bodies: dict[str, str] = {}
    while len(bodies) < count:
        body = chance.choice(WRITERS)(chance)
        if body not in bodies:
            bodies[body] = in_style(body, era, chance)
    return [Program(era, SUBJECT, text) for text in bodies.values()]

"""Random small models of three to twelve layers, as people write them."""

from __future__ import annotations

import random
from collections.abc import Callable
from enum import Enum

from tests.oracle.generation import in_style
from tests.oracle.programs import Era, Program

CHANCE_OF_A_MISTAKE = 0.25
SUBJECT = "models"


class Kind(Enum):
    """What a tensor is like, as far as choosing the next layer needs to know."""

    IMAGE = "image"
    SEQUENCE = "sequence"
    VECTOR = "vector"
    TOKENS = "tokens"


Maker = Callable[[random.Random], str]
ACTIVATION = ["", ', activation="relu"', ', activation="tanh"']
PADDING = ["", ', padding="same"', ', padding="valid"']


def pick(chance: random.Random, *choices: object) -> object:
    return choices[chance.randrange(len(choices))]


def convolution(name: str, *sizes: int) -> Maker:
    def make(chance: random.Random) -> str:
        strides = pick(chance, "", "", "", ", strides=2")
        kernel = pick(chance, *sizes)
        padding = pick(chance, *PADDING)
        filters = pick(chance, 4, 8, 16)
        return f"{name}({filters}, {kernel}{strides}{padding}{pick(chance, *ACTIVATION)})"

    return make


def pooling(name: str) -> Maker:
    def make(chance: random.Random) -> str:
        return f"{name}({pick(chance, 2, 2, 3)}{pick(chance, *PADDING, ', strides=1')})"

    return make


def units(name: str, more: str = "") -> Maker:
    def make(chance: random.Random) -> str:
        return f"{name}({pick(chance, 3, 8, 10, 16)}{more})"

    return make


def dense(chance: random.Random) -> str:
    activation = pick(chance, *ACTIVATION)
    return f"Dense({pick(chance, 1, 4, 10, 24, 32)}{activation})"


def last_dense(chance: random.Random) -> str:
    end = pick(chance, '1, activation="sigmoid"', '10, activation="softmax"', "1")
    return f"Dense({end})"


def plain(*texts: str) -> Maker:
    return lambda chance: str(pick(chance, *texts))


SAME_SHAPE = plain(
    "BatchNormalization()",
    "Dropout(0.25)",
    'Activation("relu")',
    "LayerNormalization()",
    "ReLU()",
    "LeakyReLU()",
    "GaussianNoise(0.1)",
)

NEXT: dict[Kind, list[tuple[int, Maker, Kind]]] = {
    Kind.IMAGE: [
        (6, convolution("Conv2D", 1, 3, 3, 5), Kind.IMAGE),
        (1, convolution("SeparableConv2D", 3), Kind.IMAGE),
        (1, convolution("Conv2DTranspose", 2, 3), Kind.IMAGE),
        (1, plain("DepthwiseConv2D(3)", 'DepthwiseConv2D(3, padding="same")'), Kind.IMAGE),
        (3, pooling("MaxPooling2D"), Kind.IMAGE),
        (1, pooling("AveragePooling2D"), Kind.IMAGE),
        (3, SAME_SHAPE, Kind.IMAGE),
        (1, plain("ZeroPadding2D(1)", "ZeroPadding2D(((1, 0), (0, 2)))"), Kind.IMAGE),
        (1, plain("Cropping2D(1)", "UpSampling2D()", "UpSampling2D((1, 2))"), Kind.IMAGE),
        (1, plain("PReLU(shared_axes=[1, 2])", "SpatialDropout2D(0.2)"), Kind.IMAGE),
        (1, dense, Kind.IMAGE),
        (2, plain("Flatten()"), Kind.VECTOR),
        (2, plain("GlobalAveragePooling2D()", "GlobalMaxPooling2D()"), Kind.VECTOR),
        (1, plain("Reshape((-1, 4))", "Reshape((-1, 8))"), Kind.SEQUENCE),
    ],
    Kind.SEQUENCE: [
        (2, units("LSTM", ", return_sequences=True"), Kind.SEQUENCE),
        (1, units("GRU", ", return_sequences=True"), Kind.SEQUENCE),
        (4, convolution("Conv1D", 1, 3, 5), Kind.SEQUENCE),
        (2, pooling("MaxPooling1D"), Kind.SEQUENCE),
        (1, plain("TimeDistributed(layers.Dense(6))"), Kind.SEQUENCE),
        (1, plain("Bidirectional(layers.GRU(4, return_sequences=True))"), Kind.SEQUENCE),
        (1, plain("Permute((2, 1))", "Masking()", "SpatialDropout1D(0.2)"), Kind.SEQUENCE),
        (1, plain("ZeroPadding1D(2)", "Cropping1D(1)", "UpSampling1D(2)"), Kind.SEQUENCE),
        (2, SAME_SHAPE, Kind.SEQUENCE),
        (2, dense, Kind.SEQUENCE),
        (1, units("LSTM"), Kind.VECTOR),
        (1, units("SimpleRNN"), Kind.VECTOR),
        (1, plain("Bidirectional(layers.LSTM(5))"), Kind.VECTOR),
        (2, plain("Flatten()", "GlobalMaxPooling1D()", "GlobalAveragePooling1D()"), Kind.VECTOR),
    ],
    Kind.VECTOR: [
        (8, dense, Kind.VECTOR),
        (4, SAME_SHAPE, Kind.VECTOR),
        (1, units("RepeatVector"), Kind.SEQUENCE),
        (1, plain("Reshape((4, -1))", "Reshape((-1, 2))"), Kind.SEQUENCE),
        (1, plain("Reshape((2, 2, -1))", "Reshape((4, 4, -1))"), Kind.IMAGE),
    ],
    Kind.TOKENS: [
        (1, plain("Embedding(100, 8)", "Embedding(50, 16, mask_zero=True)"), Kind.SEQUENCE)
    ],
}

INPUTS = {
    Kind.IMAGE: ["(28, 28, 1)", "(32, 32, 3)", "(16, 12, 3)", "(None, None, 3)", "(9, 9, 2)"],
    Kind.SEQUENCE: ["(10, 4)", "(None, 8)", "(20, 1)", "(7, 6)"],
    Kind.VECTOR: ["(16,)", "(8,)", "(784,)", "(1,)"],
    Kind.TOKENS: ["(10,)", "(None,)", "(25,)"],
}

MISTAKES = [
    "Dense(0)",
    'Conv2D(8, 3, padding="sane")',
    "Reshape((7, 11))",
    "MaxPooling2D(64)",
    "Conv2D(8, 3)",
    "Conv1D(8, 3)",
    "LSTM(8)",
    "Dense(units=8, activaton='relu')",
    "Permute((1, 2, 3, 4))",
    "GlobalAveragePooling2D()",
    "RepeatVector(3)",
    "Conv2D(8, 3, strides=2, dilation_rate=2)",
    "Dense()",
    "Dropout(1.5)",
    "Flatten()",
    "Embedding(10, 4)",
]


class Chain:
    """Layers one after another, from a kind of tensor; possibly with one mistake in them."""

    def __init__(self, chance: random.Random, kind: Kind, mistakes: bool = True) -> None:
        self.chance = chance
        self.kind = kind
        self.mistakes = mistakes and chance.random() < CHANCE_OF_A_MISTAKE

    def layer(self) -> str:
        """The next layer's constructor, as `Dense(4)`, without `layers.`."""
        if self.mistakes and self.chance.random() < 0.2:
            self.mistakes = False
            return self.chance.choice(MISTAKES)
        choices = NEXT[self.kind]
        weights = [weight for weight, _, _ in choices]
        _, make, self.kind = self.chance.choices(choices, weights=weights)[0]
        return make(self.chance)

    def layers(self, count: int, end: bool = True) -> list[str]:
        """So many layers; the last one, if `end`, as the last layer of a model often is."""
        made = [self.layer() for _ in range(count - end)]
        return [*made, last_dense(self.chance)] if end else made


def start(chance: random.Random) -> tuple[Kind, str]:
    kind = chance.choice([Kind.IMAGE, Kind.IMAGE, Kind.SEQUENCE, Kind.VECTOR, Kind.TOKENS])
    return kind, chance.choice(INPUTS[kind])


def with_keyword(layer: str, keyword: str) -> str:
    """`Dense(4)` with one more keyword argument."""
    opened = layer[:-1]
    return f"{opened}{'' if opened.endswith('(') else ', '}{keyword})"


def sequential_layers(chance: random.Random) -> tuple[list[str], str]:
    """Layers of a Sequential, its input given in one of the usual ways, and what ends it."""
    kind, shape = start(chance)
    made = [f"layers.{layer}" for layer in Chain(chance, kind).layers(chance.randint(3, 12))]
    way = chance.choice(["Input", "Input", "input_shape", "InputLayer", "build", "never"])
    if way == "Input":
        return [f"keras.Input({shape})", *made], ""
    if way == "input_shape":
        return [with_keyword(made[0], f"input_shape={shape}"), *made[1:]], ""
    if way == "InputLayer":
        return [f"layers.InputLayer({shape})", *made], ""
    if way == "build":
        return made, f"model.build((None, {shape[1:]})\n"
    return made, ""


def sequential_by_add(chance: random.Random) -> str:
    made, end = sequential_layers(chance)
    added = "".join(f"model.add({layer})\n" for layer in made)
    return f"model = keras.Sequential()\n{added}{end}"


def sequential_list(chance: random.Random) -> str:
    made, end = sequential_layers(chance)
    listed = "".join(f"    {layer},\n" for layer in made)
    return f"model = keras.Sequential([\n{listed}])\n{end}"


def sequential_in_a_loop(chance: random.Random) -> str:
    shape = chance.choice(INPUTS[Kind.IMAGE])
    block = Chain(chance, Kind.VECTOR, mistakes=False)
    sizes = chance.choice(["(8, 16)", "[4, 8, 16]", "range(4, 13, 4)"])
    pool = chance.choice(["    model.add(layers.MaxPooling2D())\n", ""])
    made = "".join(f"model.add(layers.{layer})\n" for layer in block.layers(chance.randint(1, 4)))
    return (
        "model = keras.Sequential()\n"
        f"model.add(keras.Input({shape}))\n"
        f"for filters in {sizes}:\n"
        f"    model.add(layers.Conv2D(filters, 3{pick(chance, *PADDING)}))\n"
        f"{pool}"
        f"model.add(layers.{pick(chance, 'Flatten', 'GlobalAveragePooling2D')}())\n"
        f"{made}"
    )


def functional(chance: random.Random) -> str:
    kind, shape = start(chance)
    made = Chain(chance, kind).layers(chance.randint(3, 12))
    lines = [f"inputs = keras.Input({shape})"]
    lines += [
        f"x = layers.{layer}({'x' if number else 'inputs'})" for number, layer in enumerate(made)
    ]
    return "\n".join([*lines, "model = keras.Model(inputs, x)"]) + "\n"


def residual(chance: random.Random) -> str:
    """A stem, blocks with a shortcut around them, and a head."""
    shape = chance.choice(INPUTS[Kind.IMAGE])
    filters = chance.choice([4, 8])
    lines = [f"inputs = keras.Input({shape})", f"x = layers.Conv2D({filters}, 3)(inputs)"]
    for _ in range(chance.randint(1, 2)):
        padding = chance.choice([', padding="same"'] * 3 + [""])
        strides = chance.choice(["", "", ", strides=2"])
        lines += [
            "shortcut = x",
            f"x = layers.Conv2D({filters}, 3{padding}{strides})(x)",
            f"x = layers.{SAME_SHAPE(chance)}(x)",
        ]
        if chance.random() < 0.5:
            filters = chance.choice([4, 8, 16])
            lines.append(f"x = layers.Conv2D({filters}, 1)(x)")
            lines.append(f"shortcut = layers.Conv2D({filters}, 1{strides})(shortcut)")
        merge = chance.choice(
            ["Add()([x, shortcut])", "add([x, shortcut])", "Concatenate()([x, shortcut])"]
        )
        lines.append(f"x = layers.{merge}")
    head = chance.choice(["Flatten()", "GlobalAveragePooling2D()"])
    lines += [f"x = layers.{head}(x)", f"outputs = layers.{last_dense(chance)}(x)"]
    return "\n".join([*lines, "model = keras.Model(inputs=inputs, outputs=outputs)"]) + "\n"


def branches(chance: random.Random) -> str:
    """One input, two or three ways through, joined again."""
    kind, shape = start(chance)
    stem = Chain(chance, kind, mistakes=False)
    lines = [f"inputs = keras.Input({shape})", f"x = layers.{stem.layer()}(inputs)"]
    names = ["a", "b", "c"][: chance.randint(2, 3)]
    for name in names:
        branch = Chain(chance, stem.kind)
        lines.append(f"{name} = layers.{branch.layer()}(x)")
        lines += [f"{name} = layers.{branch.layer()}({name})" for _ in range(chance.randint(0, 2))]
        if chance.random() < 0.7 and branch.kind is not Kind.VECTOR:
            lines.append(f"{name} = layers.Flatten()({name})")
    merge = chance.choice(
        ["Concatenate()", "Concatenate(axis=1)", "Add()", "Maximum()", "Average()"]
    )
    lines += [
        f"y = layers.{merge}([{', '.join(names)}])",
        f"outputs = layers.{last_dense(chance)}(y)",
    ]
    return "\n".join([*lines, "model = keras.Model(inputs, outputs)"]) + "\n"


def two_inputs(chance: random.Random) -> str:
    """Two inputs, each with its own layers, and two outputs at times."""
    lines, names = [], ["left", "right"]
    for name in names:
        kind, shape = start(chance)
        chain = Chain(chance, kind)
        lines.append(f"{name}_input = keras.Input({shape})")
        lines.append(f"{name} = layers.{chain.layer()}({name}_input)")
        lines += [f"{name} = layers.{chain.layer()}({name})" for _ in range(chance.randint(0, 3))]
        if chain.kind is not Kind.VECTOR:
            lines.append(f"{name} = layers.Flatten()({name})")
    lines.append(
        f"both = layers.{pick(chance, 'concatenate', 'concatenate', 'add')}([left, right])"
    )
    lines.append(f"first = layers.{last_dense(chance)}(both)")
    outputs = "first"
    if chance.random() < 0.4:
        lines.append(f"second = layers.{dense(chance)}(both)")
        outputs = "[first, second]"
    lines.append(f"model = keras.Model([left_input, right_input], {outputs})")
    return "\n".join(lines) + "\n"


def ladder(chance: random.Random) -> str:
    """Down by pooling and up again with skips: fits if the size is divisible often enough."""
    depth = chance.randint(1, 2)
    size = chance.choice([16, 20, 18, 22, 28])
    padding = chance.choice([', padding="same"'] * 4 + [""])
    lines = [f"inputs = keras.Input(({size}, {size}, {chance.choice([1, 3])}))", "x = inputs"]
    for level in range(depth):
        lines.append(f'x = layers.Conv2D({4 << level}, 3{padding}, activation="relu")(x)')
        lines.append(f"skip{level} = x")
        lines.append("x = layers.MaxPooling2D()(x)")
    for level in reversed(range(depth)):
        up = chance.choice(
            ["UpSampling2D()", f"Conv2DTranspose({4 << level}, 2, strides=2)", "UpSampling2D(2)"]
        )
        lines.append(f"x = layers.{up}(x)")
        lines.append(f"x = layers.Concatenate()([x, skip{level}])")
        lines.append(f"x = layers.Conv2D({4 << level}, 3{padding})(x)")
    lines.append('outputs = layers.Conv2D(1, 1, activation="sigmoid")(x)')
    return "\n".join([*lines, "model = keras.Model(inputs, outputs)"]) + "\n"


def helper_function(chance: random.Random) -> str:
    """A block in a function that is called several times."""
    shape = chance.choice(INPUTS[Kind.IMAGE])
    pool = chance.choice(["    x = layers.MaxPooling2D()(x)\n", ""])
    calls = "".join(
        f"x = block(x, {pick(chance, 4, 8)}{pick(chance, '', ', size=5', ', size=1')})\n"
        for _ in range(chance.randint(1, 3))
    )
    return (
        "def block(x, filters, size=3):\n"
        f"    x = layers.Conv2D(filters, size{pick(chance, *PADDING)})(x)\n"
        f"    x = layers.{SAME_SHAPE(chance)}(x)\n"
        f"{pool}"
        "    return x\n\n\n"
        f"inputs = keras.Input({shape})\n"
        "x = inputs\n"
        f"{calls}"
        f"x = layers.{pick(chance, 'Flatten', 'GlobalMaxPooling2D')}()(x)\n"
        f"outputs = layers.{last_dense(chance)}(x)\n"
        "model = keras.Model(inputs, outputs)\n"
    )


def nested(chance: random.Random) -> str:
    """A model used as a layer, once or twice."""
    kind, shape = start(chance)
    inner = Chain(chance, kind, mistakes=False)
    made = [f"layers.{inner.layer()}" for _ in range(chance.randint(1, 3))]
    if inner.kind is not Kind.VECTOR:
        made.append("layers.Flatten()")
    listed = "".join(f"    {layer},\n" for layer in made)
    twice = chance.random() < 0.5
    text = f"encoder = keras.Sequential([\n    keras.Input({shape}),\n{listed}])\n"
    text += f"first = keras.Input({shape})\n"
    if not twice:
        rest = "".join(f"x = layers.{dense(chance)}(x)\n" for _ in range(chance.randint(1, 3)))
        return f"{text}x = encoder(first)\n{rest}model = keras.Model(first, x)\n"
    other = shape if chance.random() < 0.8 else chance.choice(INPUTS[kind])
    return (
        f"{text}second = keras.Input({other})\n"
        f"x = layers.{pick(chance, 'subtract', 'concatenate')}([encoder(first), encoder(second)])\n"
        f"outputs = layers.{last_dense(chance)}(x)\n"
        "model = keras.Model([first, second], outputs)\n"
    )


WRITERS = [
    sequential_by_add,
    sequential_by_add,
    sequential_list,
    sequential_list,
    sequential_in_a_loop,
    functional,
    functional,
    residual,
    branches,
    two_inputs,
    ladder,
    helper_function,
    nested,
]


def random_models(era: Era, count: int = 2000, seed: int = 0) -> list[Program]:
    """So many different models of an era; the same for the same seed."""
    chance = random.Random(f"{seed}:{era.value}:{SUBJECT}")
    bodies: dict[str, str] = {}
    while len(bodies) < count:
        body = chance.choice(WRITERS)(chance)
        if body not in bodies:
            bodies[body] = in_style(body, era, chance)
    return [Program(era, SUBJECT, text) for text in bodies.values()]

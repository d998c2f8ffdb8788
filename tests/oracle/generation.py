"""From options to programs: a systematic grid, then seeded random ones, all of them text."""

from __future__ import annotations

import hashlib
import random
import re
from typing import TYPE_CHECKING, Any

from tests.oracle.options import Call, LayerOptions, Source, Tensor, as_call, input_names
from tests.oracle.programs import Era, Program

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Arguments = dict[str, Any]

EVERY_RANK = (
    (),
    (5,),
    (None,),
    (4, 3),
    (None, 3),
    (4, None),
    (6, 8, 3),
    (None, None, 3),
    (4, 6, 8, 3),
    (2, 4, 6, 8, 3),
)
"""Inputs on which every layer is tried, whatever it is made for."""

EVERY_LAYER: tuple[Arguments, ...] = (
    {"name": "mine"},
    {"name": "a/b"},
    {"name": "a b"},
    {"name": 3},
    {"dtype": "float16"},
    {"dtype": "float31"},
    {"trainable": False},
    {"input_shape": (7, 3)},
    {"input_dim": 3},
    {"batch_input_shape": (None, 7, 3)},
    {"batch_size": 2},
    {"dynamic": True},
    {"activity_regularizer": "l2"},
    {"unknown_keyword": 1},
)
"""Keywords that base classes take, or refuse, tried with every layer."""

CHANCE_OF_WRONG_INPUT = 0.08
CHANCE_OF_INVALID_VALUE = 0.15
CHANCE_OF_NEUTRAL = 0.15
CHANCE_OF_ANY_KEYWORD = 0.02
CHANCE_OF_BATCH_SIZE = 0.06
CHANCE_OF_OTHER_SIZES = 0.3
CHANCE_OF_OTHER_SIZE = 0.4
OTHER_SIZES = (None, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12)
POSITIONAL = 0.8
HOW_MANY_OPTIONAL = (0, 1, 1, 2, 2, 3, 4)
ATTEMPTS_A_PROGRAM = 12
PROGRAMS_AN_ALIAS = 24


def generate(options: LayerOptions, era: Era, seed: int = 0) -> list[Program]:
    """All programs of one layer in one era, each text once; the same for the same seed.

    A longer list of values changes this layer's programs only: each layer has its own random
    numbers. An alias gets the first few programs under its own name.
    """
    chance = random.Random(f"{seed}:{era.value}:{options.name}:style")
    return [
        Program(era, options.name, in_style(body, era, chance))
        for body in bodies(options, era, seed)
    ]


def generate_alias(options: LayerOptions, alias: str, era: Era, seed: int = 0) -> list[Program]:
    """A few of the layer's programs, spelled with another public name of the same class."""
    if era not in options.aliases[alias]:
        return []
    chance = random.Random(f"{seed}:{era.value}:{alias}:style")
    named = re.compile(rf"\b{options.name}\b")
    picked = chance.sample(bodies(options, era, seed), PROGRAMS_AN_ALIAS)
    return [Program(era, alias, in_style(named.sub(alias, body), era, chance)) for body in picked]


def bodies(options: LayerOptions, era: Era, seed: int) -> list[str]:
    """The statements of all programs of a layer, without the imports; each once."""
    if era not in options.eras:
        return []
    chance = random.Random(f"{seed}:{era.value}:{options.name}")
    maker = ProgramMaker(options, era)
    made = dict.fromkeys(maker.systematic())
    wanted = max(options.programs, len(made) + options.at_random) if options.at_random else 0
    attempts = ATTEMPTS_A_PROGRAM * wanted
    while len(made) < wanted and attempts > 0:
        attempts -= 1
        made.setdefault(maker.drawn(chance))
    return list(made)


def in_style(body: str, era: Era, chance: random.Random) -> str:
    """The whole program, in one of the ways in which people import Keras."""
    styles = STYLES[era]
    style = chance.choices(list(styles), weights=list(styles.values()))[0]
    return with_libraries(style(body))


def sample(programs: Sequence[Program], count: int) -> list[Program]:
    """At most `count` of the programs: which ones hangs on their texts alone."""
    by_hash = sorted(programs, key=lambda p: hashlib.sha256(p.text.encode()).digest())
    return by_hash[:count]


class ProgramMaker:
    """Makes the programs of one layer in one era."""

    def __init__(self, options: LayerOptions, era: Era) -> None:
        self.options = options
        self.era = era
        self.on = [as_call(on) for on in options.on]
        self.wrong_on = [as_call(on) for on in options.wrong_on]
        if options.any_rank:
            dtype = self.on[0].tensors[0].dtype if self.on and self.on[0].tensors else None
            self.wrong_on += [as_call(Tensor(shape, dtype)) for shape in EVERY_RANK]
        self.optional = {**options.optional, **options.optional_in.get(era, {})}
        self.plain = {name: values[0] for name, values in options.required.items()}

    def systematic(self) -> Iterator[str]:
        """Every input with plain arguments, then every value of every argument on some input."""
        for call in [*self.on, *self.wrong_on]:
            yield self.body(self.plain, call)
        for number, arguments in enumerate(self.single_changes()):
            yield self.body(arguments, self.on[number % min(2, len(self.on))])
        for case in self.options.cases:
            for call in self.on:
                yield self.body_of_text(case, call)
        if self.options.any_keyword:
            yield from self.miscounted()
            yield from self.listed()

    def single_changes(self) -> Iterator[Arguments]:
        """Plain arguments with one of them given another value, valid or not, or added."""
        options = self.options
        for values in (options.required, self.optional, options.neutral, options.invalid):
            for name, candidates in values.items():
                for value in candidates:
                    yield {**self.plain, name: value}
        for name, candidates in {**options.required, **self.optional}.items():
            for value in other_spellings(next((v for v in candidates if v is not None), None)):
                yield {**self.plain, name: value}
        for more in EVERY_LAYER if options.any_keyword else ():
            yield {**self.plain, **more}

    def miscounted(self) -> Iterator[str]:
        """Too few and too many arguments."""
        call = self.on[0]
        for name in self.plain:
            yield self.body({n: v for n, v in self.plain.items() if n != name}, call)
        many = ", ".join(["1"] * 40)
        yield self.body_of_text(many, call)

    def listed(self) -> Iterator[str]:
        """The one input of a layer in a list or a tuple, alone and twice, and by keyword."""
        call = self.on[0]
        if call.arguments == "x":
            for arguments in ("[x]", "(x,)", "[x, x]", "inputs=x", "x=x"):
                yield self.body(self.plain, Call(call.tensors, arguments))

    def drawn(self, chance: random.Random) -> str:
        """One program drawn at random: mostly valid values in combinations, some spoiled."""
        calls = self.on
        if self.wrong_on and chance.random() < CHANCE_OF_WRONG_INPUT:
            calls = self.wrong_on
        call = chance.choice(calls)
        if chance.random() < CHANCE_OF_OTHER_SIZES:
            call = with_other_sizes(call, chance)
        if chance.random() < CHANCE_OF_BATCH_SIZE:
            call = with_batch_size(call, 2)
        return self.body(self.random_arguments(chance), call, chance.random() < POSITIONAL)

    def random_arguments(self, chance: random.Random) -> Arguments:
        options = self.options
        arguments = {name: chance.choice(list(v)) for name, v in options.required.items()}
        count = min(chance.choice(HOW_MANY_OPTIONAL), len(self.optional))
        for name in chance.sample(list(self.optional), count):
            arguments[name] = chance.choice(list(self.optional[name]))
        if options.neutral and chance.random() < CHANCE_OF_NEUTRAL:
            name = chance.choice(list(options.neutral))
            arguments[name] = chance.choice(list(options.neutral[name]))
        if options.invalid and chance.random() < CHANCE_OF_INVALID_VALUE:
            name = chance.choice(list(options.invalid))
            arguments[name] = chance.choice(list(options.invalid[name]))
        if options.any_keyword and chance.random() < CHANCE_OF_ANY_KEYWORD:
            arguments.update(chance.choice(EVERY_LAYER))
        return arguments

    def body(self, arguments: Arguments, call: Call, positional: bool = True) -> str:
        """The statements of a program, in the plain style: `keras.` and `layers.` in front."""
        return self.body_of_text(self.argument_text(arguments, positional), call)

    def argument_text(self, arguments: Mapping[str, Any], positional: bool) -> str:
        leading: list[str] = []
        for name in self.options.required:
            if not (positional and self.options.positional) or name not in arguments:
                break
            leading.append(name)
        parts = [as_source(arguments[name]) for name in leading]
        parts += [f"{n}={as_source(v)}" for n, v in arguments.items() if n not in leading]
        return ", ".join(parts)

    def body_of_text(self, arguments: str, call: Call) -> str:
        names = input_names(len(call.tensors))
        lines = [
            f"{name} = {tensor.as_source()}"
            for name, tensor in zip(names, call.tensors, strict=True)
        ]
        statement = (
            self.options.statement.replace("{name}", self.options.name)
            .replace("{arguments}", arguments)
            .replace("{inputs}", call.arguments)
        )
        statement = statement.replace("(, ", "(").replace(", )", ")")
        return "\n".join([*lines, statement]) + "\n"


def other_spellings(value: Any) -> Iterator[Any]:
    """What people write for a valid value besides: numpy's numbers, floats, capitals, `None`."""
    match value:
        case bool() | Source():
            return
        case int():
            yield from (Source(f"np.int64({value})"), float(value))
        case float():
            yield Source(f"np.float32({value})")
        case str():
            yield from (value.upper(), value.title())
        case tuple() if value and all(type(part) is int for part in value):
            yield list(value)
            yield Source(f"({', '.join(f'np.int64({part})' for part in value)},)")
            yield Source(f"np.array({value})")
    yield None


def with_batch_size(call: Call, size: int) -> Call:
    """The same call with the first input's batch size known."""
    if not call.tensors:
        return call
    first, *others = call.tensors
    return Call((Tensor(first.shape, first.dtype, size), *others), call.arguments)


def with_other_sizes(call: Call, chance: random.Random) -> Call:
    """The same call on inputs of the same ranks, some sizes drawn anew."""
    tensors = tuple(
        Tensor(
            tuple(
                chance.choice(OTHER_SIZES) if chance.random() < CHANCE_OF_OTHER_SIZE else size
                for size in tensor.shape
            ),
            tensor.dtype,
            tensor.batch_size,
        )
        for tensor in call.tensors
    )
    return Call(tensors, call.arguments)


def as_source(value: Any) -> str:
    """A value as program text, strings in double quotes."""
    if isinstance(value, Source):
        return value.text
    if isinstance(value, str):
        return f'"{value}"'
    return repr(value)


def with_libraries(text: str) -> str:
    """The program with TensorFlow and numpy imported, if it names `tf` or `np` and does not."""
    if re.search(r"(?<![\w.])np\.", text):
        text = f"import numpy as np\n{text}"
    if re.search(r"(?<![\w.])tf\.", text) and "import tensorflow as tf" not in text:
        return f"import tensorflow as tf\n{text}"
    return text


def import_keras(body: str) -> str:
    return f"import keras\nfrom keras import layers\n\n{body}"


def import_from_tensorflow(body: str) -> str:
    return f"from tensorflow import keras\nfrom tensorflow.keras import layers\n\n{body}"


def import_tensorflow(body: str) -> str:
    body = re.sub(r"(?<![\w.])layers\.", "keras.layers.", body)
    body = re.sub(r"(?<![\w.])keras\.", "tf.keras.", body)
    return f"import tensorflow as tf\n\n{body}"


def import_tf_keras(body: str) -> str:
    return f"import tf_keras as keras\nfrom tf_keras import layers\n\n{body}"


def import_names(body: str) -> str:
    """`from keras.layers import Dense, Input`, and `import keras` only where it is needed."""
    names = set(re.findall(r"(?<![\w.])layers\.(\w+)", body))
    body = re.sub(r"(?<![\w.])layers\.", "", body)
    if "keras.Input(" in body:
        names.add("Input")
        body = body.replace("keras.Input(", "Input(")
    head = "import keras\n" if re.search(r"(?<![\w.])keras\.", body) else ""
    return f"{head}from keras.layers import {', '.join(sorted(names))}\n\n{body}"


STYLES = {
    Era.KERAS_3: {
        import_keras: 6,
        import_names: 2,
        import_from_tensorflow: 1,
        import_tensorflow: 1,
    },
    Era.KERAS_2: {
        import_from_tensorflow: 4,
        import_keras: 3,
        import_names: 2,
        import_tensorflow: 2,
        import_tf_keras: 1,
    },
}


def generate_all(
    families: Iterable[LayerOptions], era: Era, seed: int = 0
) -> dict[str, list[Program]]:
    """Subject -> its programs, for every layer of an era and every other public name of it."""
    programs = {}
    for options in families:
        if made := generate(options, era, seed):
            programs[options.name] = made
        for alias in options.aliases:
            if made := generate_alias(options, alias, era, seed):
                programs[alias] = made
    return programs

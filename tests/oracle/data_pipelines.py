"""Data that comes piece by piece, and arguments beside the data: datasets, generators, weights."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.oracle.programs import Era

MODEL = (
    "model = keras.Sequential([keras.Input((4,)), layers.Dense({units}{act})])\n"
    "model.compile('sgd', loss={loss!r}{metrics})\n"
)
TASKS = (
    (1, "", "mse"), (1, ", activation='sigmoid'", "binary_crossentropy"),
    (3, ", activation='softmax'", "categorical_crossentropy"),
    (3, ", activation='softmax'", "sparse_categorical_crossentropy"),
)  # fmt: skip
LABELS = {1: ((6,), (6, 1), (6, 2)), 3: ((6, 3), (6,), (6, 1), (6, 4))}
INPUTS = ("(6, 4)", "(6, 4)", "(6, 4)", "(6, 5)", "(6, 2, 2)", "(6, 4, 1)", "(6,)", "(5, 4)")


def model_and_data(chance: random.Random) -> str:
    """A compiled model, and arrays that mostly fit."""
    units, act, loss = chance.choice(TASKS)
    metrics = chance.choice(("", "", ", metrics=['accuracy']"))
    return (
        MODEL.format(units=units, act=act, loss=loss, metrics=metrics)
        + f"x = np.zeros({chance.choice(INPUTS)})\ny = np.zeros({chance.choice(LABELS[units])})\n"
    )


def call(chance: random.Random, data: str, steps: str = "") -> str:
    """Data of one name in a call that takes it."""
    return chance.choice(
        (f"model.fit({data}{steps}, verbose=0)\n", f"model.fit({data}{steps}, verbose=0)\n",
         f"model.evaluate({data}{steps.replace('_per_epoch', '')}, verbose=0)\n")
    )  # fmt: skip


def datasets(chance: random.Random, era: Era) -> str:
    """`tf.data`: with and without a batch axis, with labels and without."""
    made = chance.choice(
        ("(x, y)", "(x, y)", "(x, y)", "(x, y)", "x", "(x, y, y)", "(y, x)", "((x, y))")
    )
    steps = chance.choice((".batch(2)", ".batch(2)", ".batch(4)", "", ".batch(2).prefetch(1)",
                           ".shuffle(6).batch(3)", ".repeat(2).batch(2)", ".batch(6)",
                           ".batch(4, drop_remainder=True)", ".map(lambda *e: e).batch(2)",
                           ".batch(2).batch(2)", ".take(1).batch(1)"))  # fmt: skip
    data = f"data = tf.data.Dataset.from_tensor_slices({made}){steps}\n"
    end = chance.choice(
        (call(chance, "data"), call(chance, "data"), "model.predict(data, verbose=0)\n",
         "model.fit(x, y, validation_data=data, verbose=0)\n",
         "model.fit(data, y, verbose=0)\n", "model.fit(data, batch_size=2, verbose=0)\n",
         "model.fit(data, validation_split=0.5, verbose=0)\n")
    )  # fmt: skip
    return "import tensorflow as tf\n" + model_and_data(chance) + data + end


def generators(chance: random.Random, era: Era) -> str:
    """Functions that yield batches."""
    given = chance.choice(
        ("x, y", "x, y", "x, y", "(x, y)", "[x, y]", "x", "x[:2], y[:2]", "x[0], y[0]", "x, y, y",
         "{'a': x}, y", "[x], [y]", "x, np.ones(len(x))")
    )  # fmt: skip
    loop = chance.choice(("while True:", "while True:", "for _ in range(3):"))
    made = f"def batches():\n    {loop}\n        yield {given}\n\n"
    steps = chance.choice((", steps_per_epoch=2", ", steps_per_epoch=2", ", steps_per_epoch=5"))
    method = "fit_generator" if era is Era.KERAS_2 and chance.random() < 0.2 else "fit"
    end = chance.choice(
        (f"model.{method}(batches(){steps}, verbose=0)\n",
         "model.evaluate(batches(), steps=2, verbose=0)\n",
         "model.predict(batches(), steps=1, verbose=0)\n",
         "model.fit(x, y, validation_data=batches(), validation_steps=1, verbose=0)\n")
    )  # fmt: skip
    return model_and_data(chance) + made + end


def sequences(chance: random.Random, era: Era) -> str:
    """Classes that hand out batches by number."""
    base = chance.choice(("keras.utils.Sequence", "keras.utils.PyDataset"))
    if era is Era.KERAS_2:
        base = "keras.utils.Sequence"
    given = chance.choice(("x[:2], y[:2]", "x[:2], y[:2]", "x, y", "x", "x[0], y[0]", "[x], y",
                           "x, y, y"))  # fmt: skip
    start = (
        "    def __init__(self, size):\n        super().__init__()\n        self.size = size\n\n"
    )
    made = (
        f"class Batches({base}):\n{start}    def __len__(self):\n        return 2\n\n"
        f"    def __getitem__(self, index):\n        return {given}\n\n"
    )
    return model_and_data(chance) + made + call(chance, "Batches(2)")


def pictures(chance: random.Random, era: Era) -> str:
    """`ImageDataGenerator.flow`, over arrays of pictures."""
    units, act, loss = chance.choice(TASKS)
    shape = chance.choice(("(6, 4, 4, 3)", "(6, 4, 4, 3)", "(6, 4, 4, 1)", "(6, 5, 5, 3)",
                           "(6, 4, 4)", "(6, 3, 4, 4)"))  # fmt: skip
    flow = chance.choice(("flow(x, y, batch_size=2)", "flow(x, y, batch_size=2)", "flow(x, y)",
                          "flow(x, batch_size=2)"))  # fmt: skip
    return (
        "from tensorflow.keras.preprocessing.image import ImageDataGenerator\n"
        "model = keras.Sequential([keras.Input((4, 4, 3)), layers.Flatten(), "
        f"layers.Dense({units}{act})])\nmodel.compile('sgd', loss={loss!r})\n"
        f"x = np.zeros({shape})\ny = np.zeros({chance.choice(LABELS[units])})\n"
        f"flow = ImageDataGenerator(rescale=1 / 255).{flow}\n"
        + call(chance, "flow", ", steps_per_epoch=2")
    )


def weights(chance: random.Random, era: Era) -> str:
    """Weights for samples and classes, of shapes that fit and that do not."""
    given = chance.choice(
        ("sample_weight=np.ones(6)", "sample_weight=np.ones(5)", "sample_weight=np.ones((6, 1))",
         "sample_weight=np.ones((6, 3))", "sample_weight=np.ones((6, 2))", "sample_weight=[1] * 6",
         "class_weight={0: 1.0, 1: 2.0}", "class_weight={0: 1.0, 1: 2.0, 2: 3.0}",
         "class_weight={0: 1.0}", "class_weight={'a': 1.0, 'b': 2.0}", "class_weight={1: 1.0}",
         "class_weight=[1.0, 2.0]", "class_weight='balanced'",
         "class_weight={0: 1.0, 1: 2.0}, sample_weight=np.ones(6)",
         "sample_weight=np.ones((6, 1, 1))")
    )  # fmt: skip
    method = chance.choice(("fit", "fit", "train_on_batch", "evaluate"))
    if "class_weight" in given and method == "evaluate":
        method = "fit"
    tail = "" if method == "train_on_batch" else ", verbose=0"
    if chance.random() < 0.7:
        return model_and_data(chance) + f"model.{method}(x, y, {given}{tail})\n"
    labels = chance.choice(("(6, 4, 1)", "(6, 4)", "(6, 4, 3)"))
    units = 3 if labels.endswith("3)") else 1
    return (
        f"model = keras.Sequential([keras.Input((4, 2)), layers.Dense({units})])\n"
        f"model.compile('sgd', 'mse')\nx = np.zeros((6, 4, 2))\ny = np.zeros({labels})\n"
        f"model.{method}(x, y, {given.replace('(6, 3)', '(6, 4)')}{tail})\n"
    )


def several(chance: random.Random, era: Era) -> str:
    """Two inputs and two outputs, with losses, metrics and data by name or by place."""
    losses = chance.choice(("'mse'", "['mse', 'mae']", "{'p': 'mse', 'q': 'mae'}", "['mse']",
                            "{'p': 'mse'}", "{'p': 'mse', 'r': 'mae'}", "['mse', None]",
                            "['mse', 'mae', 'mae']"))  # fmt: skip
    metrics = chance.choice(("", "", "", ", metrics=['mae']", ", metrics=['mae', 'mse']",
                             ", metrics={'p': 'mae'}", ", metrics={'p': ['mae'], 'q': 'mse'}",
                             ", metrics={'r': 'mae'}", ", metrics=[['mae'], ['mse']]"))  # fmt: skip
    x = chance.choice(("[a, b]", "[a, b]", "{'a': a, 'b': b}", "{'a': a, 'b': b}", "(a, b)",
                       "[b, a]", "{'a': a}", "{'a': a, 'c': b}", "[a]", "a",
                       "{'a': a, 'b': b, 'c': a}"))  # fmt: skip
    y = chance.choice(("[p, q]", "[p, q]", "{'p': p, 'q': q}", "{'p': p, 'q': q}", "(p, q)",
                       "[q, p]", "{'p': p}", "{'p': p, 'r': q}", "[p]", "p", "[p, p]",
                       "[p[:3], q]"))  # fmt: skip
    extra = chance.choice(("", "", "", ", sample_weight=np.ones(6)", ", validation_split=0.5",
                           f", validation_data=({x}, {y})", ", class_weight={0: 1.0, 1: 2.0}",
                           ", sample_weight=[np.ones(6), np.ones(6)]"))  # fmt: skip
    outputs = chance.choice(("[p, q]", "[p, q]", "{'p': p, 'q': q}"))
    inputs = chance.choice(("[a, b]", "[a, b]", "{'a': a, 'b': b}"))
    end = chance.choice((f"model.fit({x}, {y}{extra}, verbose=0)\n",) * 3
                        + (f"model.predict({x}, verbose=0)\n", f"model.train_on_batch({x}, {y})\n",
                           f"model.evaluate({x}, {y}, verbose=0)\n", f"model({x})\n"))  # fmt: skip
    data = "a, b = np.zeros((6, 2)), np.zeros((6, 3))\np, q = np.zeros((6, 1)), np.zeros((6, 4))\n"
    return (
        "a = keras.Input((2,), name='a')\nb = keras.Input((3,), name='b')\n"
        "h = layers.concatenate([a, b])\np = layers.Dense(1, name='p')(h)\n"
        f"q = layers.Dense(4, name='q')(h)\nmodel = keras.Model({inputs}, {outputs})\n"
        f"model.compile('sgd', {losses}{metrics})\n{data}{end}"
    )


def by_hand(chance: random.Random, era: Era) -> str:
    """One batch at a time, calls of the model, element types, samples alone."""
    x = chance.choice(("x[0]", "x[:1]", "x", "x[0:1]", "x[0].reshape(1, -1)", "x.tolist()", "x[0, 0]",
                       "np.expand_dims(x[0], 0)", "x.astype('int64')", "x.astype(str)",
                       "x.astype(object)", "list(x)", "[x, x]", "x.T", "tf.constant(x)"))  # fmt: skip
    end = chance.choice(
        (f"model({x})\n", f"model.predict({x}, verbose=0)\n", f"model.predict_on_batch({x})\n",
         "for row, label in zip(x, y):\n    model.train_on_batch(row, label)\n",
         "for i in range(2):\n    model.train_on_batch(x[i:i + 1], y[i:i + 1])\n",
         f"model.test_on_batch({x}, y)\n", f"model.fit({x}, y, verbose=0)\n",
         "for row in x:\n    model.predict(row, verbose=0)\n", "model.fit(x, verbose=0)\n",
         "model.fit(x, y, validation_data=(x, y, np.ones(6)), verbose=0)\n",
         "model.evaluate(x, verbose=0)\n", "model.fit(x, y, batch_size=0, verbose=0)\n",
         "model.fit(x, y, steps_per_epoch=2, verbose=0)\n",
         "model.fit(x, y, epochs=2, initial_epoch=1, verbose=0)\n")
    )  # fmt: skip
    return "import tensorflow as tf\n" + model_and_data(chance) + end


PIPELINES: tuple[Callable[[random.Random, Era], str], ...] = (
    datasets, datasets, generators, sequences, pictures, by_hand,
)  # fmt: skip
ARGUMENTS: tuple[Callable[[random.Random, Era], str], ...] = (
    weights, several, several, by_hand,
)  # fmt: skip


def pipeline(chance: random.Random, era: Era) -> str:
    """Data that comes in pieces."""
    return chance.choice(PIPELINES)(chance, era)


def argument(chance: random.Random, era: Era) -> str:
    """Data in lists and dicts, and what is given beside it."""
    return chance.choice(ARGUMENTS)(chance, era)

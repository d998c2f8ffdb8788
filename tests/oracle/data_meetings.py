"""Data that meets a model: arrays at inputs, labels at losses, on a few tiny samples."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from tests.oracle.data_habits import habit
from tests.oracle.data_losses import loss_at_an_output, metric_at_an_output
from tests.oracle.data_pipelines import argument, pipeline
from tests.oracle.programs import Era, Judgement, Program

LABELS = "labels"
FEEDING = "feeding"
HABITS = "habits"
LOSSES = "losses"
METRICS = "metrics"
PIPELINES = "pipelines"
ARGUMENTS = "arguments"
SUBJECTS = (LABELS, FEEDING, HABITS, LOSSES, METRICS, PIPELINES, ARGUMENTS)
"""What is compared by outcome alone: what Keras builds on data has the data's own batch axis."""

HEAD = "import numpy as np\nimport {keras}\nfrom {keras} import layers\n\n"
SAMPLES = (1, 3, 4, 6, 6, 6)

# The input, the layers before the last, and the output behind them.
BODIES: dict[str, tuple[str, str]] = {
    "one number": ("(5,)", "layers.Dense(1{act})"),
    "three numbers": ("(5,)", "layers.Dense(3{act})"),
    "four numbers": ("(5,)", "layers.Dense(4{act})"),
    "a number a step": ("(4, 2)", "layers.Dense(1{act})"),
    "three numbers a step": ("(4, 2)", "layers.Dense(3{act})"),
    "four numbers, three steps": ("(3, 2)", "layers.Dense(4{act})"),
    "a number a pixel": ("(2, 2, 3)", "layers.Conv2D(1, 1{act})"),
    "three numbers a pixel": ("(2, 2, 3)", "layers.Conv2D(3, 1{act})"),
    "open steps": ("(None, 2)", "layers.Dense(3{act})"),
}
ACTIVATIONS = ("", "", ", activation='softmax'", ", activation='sigmoid'", ", activation='relu'")
LABEL_SHAPES = (
    (), (), (1,), (1,), (3,), (3,), (4,), (5,), (6,), (4, 1), (4, 3), (3, 4), (1, 1), (3, 1),
    (1, 3), (4, 4), (2, 2), (2, 2, 1), (2, 2, 3), (1, 1, 1), (6, 3), (4, 1, 1),
)  # fmt: skip
DTYPES = ("", "", ", dtype='int32'", ", dtype='int64'", ", dtype='uint8'", ", dtype='float32'",
          ", dtype=bool")  # fmt: skip

STRINGS = (
    "mse", "mae", "mape", "msle", "MSE", "mean_squared_error", "mean_absolute_error",
    "binary_crossentropy", "binary_crossentropy", "categorical_crossentropy",
    "categorical_crossentropy", "sparse_categorical_crossentropy",
    "sparse_categorical_crossentropy", "sparse_categorical_crossentropy", "hinge",
    "squared_hinge", "categorical_hinge", "kl_divergence", "kld", "poisson", "cosine_similarity",
    "huber", "log_cosh", "binary_focal_crossentropy", "categorical_focal_crossentropy",
)  # fmt: skip
OBJECTS = (
    "MeanSquaredError()", "MeanAbsoluteError()", "Huber()", "BinaryCrossentropy()",
    "BinaryCrossentropy(from_logits=True)", "CategoricalCrossentropy()",
    "CategoricalCrossentropy(from_logits=True)", "SparseCategoricalCrossentropy()",
    "SparseCategoricalCrossentropy(from_logits=True)", "KLDivergence()", "CosineSimilarity()",
    "Hinge()", "CategoricalHinge()", "LogCosh()", "Poisson()", "CategoricalFocalCrossentropy()",
    "BinaryFocalCrossentropy()", "binary_crossentropy", "mean_squared_error",
    "sparse_categorical_crossentropy", "categorical_crossentropy",
)  # fmt: skip
ENDS = (
    "model.fit(x, y{batch}, verbose=0)\n",
    "model.fit(x, y{batch}, verbose=0)\n",
    "model.fit(x, y{batch}, verbose=0)\n",
    "model.train_on_batch(x, y)\n",
    "model.evaluate(x, y, verbose=0)\n",
    "model.fit(x, y, validation_split=0.5, verbose=0)\n",
    "model.fit(x, y, validation_data=(x, y), verbose=0)\n",
)
BATCHES = ("", "", "", ", batch_size=1", ", batch_size=3", ", batch_size=4", ", batch_size=2")


def array(samples: int, shape: tuple[int, ...], dtype: str = "") -> str:
    """Zeros of so many samples, written as a program writes them."""
    return f"np.zeros({(samples, *shape)}{dtype})"


def labels_at_a_loss(chance: random.Random, keras: str) -> str:
    """A model with one output, labels of some shape and type, and a loss between them."""
    shape, layer = BODIES[chance.choice(list(BODIES))]
    body = layer.format(act=chance.choice(ACTIVATIONS))
    samples = chance.choice(SAMPLES)
    loss = f"'{chance.choice(STRINGS)}'"
    if chance.random() < 0.35:
        loss = f"{keras}.losses.{chance.choice(OBJECTS)}"
    sizes = tuple(
        int(part) if part.strip() != "None" else 4
        for part in shape[1:-1].split(",")
        if part.strip()
    )
    end = chance.choice(ENDS).format(batch=chance.choice(BATCHES))
    metrics = chance.choice(("", "", "", ", metrics=['accuracy']"))
    return (
        f"model = {keras}.Sequential([\n    {keras}.Input({shape}),\n    {body},\n])\n"
        f"model.compile('sgd', loss={loss}{metrics})\n"
        f"x = {array(samples, sizes)}\n"
        f"y = {array(samples, chance.choice(LABEL_SHAPES), chance.choice(DTYPES))}\n"
        f"{end}"
    )


# A declared input, the layers behind it, and what data people feed there.  # noqa: E501
MODELS: tuple[tuple[str, str, tuple[tuple[int, ...], ...]], ...] = (
    ("(4,)", "layers.Dense(2)", ((4,), (5,), (), (1,), (4, 1), (2, 4), (1, 4), (4, 4), (4, 1, 1))),
    ("(1,)", "layers.Dense(2)", ((), (1,), (2,), (1, 1), (2, 1))),
    ("(3, 2)", "layers.Flatten(), layers.Dense(1)",
     ((3, 2), (2, 3), (6,), (3, 3), (2,), (3, 2, 1), (3,))),
    ("(3, 1)", "layers.LSTM(2)", ((3, 1), (3,), (5,), (5, 1), (1, 3), (3, 2), ())),
    ("(3, 2)", "layers.LSTM(2)", ((3, 2), (5, 2), (2, 3), (6,), (3,), (3, 2, 1))),
    ("(None, 2)", "layers.GRU(2)", ((3, 2), (5, 2), (2, 3), (6,), (2,), (3, 2, 1))),
    ("(8, 8, 1)", "layers.Conv2D(2, 3), layers.Flatten(), layers.Dense(1)",
     ((8, 8, 1), (8, 8), (8,), (9, 9, 1), (8, 8, 3), (1, 8, 8), (64,), (8, 8, 1, 1))),
    ("(8, 8, 3)", "layers.Conv2D(2, 3), layers.GlobalAveragePooling2D()",
     ((8, 8, 3), (8, 8), (3, 8, 8), (9, 9, 3), (8, 8, 1), (8, 3))),
    ("(None, None, 3)", "layers.Conv2D(2, 3), layers.GlobalMaxPooling2D()",
     ((8, 8, 3), (8, 8), (3, 8, 8), (9, 9, 3), (8, 8, 1), (2, 2, 3))),
    ("(10, 2)", "layers.Conv1D(2, 3), layers.Flatten(), layers.Dense(1)",
     ((10, 2), (10,), (2, 10), (10, 1), (9, 2), (10, 2, 1))),
    ("(7,)", "layers.Embedding(10, 3), layers.LSTM(2)", ((7,), (9,), (), (7, 1), (7, 2))),
    ("(7,)", "layers.Embedding(10, 3), layers.Flatten(), layers.Dense(1)", ((7,), (9,), (7, 1))),
    ("(6,)", "layers.Reshape((2, 3)), layers.Flatten()", ((6,), (7,), (2, 3), (6, 1), (3, 2))),
    ("(4,)", "layers.BatchNormalization(), layers.Dense(2)", ((4,), (5,), (4, 4), (1, 4))),
    ("(4,)", "layers.Dropout(0.5), layers.Activation('relu')", ((4,), (5,), (), (4, 4), (1, 4))),
)  # fmt: skip
KINDS = ("input", "input", "argument", "deferred", "functional", "functional", "list", "subclass")
FEEDS = (
    "model.predict(x, verbose=0)\n",
    "model.predict(x, verbose=0)\n",
    "model.fit(x, y, verbose=0)\n",
    "model.fit(x, y, verbose=0)\n",
    "model.fit(x=[x], y=y, verbose=0)\n",
    "model.train_on_batch(x, y)\n",
    "model.evaluate(x, y, verbose=0)\n",
    "model.predict_on_batch(x)\n",
    "model.predict(x[0], verbose=0)\n",
    "model.predict([x], verbose=0)\n",
    "model(x)\n",
    "model(x[:1])\n",
)


def data_at_an_input(chance: random.Random, keras: str) -> str:
    """A model of one input, written in one of the ways there are, and data for it."""
    shape, body, fitting = chance.choice(MODELS)
    kind = chance.choice(KINDS)
    data = chance.choice(fitting)
    samples = chance.choice((1, 3, 4, 5, 8))
    other = samples if chance.random() < 0.93 else samples + 1
    end = chance.choice(FEEDS)
    compiled = "model.compile('sgd', loss=lambda y_true, y_pred: y_pred)\n"
    dtype = ", dtype='int32'" if "Embedding" in body else chance.choice(DTYPES[:3])
    return (
        model_of(kind, keras, shape, body)
        + (compiled if "y" in end.replace("predict", "") else "")
        + f"x = {array(samples, data, dtype)}\n"
        + (f"y = {array(other, ())}\n" if ", y" in end or "y=y" in end else "")
        + end
    )


def model_of(kind: str, keras: str, shape: str, body: str) -> str:
    """A model in one of the ways of writing one."""
    if kind == "input":
        return f"model = {keras}.Sequential([{keras}.Input({shape}), {body}])\n"
    if kind == "argument":
        first, *others = layers_in(body)
        first = f"layers.{first[:-1]}, input_shape={shape})".replace("(, ", "(")
        made = ", ".join((first, *(f"layers.{part}" for part in others)))
        return f"model = {keras}.Sequential([{made}])\n"
    if kind == "deferred":
        return f"model = {keras}.Sequential([{body}])\n"
    lines = "".join(f"x = layers.{part}(x)\n" for part in layers_in(body))
    if kind in ("functional", "list"):
        ends = "[inputs], [x]" if kind == "list" else "inputs, x"
        return f"x = inputs = {keras}.Input({shape})\n{lines}model = {keras}.Model({ends})\n"  # noqa: E501
    made = "".join(f"        self.l{i} = layers.{p}\n" for i, p in enumerate(layers_in(body)))
    calls = "".join(f"        x = self.l{i}(x)\n" for i, _ in enumerate(layers_in(body)))
    return (
        f"class Small({keras}.Model):\n    def __init__(self):\n        super().__init__()\n{made}\n"
        f"    def call(self, x):\n{calls}        return x\n\nmodel = Small()\n"
    )


def layers_in(body: str) -> list[str]:
    """The layers of a list, each without its module."""
    return [part.removesuffix(", ") for part in body.split("layers.") if part]


WRITERS: dict[str, Callable[[random.Random, Era], str]] = {
    LABELS: lambda chance, era: labels_at_a_loss(chance, "keras"),
    FEEDING: lambda chance, era: data_at_an_input(chance, "keras"),
    HABITS: lambda chance, era: habit(chance, "keras"),
    LOSSES: loss_at_an_output,
    METRICS: metric_at_an_output,
    PIPELINES: pipeline,
    ARGUMENTS: argument,
}


def meetings_of_data(era: Era, subject: str, count: int = 600, seed: int = 0) -> list[Program]:
    """So many different programs of a subject; the same for the same seed."""
    chance = random.Random(f"{seed}:{era.value}:{subject}")
    texts: dict[str, None] = {}
    while len(texts) < count:
        texts.setdefault(HEAD.format(keras="keras") + WRITERS[subject](chance, era))
    return [Program(era, subject, text) for text in texts]


def outcome_alone(judgement: Judgement) -> Judgement:
    """The judgement without what was built."""
    return replace(judgement, verdict=replace(judgement.verdict, layers=(), models=()))

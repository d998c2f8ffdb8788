"""What people do at the call: lists, objects, weights, splits, states, several inputs, ranges."""

from __future__ import annotations

import random
from collections.abc import Callable

ONE = (
    "model = keras.Sequential([keras.Input(({inputs},)), layers.Dense({units}{act})])\n"
    "model.compile('sgd', loss={loss!r}{metrics})\n"
)
CLASSES = (
    ("sparse_categorical_crossentropy", ", activation='softmax'"),
    ("categorical_crossentropy", ", activation='softmax'"),
    ("binary_crossentropy", ", activation='sigmoid'"),
    ("mse", ""),
)


def one(chance: random.Random, units: int = 1, loss: str | None = None, inputs: int = 2) -> str:
    """A model with one layer, compiled."""
    chosen, act = chance.choice(CLASSES)
    metrics = chance.choice(("", "", ", metrics=['accuracy']", ", metrics=['mae']"))
    return ONE.format(inputs=inputs, units=units, act=act, loss=loss or chosen, metrics=metrics)


def lists(chance: random.Random) -> str:
    """Lists of numbers, of arrays, of one array, in the place of arrays."""
    x = chance.choice(
        ("[[1, 2], [3, 4], [5, 6]]", "np.zeros((3, 2))", "[np.zeros((3, 2))]",
         "[np.zeros(2), np.zeros(2), np.zeros(2)]", "(np.zeros((3, 2)),)", "[1., 2., 3.]")
    )  # fmt: skip
    y = chance.choice(
        ("[1, 2, 3]", "np.zeros(3)", "[np.zeros(3)]", "[[1], [2], [3]]", "(1, 2, 3)",
         "[np.zeros(1), np.zeros(1), np.zeros(1)]", "np.array([1, 2, 3])")
    )  # fmt: skip
    call = chance.choice(("fit(x, y, verbose=0)", "evaluate(x, y, verbose=0)",
                          "predict(x, verbose=0)", "train_on_batch(x, y)"))  # fmt: skip
    return one(chance, loss="mse") + f"x = {x}\ny = {y}\nmodel.{call}\n"


def types(chance: random.Random) -> str:
    """Element types of inputs and labels, objects and texts among them."""
    dtype = ("object", "int64", "float64", "bool", "uint8", "float16", "str")
    x = f"np.zeros((3, 2)).astype({chance.choice(dtype)!r})"
    y = f"np.zeros((3, 1)).astype({chance.choice(dtype)!r})"
    return one(chance) + f"x = {x}\ny = {y}\nmodel.fit(x, y, verbose=0)\n"


def ranges(chance: random.Random) -> str:
    """Class numbers that the output has, or has not, a place for."""
    units, classes, first = chance.randint(1, 4), chance.randint(1, 4), chance.choice((0, 0, 0, 1))
    y = f"np.arange(8) % {classes} + {first}" if first else f"np.arange(8) % {classes}"
    if chance.random() < 0.3:
        y = f"keras.utils.to_categorical({y})"
    loss = chance.choice(("sparse_categorical_crossentropy",) * 3 + ("categorical_crossentropy",))
    call = chance.choice(("fit(x, y, verbose=0)", "evaluate(x, y, verbose=0)"))
    return one(chance, units, loss) + f"x = np.zeros((8, 2))\ny = {y}\nmodel.{call}\n"


def embeddings(chance: random.Random) -> str:
    """Indices that a table has, or has not, a row for."""
    rows, most = chance.randint(3, 6), chance.randint(2, 6)
    body = chance.choice(("layers.Flatten(), layers.Dense(1)", "layers.LSTM(2)",
                          "layers.GlobalAveragePooling1D()"))  # fmt: skip
    start = chance.choice(("keras.Input((2,)), ", ""))
    x = f"np.array([[0, 1], [{most}, 2]])"
    return (
        f"model = keras.Sequential([{start}layers.Embedding({rows}, 3), {body}])\n"
        f"x = {x}\nmodel.predict(x, verbose=0)\n"
    )


def weights(chance: random.Random) -> str:
    """Weights of samples and of classes."""
    given = chance.choice(
        ("sample_weight=np.ones(3)", "sample_weight=np.ones(2)", "sample_weight=np.ones((3, 1))",
         "class_weight={0: 1.0, 1: 2.0}", "class_weight=[1.0, 2.0]",
         "class_weight=np.array([1.0, 2.0])")
    )  # fmt: skip
    return (
        one(chance, loss="binary_crossentropy")
        + f"x = np.zeros((3, 2))\ny = np.array([0, 1, 1])\nmodel.fit(x, y, {given}, verbose=0)\n"
    )


def splits(chance: random.Random) -> str:
    """Validation data cut off, or given beside."""
    samples = chance.choice((1, 2, 3, 10))
    given = chance.choice(
        ("validation_split=0.2", "validation_split=0.5", "validation_split=0.9",
         "validation_data=(x, y)", "validation_data=(x[:1], y[:1])", "validation_data=(x, y[:1])",
         "validation_data=(np.zeros((3, 3)), np.zeros(3))", "validation_data=[x, y]",
         "validation_data=(np.zeros(2), np.zeros(1))")
    )  # fmt: skip
    return (
        one(chance, loss="mse")
        + f"x = np.zeros(({samples}, 2))\ny = np.zeros({samples})\n"
        + f"model.fit(x, y, {given}, verbose=0)\n"
    )


def states(chance: random.Random) -> str:
    """Batches for a model whose batch axis is fixed."""
    stateful = chance.choice(("", ", stateful=True", ", stateful=True"))
    samples, size = chance.choice((3, 4, 8, 10)), chance.choice((2, 4, 4, 32))
    layer = chance.choice(("LSTM", "GRU", "SimpleRNN"))
    call = chance.choice((f"fit(x, y, batch_size={size}, verbose=0)", "fit(x, y, verbose=0)",
                          f"predict(x, batch_size={size}, verbose=0)"))  # fmt: skip
    keyword = "batch_input_shape" if chance.random() < 0.3 else "batch_shape"
    start = "keras.Input(batch_shape=(4, 3, 2)), "
    first = f"layers.{layer}(2{stateful})"
    if keyword == "batch_input_shape":
        start, first = "", f"layers.{layer}(2{stateful}, batch_input_shape=(4, 3, 2))"
    return (
        f"model = keras.Sequential([{start}{first}, layers.Dense(1)])\n"
        "model.compile('sgd', 'mse')\n"
        f"x = np.zeros(({samples}, 3, 2))\ny = np.zeros({samples})\nmodel.{call}\n"
    )


def words(chance: random.Random) -> str:
    """Words for losses, known and not."""
    loss = chance.choice(
        ("mse", "mean_square_error", "huber", "huber_loss", "kullback_leibler_divergence", "kld",
         "logcosh", "log_cosh", "Mean_Squared_Error", "MeanSquaredError", "rmse", "crossentropy",
         "hinge", "l2", "binary_cross_entropy", "MAE", "cosine_similarity")
    )  # fmt: skip
    return one(chance, loss=loss) + "model.fit(np.zeros((3, 2)), np.zeros(3), verbose=0)\n"


def several(chance: random.Random) -> str:
    """Models with several inputs or outputs, and what people give them."""
    ins, outs = chance.choice(((2, 1), (1, 2), (2, 2), (3, 1)))
    a, y = "np.zeros((4, 2))", "np.zeros((4, 1))"
    x = chance.choice(_gifts(a, ins, "in"))
    labels = chance.choice(_gifts(y, outs, "out"))
    inputs = ", ".join(f"in{i}" for i in range(ins))
    made = "".join(f"in{i} = keras.Input((2,), name='in{i}')\n" for i in range(ins))
    joined = f"layers.concatenate([{inputs}])" if ins > 1 else "in0"
    ends = "".join(f"out{i} = layers.Dense(1, name='out{i}')(x)\n" for i in range(outs))
    outputs = ", ".join(f"out{i}" for i in range(outs))
    many = chance.random() < 0.5
    ins_written = f"[{inputs}]" if ins > 1 or many else inputs
    outs_written = f"[{outputs}]" if outs > 1 or many else outputs
    return (
        f"{made}x = {joined}\n{ends}model = keras.Model({ins_written}, {outs_written})\n"
        f"model.compile('sgd', 'mse')\nmodel.fit({x}, {labels}, verbose=0)\n"
    )


def _gifts(array: str, count: int, name: str) -> list[str]:
    fitting = ", ".join([array] * count)
    named = ", ".join(f"'{name}{i}': {array}" for i in range(count))
    other = ", ".join(f"'{name}{i + 1}': {array}" for i in range(count))
    return [
        f"[{fitting}]", f"[{fitting}]", f"({fitting},)", f"{{{named}}}", array,
        f"[{fitting}, {array}]", f"[{array}]", f"{{{other}}}", f"[np.zeros((5, 2)), {array}]",
    ]  # fmt: skip


HABITS: tuple[Callable[[random.Random], str], ...] = (
    lists, types, ranges, ranges, embeddings, weights, splits, states, words, several, several,
)  # fmt: skip


def habit(chance: random.Random, keras: str) -> str:
    """One program of any of these kinds."""
    return chance.choice(HABITS)(chance)

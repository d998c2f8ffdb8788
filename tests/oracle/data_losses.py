"""Every loss and metric of an era at outputs of few values: by word, by function, by class."""

from __future__ import annotations

import random

from tests.oracle.programs import Era

FUNCTIONS = (
    "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error",
    "mean_squared_logarithmic_error", "binary_crossentropy", "binary_focal_crossentropy",
    "categorical_crossentropy", "categorical_focal_crossentropy",
    "sparse_categorical_crossentropy", "hinge", "squared_hinge", "categorical_hinge",
    "kl_divergence", "poisson", "cosine_similarity", "huber", "log_cosh",
)  # fmt: skip
OF_KERAS_3 = ("dice", "tversky")
WORDS = {
    Era.KERAS_2: ("mse", "MSE", "mae", "MAE", "mape", "MAPE", "msle", "MSLE", "bce", "BCE", "kld",
                  "KLD", "kullback_leibler_divergence", "logcosh", "huber_loss"),
    Era.KERAS_3: ("mse", "MSE", "mae", "MAE", "mape", "MAPE", "msle", "MSLE", "bce", "BCE", "kld",
                  "KLD", "crossentropy"),
}  # fmt: skip
CLASSES = (
    "MeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError",
    "MeanSquaredLogarithmicError", "Hinge", "SquaredHinge", "CategoricalHinge", "KLDivergence",
    "Poisson", "CosineSimilarity", "Huber", "LogCosh", "BinaryCrossentropy",
    "BinaryFocalCrossentropy", "CategoricalCrossentropy", "CategoricalFocalCrossentropy",
    "SparseCategoricalCrossentropy",
)  # fmt: skip
FROM_LOGITS = frozenset(name for name in CLASSES if name.endswith("rossentropy"))
SMOOTHING = FROM_LOGITS - {"SparseCategoricalCrossentropy"}
REDUCTIONS = ("'sum'", "'sum_over_batch_size'", "'none'")
NEAR = (
    "categorical_crossentropy", "sparse_categorical_crossentropy", "binary_crossentropy", "mse",
    "mae",
)  # fmt: skip

METRIC_WORDS = (
    "accuracy", "acc", "mae", "mse", "binary_accuracy", "categorical_accuracy",
    "sparse_categorical_accuracy", "top_k_categorical_accuracy", "binary_crossentropy",
    "categorical_crossentropy", "cosine_similarity", "AUC", "Precision", "Recall",
    "MeanSquaredError", "auc", "precision", "f1",
)  # fmt: skip
METRIC_OBJECTS = (
    "AUC()", "Precision()", "Recall()", "Precision(top_k=1)", "AUC(from_logits=True)",
    "AUC(multi_label=True)", "BinaryAccuracy()", "CategoricalAccuracy()",
    "SparseCategoricalAccuracy()", "TopKCategoricalAccuracy(k=2)",
    "SparseTopKCategoricalAccuracy(k=2)", "MeanSquaredError()", "RootMeanSquaredError()",
    "MeanAbsoluteError()", "Accuracy()", "CosineSimilarity()", "KLDivergence()", "Poisson()",
    "MeanIoU(num_classes=2)", "TruePositives()", "FalseNegatives()", "BinaryCrossentropy()",
    "CategoricalCrossentropy()", "SparseCategoricalCrossentropy()", "F1Score()", "R2Score()",
    "BinaryIoU()",
)  # fmt: skip

# The input, the layers before the last, and the output behind them.
BODIES = (
    ("(5,)", "layers.Dense(1{act})", (1,)),
    ("(5,)", "layers.Dense(3{act})", (3,)),
    ("(5,)", "layers.Dense(4{act})", (4,)),
    ("(4, 2)", "layers.Dense(1{act})", (4, 1)),
    ("(4, 2)", "layers.Dense(3{act})", (4, 3)),
    ("(2, 2, 3)", "layers.Conv2D(3, 1{act})", (2, 2, 3)),
    ("(2, 2, 3)", "layers.Conv2D(1, 1{act})", (2, 2, 1)),
)
ACTIVATIONS = ("", ", activation='softmax'", ", activation='sigmoid'")
DTYPES = ("", "", "", ", dtype='int32'", ", dtype='uint8'", ", dtype='float32'", ", dtype=bool")
SAMPLES = (1, 3, 6, 6, 6)


def loss_text(chance: random.Random, era: Era) -> str:
    """A loss in one of the ways of writing one."""
    functions = FUNCTIONS + (OF_KERAS_3 if era is Era.KERAS_3 else ())
    kind = chance.random()
    if kind < 0.25:
        return f"'{chance.choice((*functions, *WORDS[era]))}'"
    if kind < 0.4:
        return f"'{chance.choice(NEAR)}'"
    if kind < 0.6:
        return f"keras.losses.{chance.choice(functions)}"
    name = chance.choice(CLASSES + (("Dice", "Tversky") if era is Era.KERAS_3 else ()))
    options = []
    if name in FROM_LOGITS and chance.random() < 0.4:
        options.append(f"from_logits={chance.choice((True, True, False))}")
    if name in SMOOTHING and chance.random() < 0.15:
        options.append("label_smoothing=0.1")
    if chance.random() < 0.2:
        options.append(f"reduction={chance.choice(REDUCTIONS)}")
    return f"keras.losses.{name}({', '.join(options)})"


def label_shapes(output: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Shapes of labels near one of an output: those that fit, and those a slip away."""
    return [
        output, output, output[:-1], output[:-1], (*output[:-1], 1), (), (1,), (*output, 1),
        (*output[:-1], output[-1] + 1), output[1:], (2,), output[:1], (1, 1), (3, 3),
    ]  # fmt: skip


def labelled(chance: random.Random, loss: str, metrics: str, body: int | None = None) -> str:
    """A model with a loss and metrics, and a call that gives it labels."""
    shape, layer, output = BODIES[body] if body is not None else chance.choice(BODIES)
    samples = chance.choice(SAMPLES)
    inputs = tuple(int(part) for part in shape[1:-1].split(",") if part.strip())
    labels = chance.choice(label_shapes(output))
    end = chance.choice(
        ("fit(x, y, verbose=0)", "fit(x, y, batch_size=4, verbose=0)", "train_on_batch(x, y)",
         "evaluate(x, y, verbose=0)", "test_on_batch(x, y)")
    )  # fmt: skip
    return (
        f"model = keras.Sequential([\n    keras.Input({shape}),\n"
        f"    {layer.format(act=chance.choice(ACTIVATIONS))},\n])\n"
        f"model.compile('sgd', loss={loss}{metrics})\n"
        f"x = np.zeros({(samples, *inputs)})\n"
        f"y = np.zeros({(samples, *labels)}{chance.choice(DTYPES)})\nmodel.{end}\n"
    )


def loss_at_an_output(chance: random.Random, era: Era) -> str:
    """Any loss of the era, and labels of a shape near that of the output."""
    return labelled(chance, loss_text(chance, era), "")


def metric_at_an_output(chance: random.Random, era: Era) -> str:
    """Any metric, beside a loss that takes almost anything."""
    metric = f"'{chance.choice(METRIC_WORDS)}'"
    if chance.random() < 0.5:
        metric = f"keras.metrics.{chance.choice(METRIC_OBJECTS)}"
    given = f"[{metric}]" if chance.random() < 0.9 else metric
    keyword = chance.choice(("metrics", "metrics", "metrics", "weighted_metrics"))
    loss = chance.choice(("'mse'", "'mse'", "'mae'", "'binary_crossentropy'"))
    return labelled(chance, loss, f", {keyword}={given}", chance.choice((0, 1, 1, 2, 3, 4, None)))

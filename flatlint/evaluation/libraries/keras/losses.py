"""Objects of Keras's loss classes: `SparseCategoricalCrossentropy(from_logits=True)`."""

from __future__ import annotations

from flatlint.catalogue.losses import LossUse, loss_class_named, paths_of_losses
from flatlint.evaluation.base import Arguments, Interpreter, called, models
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.values import Value
from flatlint.graph import Array, LossCall, WhyUnknown

# The parameters of the losses that have some before `reduction`; it matters for no shape.
_FIRST: dict[str, tuple[str, ...]] = {
    "binary_crossentropy": ("from_logits", "label_smoothing", "axis"),
    "binary_focal_crossentropy": (
        "apply_class_balancing",
        "alpha",
        "gamma",
        "from_logits",
        "label_smoothing",
        "axis",
    ),
    "categorical_crossentropy": ("from_logits", "label_smoothing", "axis"),
    "categorical_focal_crossentropy": (
        "alpha",
        "gamma",
        "from_logits",
        "label_smoothing",
        "axis",
    ),
    "sparse_categorical_crossentropy": ("from_logits", "ignore_class"),
    "cosine_similarity": ("axis",),
    "huber": ("delta",),
}


def _model(path: str) -> None:
    name = loss_class_named(path)
    assert name is not None

    @models(path)
    @takes_arguments
    def make(run: Interpreter, arguments: Arguments) -> Value:
        positional = dict(zip(_FIRST.get(name, ()), arguments.positional, strict=False))
        return LossUse(name, {**positional, **arguments.keywords}, not arguments.is_open)


@called(LossUse)
def call_loss(run: Interpreter, loss: LossUse, arguments: Arguments) -> Value:
    """`loss(y_true, y_pred)` in a training loop of the program's own."""
    given = {**dict(zip(("y_true", "y_pred"), arguments.positional, strict=False)),
             **arguments.keywords}  # fmt: skip
    labels, prediction = given.get("y_true"), given.get("y_pred")
    if isinstance(labels, Array) and isinstance(prediction, Array) and not arguments.is_open:
        call = LossCall(loss, labels, prediction, run.here, run.is_guarded)
        run.recorder.loss_calls.append(call)
    return run.unknown(WhyUnknown.NOT_MODELLED, "the value of a loss")


for _path in paths_of_losses():
    _model(_path)

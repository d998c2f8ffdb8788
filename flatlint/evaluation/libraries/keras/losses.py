"""Objects of Keras's loss classes: `SparseCategoricalCrossentropy(from_logits=True)`."""

from __future__ import annotations

from flatlint.catalogue.losses import LossUse, loss_class_named, paths_of_losses
from flatlint.evaluation.base import Arguments, Interpreter, models
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.values import Value

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


for _path in paths_of_losses():
    _model(_path)

"""Objects of Keras's metric classes: `AUC(from_logits=True)`."""

from __future__ import annotations

from flatlint.catalogue.metrics import MetricUse, metric_class_named, paths_of_metrics
from flatlint.evaluation.base import Arguments, Interpreter, models
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.values import Value


def _model(path: str) -> None:
    cls = metric_class_named(path)
    assert cls is not None

    @models(path)
    @takes_arguments
    def make(run: Interpreter, arguments: Arguments) -> Value:
        is_whole = not arguments.is_open and not arguments.positional
        return MetricUse(cls, dict(arguments.keywords), is_whole)


for _path in paths_of_metrics():
    _model(_path)

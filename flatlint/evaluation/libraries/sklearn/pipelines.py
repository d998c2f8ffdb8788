"""Pipelines: transformers that hand their data on, one to the next."""

from __future__ import annotations

from dataclasses import dataclass

from flatlint.evaluation.base import Arguments, Interpreter, method, models
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Value
from flatlint.graph import WhyUnknown


@dataclass(frozen=True)
class Pipeline:
    """The steps in their order."""

    steps: tuple[Value, ...]


@models("sklearn.pipeline.make_pipeline")
def make_pipeline(run: Interpreter, *steps: Value, **_: Value) -> Value:
    """Steps without names."""
    return Pipeline(steps)


@models("sklearn.pipeline.Pipeline")
def pipeline(run: Interpreter, steps: Value = None, *_: Value, **__: Value) -> Value:
    """Steps as pairs of a name and a transformer."""
    held = run.object_at(steps)
    if isinstance(held, ListObject) and held.rest is None:
        pairs = [run.object_at(item) for item in held.items]
        if all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):
            return Pipeline(tuple(pair[1] for pair in pairs if isinstance(pair, tuple)))
    return run.unknown(WhyUnknown.ARGUMENT, "the steps of a pipeline")


@method(Pipeline, "fit_transform")
def fit_transform(run: Interpreter, steps: Pipeline, X: Value, *_: Value) -> Value:  # noqa: N803
    """Fits each step on what the one before gives."""
    return _through(run, steps, "fit_transform", X)


@method(Pipeline, "transform")
def transform(run: Interpreter, steps: Pipeline, X: Value) -> Value:  # noqa: N803
    """Through all the steps."""
    return _through(run, steps, "transform", X)


@method(Pipeline, "fit")
def fit(run: Interpreter, steps: Pipeline, X: Value, *_: Value) -> Value:  # noqa: N803
    """Learns; the pipeline itself comes back."""
    _through(run, steps, "fit_transform", X)
    return steps


def _through(run: Interpreter, steps: Pipeline, name: str, data: Value) -> Value:
    node = run.here.node
    for step in steps.steps:
        if step is None or step == "passthrough":
            continue
        data = run.call(run.attribute(step, name, node), Arguments((data,)), node)
    return data

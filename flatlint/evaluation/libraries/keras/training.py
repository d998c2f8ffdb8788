"""`compile`, `fit`, `predict` and their like: recorded for the rules, with what they return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flatlint.evaluation.base import Arguments, Interpreter, method
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.libraries.keras.asking import inputs_and_outputs
from flatlint.evaluation.libraries.keras.sequential import build_on
from flatlint.evaluation.libraries.keras.summarising import is_model, model_graph
from flatlint.evaluation.objects import (
    FunctionalObject,
    LayerObject,
    ListObject,
    SequentialObject,
    SubclassObject,
)
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import (
    Array,
    CompileCall,
    DataCall,
    Made,
    Tensor,
    WhyUnknown,
    tensors_of,
)
from flatlint.shapes import UNFIXED, Dim, Shape

_FIT = (
    "x",
    "y",
    "batch_size",
    "epochs",
    "verbose",
    "callbacks",
    "validation_split",
    "validation_data",
    "shuffle",
    "class_weight",
    "sample_weight",
)

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "fit": _FIT,
    "fit_generator": (
        "generator",
        "steps_per_epoch",
        "epochs",
        "verbose",
        "callbacks",
        "validation_data",
        "validation_steps",
    ),
    "evaluate": ("x", "y", "batch_size", "verbose", "sample_weight"),
    "evaluate_generator": ("generator", "steps"),
    "predict": ("x", "batch_size", "verbose", "steps"),
    "predict_generator": ("generator", "steps"),
    "predict_on_batch": ("x",),
    "predict_classes": ("x", "batch_size", "verbose"),
    "predict_proba": ("x", "batch_size", "verbose"),
    "train_on_batch": ("x", "y", "sample_weight", "class_weight"),
    "test_on_batch": ("x", "y", "sample_weight"),
}
"""The parameters of each method in their order, as far as all eras agree."""

_COMPILE = (
    "optimizer",
    "loss",
    "metrics",
    "loss_weights",
    "sample_weight_mode",
    "weighted_metrics",
)


def _named(names: tuple[str, ...], arguments: Arguments) -> dict[str, Value]:
    return {**dict(zip(names, arguments.positional, strict=False)), **arguments.keywords}


@method(LayerObject, "compile")
@takes_arguments
def compile_(run: Interpreter, arguments: Arguments) -> Value:
    """`model.compile(optimizer, loss, metrics)`."""
    ref, *rest = arguments.positional
    assert isinstance(ref, Ref)
    held = run.object_at(ref)
    if not is_model(held):
        return None
    given = _named(_COMPILE, replace(arguments, positional=tuple(rest)))
    call = CompileCall(model_graph(run, ref), run.here, given)
    run.recorder.compiles.append(call)
    assert isinstance(held, SequentialObject | FunctionalObject | SubclassObject)
    run.state.replace(ref, replace(held, compiled=call))
    return None


def _meeting(name: str) -> None:
    @method(LayerObject, name)
    @takes_arguments
    def meet(run: Interpreter, arguments: Arguments) -> Value:
        ref, *rest = arguments.positional
        assert isinstance(ref, Ref)
        given = _named(PARAMETERS[name], replace(arguments, positional=tuple(rest)))
        held = run.object_at(ref)
        if not is_model(held):
            return run.unknown(WhyUnknown.NOT_MODELLED, f"`.{name}` of a layer")
        _build_by_data(run, ref, given.get("x"))
        held = run.object_at(ref)
        assert isinstance(held, SequentialObject | FunctionalObject | SubclassObject)
        call = DataCall(name, model_graph(run, ref), run.here, given, held.compiled, run.is_guarded)
        run.recorder.data_calls.append(call)
        if name.startswith("predict"):
            return _prediction(run, ref, given.get("x"))
        return run.unknown(WhyUnknown.FROM_OUTSIDE, f"what `.{name}` returns")


for _name in PARAMETERS:
    _meeting(_name)


def _build_by_data(run: Interpreter, ref: Ref, data: Value) -> None:
    """A `Sequential` without an input is built by the first data that it gets."""
    held = run.object_at(ref)
    if (
        isinstance(held, SequentialObject)
        and held.inputs is None
        and held.items
        and isinstance(data, Array)
        and isinstance(data.shape, Shape)
        and data.shape.rank
    ):
        shape = data.shape
        # Data without a feature axis is given one.
        rest = shape[1:] or (1,)
        build_on(run, ref, Shape.of(None, *rest))


def _prediction(run: Interpreter, ref: Ref, data: Value) -> Value:
    """What `predict` returns: the outputs with the batch axis of the data."""
    _, outputs = inputs_and_outputs(run, ref)
    batch: Dim = UNFIXED
    if isinstance(data, Array) and isinstance(data.shape, Shape) and data.shape.rank:
        batch = data.shape[0]
    sources = (data,) if isinstance(data, Array) else ()
    arrays = [_predicted(run, tensor, batch, sources) for tensor in tensors_of(outputs)]
    if not arrays:
        return run.unknown(WhyUnknown.ARGUMENT, "the output of the model")
    return arrays[0] if len(arrays) == 1 else run.allocate(ListObject(tuple(arrays)))


def _predicted(run: Interpreter, tensor: Tensor, batch: Dim, sources: tuple[Array, ...]) -> Array:
    made = Made("predict", run.here, sources)
    if not isinstance(tensor.shape, Shape):
        return Array(tensor.shape, "float32", made=made)
    return Array(Shape((batch, *tensor.shape[1:])), "float32", made=made)

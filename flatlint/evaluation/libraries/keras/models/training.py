"""`compile`, `fit`, `predict` and their like: recorded for the rules, with what they return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flatlint.catalogue.training import COMPILE, PARAMETERS
from flatlint.evaluation.base import Arguments, Interpreter, method
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.libraries.keras.data.streams import stream_of
from flatlint.evaluation.libraries.keras.models.asking import inputs_and_outputs
from flatlint.evaluation.libraries.keras.models.building import build_by_data
from flatlint.evaluation.libraries.keras.models.feeding import receive
from flatlint.evaluation.libraries.keras.models.summarising import is_model, model_graph
from flatlint.evaluation.libraries.keras.resolving import resolved
from flatlint.evaluation.objects import (
    FunctionalObject,
    LayerObject,
    ListObject,
    ModelObject,
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
from flatlint.graph.dataset import Dataset, pieces_of
from flatlint.shapes import UNFIXED, Dim, Shape


def _named(run: Interpreter, names: tuple[str, ...], arguments: Arguments) -> dict[str, Value]:
    """Arguments by their names; what `*args` or `**kwargs` may pass is unknown, not left out."""
    given = {
        **dict(zip(names, arguments.positional[1:], strict=False)),
        **arguments.keywords,
    }
    if arguments.is_open:
        unknown = run.unknown(WhyUnknown.ARGUMENT, "what is passed on with `*` or `**`")
        given = {**dict.fromkeys(names, unknown), **given}
    return given


@method(LayerObject, "compile")
@takes_arguments
def compile_(run: Interpreter, arguments: Arguments) -> Value:
    """`model.compile(optimizer, loss, metrics)`."""
    ref = arguments.positional[0]
    assert isinstance(ref, Ref)
    held = run.object_at(ref)
    if not is_model(held):
        return None
    given = _resolved(run, _named(run, COMPILE, arguments))
    call = CompileCall(model_graph(run, ref), run.here, given, run.is_guarded)
    run.recorder.compiles.append(call)
    assert isinstance(held, ModelObject)
    run.state.replace(ref, replace(held, compiled=call))
    return None


def _meeting(name: str) -> None:
    @method(LayerObject, name)
    @takes_arguments
    def meet(run: Interpreter, arguments: Arguments) -> Value:
        ref = arguments.positional[0]
        assert isinstance(ref, Ref)
        given = _named(run, PARAMETERS[name], arguments)
        held = run.object_at(ref)
        if not is_model(held):
            return run.unknown(WhyUnknown.NOT_MODELLED, f"`.{name}` of a layer")
        streamed = _streamed(run, given)
        given = _unpacked(streamed)
        data = given.get("x")
        record_meeting(run, ref, name, given, stream=_stream_in(streamed))
        validation, stream = given.get("validation_data"), None
        if isinstance(validation, Dataset):
            stream, validation = validation, tuple(pieces_of(validation).values())
        least = 2 if stream is None else 1
        if isinstance(validation, tuple | list) and least <= len(validation) <= 3:
            parts = dict(zip(("x", "y", "sample_weight"), validation, strict=False))
            record_meeting(run, ref, "evaluate", parts, "validation_data", stream)
        if name.startswith("predict"):
            return prediction(run, ref, data)
        return run.unknown(WhyUnknown.FROM_OUTSIDE, f"what `.{name}` returns")


def _resolved(run: Interpreter, given: Mapping[str, Value]) -> dict[str, object]:
    return {name: resolved(run, value) for name, value in given.items()}


def _streamed(run: Interpreter, given: Mapping[str, Value]) -> dict[str, object]:
    """The arguments as plain nests, generators and sequences of the program as datasets."""
    plain = _resolved(run, given)
    for name in ("x", "generator", "validation_data"):
        stream = stream_of(run, given[name]) if name in given else None
        if stream is not None:
            plain[name] = stream
    return plain


def _unpacked(given: Mapping[str, object]) -> dict[str, object]:
    """The arguments with what a step of a dataset holds in the place of the dataset."""
    stream = _stream_in(given)
    return {**given, **pieces_of(stream)} if stream is not None else dict(given)


def _stream_in(given: Mapping[str, object]) -> Dataset | None:
    data = given.get("x", given.get("generator"))
    return data if isinstance(data, Dataset) else None


def record_meeting(
    run: Interpreter,
    ref: Ref,
    method: str,
    arguments: Mapping[str, object],
    part: str = "",
    stream: Dataset | None = None,
) -> None:
    """Record that a model is given data, and how it receives it."""
    data = arguments.get("x")
    has_sizes = stream is None or stream.source.has_sizes
    reception = build_by_data(run, ref, data) or receive(
        run, ref, data, method == "__call__", has_sizes
    )
    held = run.object_at(ref)
    assert isinstance(held, ModelObject)
    call = DataCall(
        method,
        model_graph(run, ref),
        run.here,
        arguments,
        held.compiled,
        run.is_guarded,
        reception.feeds,
        reception.outputs,
        part,
        stream,
    )
    run.recorder.data_calls.append(call)


for _name in PARAMETERS:
    _meeting(_name)


def _missing(name: str) -> None:
    @method(FunctionalObject, name)
    @takes_arguments
    def call(run: Interpreter, arguments: Arguments) -> Value:
        ref = arguments.positional[0]
        assert isinstance(ref, Ref)
        record_meeting(run, ref, name, {})
        return run.unknown(WhyUnknown.REFUSED, f"`.{name}` of a functional model")


for _name in ("add", "pop"):
    _missing(_name)


def prediction(run: Interpreter, ref: Ref, data: Value, library: str = "numpy") -> Value:
    """What `predict` returns: the outputs with the batch axis of the data."""
    _, outputs = inputs_and_outputs(run, ref)
    batch: Dim = UNFIXED
    if isinstance(data, Array) and isinstance(data.shape, Shape) and data.shape.rank:
        batch = data.shape[0]
    sources = (data,) if isinstance(data, Array) else ()
    held = run.object_at(ref)
    assert isinstance(held, LayerObject)
    made = Made("predict", run.here, sources, held.layer)
    arrays = [_predicted(tensor, batch, made, library) for tensor in tensors_of(outputs)]
    if not arrays:
        return run.unknown(WhyUnknown.ARGUMENT, "the output of the model")
    return arrays[0] if len(arrays) == 1 else run.allocate(ListObject(tuple(arrays)))


def _predicted(tensor: Tensor, batch: Dim, made: Made, library: str) -> Array:
    if not isinstance(tensor.shape, Shape):
        return Array(tensor.shape, "float32", made=made, library=library)
    return Array(Shape((batch, *tensor.shape[1:])), "float32", made=made, library=library)

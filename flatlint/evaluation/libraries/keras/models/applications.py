"""Ready-made models: `keras.applications.VGG16(…)` as the functional model that it is."""

from __future__ import annotations

from flatlint.catalogue.applications import Application, build_application
from flatlint.catalogue.arguments import Dialect
from flatlint.catalogue.binding import bind
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.signatures import Section, signature_of
from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.libraries.keras.applying import outputs_of
from flatlint.evaluation.libraries.keras.arguments import CatalogueValues, argument_of
from flatlint.evaluation.libraries.keras.creating import add_layer, given_name
from flatlint.evaluation.objects import FunctionalObject, LayerObject
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import Conflict, Layer, LayerCall, Tensor, Unknown, WhyUnknown


def make_application(run: Interpreter, name: str, arguments: Arguments) -> Value:
    """The model that the call makes; its inner layers stand nowhere in the source."""
    try:
        application = read_application(run, name, arguments)
    except ShapeConflict as conflict:
        refusal = Conflict(conflict.message, conflict.keras, run.is_guarded)
        ref = add_layer(run, "Functional", (), given_name(arguments), refusal)
        return _model(run, ref, None, run.unknown(WhyUnknown.REFUSED, name))
    except NotKnown as unknown:
        ref = add_layer(run, "Functional", (), given_name(arguments))
        return _model(run, ref, None, run.unknown(WhyUnknown.ARGUMENT, unknown.reason))
    ref = add_layer(run, "Functional", (), given_name(arguments) or application.name)
    given = arguments.keywords.get("input_tensor")
    inputs, outputs = _graph(run, application, given if isinstance(given, Tensor) else None)
    return _model(run, ref, inputs, outputs)


def read_application(run: Interpreter, name: str, arguments: Arguments) -> Application:
    """The model as the newest era reads it; raises `ShapeConflict` where that era refuses."""
    era = run.eras[-1]
    signature = signature_of(era, name, Section.APPLICATIONS)
    if signature is None or arguments.is_open:
        raise NotKnown(f"the arguments of {name}")
    bound = bind(
        signature,
        [argument_of(run, value, era) for value in arguments.positional],
        {key: argument_of(run, item, era) for key, item in arguments.keywords.items()},
        values=CatalogueValues(),
    )
    return build_application(name, bound, Dialect(era, run.image_data_format or "channels_last"))


def _graph(
    run: Interpreter, application: Application, given: Tensor | None
) -> tuple[Tensor, Tensor]:
    """The tensors that go into and come out of the model, its layers put into the state."""
    tensors: list[Tensor] = []
    for number, step in enumerate(application.steps):
        if not tensors and given is not None:
            tensors.append(given)
            continue
        specs = () if step.spec is None else (step.spec,)
        layer = Layer(-1, step.class_name, step.name, specs, run.here)
        inputs = [tensors[place] for place in step.inputs]
        call = LayerCall(
            number,
            layer,
            (inputs[0] if len(inputs) == 1 else inputs) if inputs else None,
            step.output,
            run.here,
            step.weights,
            is_operation=not step.is_layer,
        )
        output = outputs_of(run, call)
        unknown = run.unknown(WhyUnknown.NOT_MODELLED, step.class_name)
        tensors.append(output if isinstance(output, Tensor) else Tensor(unknown, call))
        if step.is_layer:
            held = LayerObject(layer, weights=step.weights, is_built=True, calls=(call,))
            run.allocate(held)
    return tensors[0], tensors[-1]


def _model(run: Interpreter, ref: Ref, inputs: Tensor | None, outputs: Tensor | Unknown) -> Value:
    held = run.object_at(ref)
    assert isinstance(held, LayerObject)
    tensor = outputs if isinstance(outputs, Tensor) else Tensor(outputs)
    run.state.replace(ref, FunctionalObject(held.layer, inputs=inputs, outputs=tensor))
    return ref

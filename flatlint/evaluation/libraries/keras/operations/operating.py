"""Operations on symbolic tensors of Keras 3, judged by the catalogue."""

from __future__ import annotations

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.binding import bind
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.operations import OPERATIONS
from flatlint.catalogue.signatures import Kind, Section, Signature, signature_of
from flatlint.catalogue.spec import ShapeTree
from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.libraries.keras.arguments import CatalogueValues, argument_of
from flatlint.evaluation.libraries.keras.nesting import shapes_from, tensors_among
from flatlint.evaluation.libraries.keras.operations.recording import operation
from flatlint.evaluation.libraries.keras.operations.symbolic import is_symbolic
from flatlint.evaluation.values import Slice, Value
from flatlint.graph import Array, Conflict, Tensor, Unknown, WhyUnknown


def symbolic_tensors(run: Interpreter, values: tuple[Value, ...]) -> list[Tensor]:
    """All tensors among values if one of them is surely symbolic; none otherwise."""
    tensors = [tensor for tensor in tensors_among(run, values) if tensor.made_by is not None]
    return tensors if any(is_symbolic(run, tensor) for tensor in tensors) else []


def call_operation(
    run: Interpreter, name: str, arguments: Arguments, tensors: list[Tensor]
) -> Value:
    """The tensors that come out; a refusal is recorded with the call."""
    if arguments.is_open:
        unknown = run.unknown(WhyUnknown.ARGUMENT, f"what is passed to keras.ops.{name}")
        return operation(run, name, tensors, unknown)
    try:
        output = _apply(run, name, arguments)
    except ShapeConflict as conflict:
        refused = run.unknown(WhyUnknown.REFUSED, f"keras.ops.{name}")
        said = Conflict(conflict.message, conflict.keras, run.is_guarded)
        return operation(run, name, tensors, refused, said)
    except NotKnown as reason:
        origin = reason.origin
        known = origin if isinstance(origin, Unknown) else None
        lost = known or run.unknown(WhyUnknown.ARGUMENT, reason.reason)
        return operation(run, name, tensors, lost)
    except TypeError:
        lost = run.unknown(WhyUnknown.NOT_MODELLED, f"keras.ops.{name} with these arguments")
        return operation(run, name, tensors, lost)
    return operation(run, name, tensors, output)


def call_within_layer(run: Interpreter, name: str, arguments: Arguments) -> Value:
    """The tensors that come out where the backend works, which refuses in its own way."""
    given = (*arguments.positional, *arguments.keywords.values())
    tensors = tensors_among(run, given)
    unknown = run.unknown(WhyUnknown.NOT_MODELLED, f"keras.ops.{name}")
    if not tensors or arguments.is_open:
        return unknown
    try:
        output = _apply(run, name, arguments)
    except (ShapeConflict, NotKnown, TypeError):
        return operation(run, name, tensors, unknown)
    return operation(run, name, tensors, output)


def _apply(run: Interpreter, name: str, arguments: Arguments) -> ShapeTree:
    if name not in OPERATIONS:
        raise ShapeConflict(
            f"symbolic tensors have no {name}", "unsupported operand type(s) for KerasTensor"
        )
    positional = [read_argument(run, value) for value in arguments.positional]
    keywords = {key: read_argument(run, value) for key, value in arguments.keywords.items()}
    signature = signature_of(Era.KERAS_3, name, Section.OPERATIONS)
    if signature is None:
        return OPERATIONS[name](*positional, **keywords)
    bound = bind(signature, positional, keywords, values=CatalogueValues())
    order = signature.parameter("data_format")
    if order is not None and bound.get("data_format", order.default) is None:
        bound["data_format"] = run.image_data_format or UnknownArgument("the order of the axes")
    if _takes_any_number(signature):
        return OPERATIONS[name](*positional, **keywords)
    return OPERATIONS[name](**bound)


def _takes_any_number(signature: Signature) -> bool:
    return any(parameter.kind is Kind.VAR_POSITIONAL for parameter in signature.parameters)


def read_argument(run: Interpreter, value: Value) -> object:
    """A value as the catalogue takes it: shapes for tensors, slices with plain bounds."""
    if isinstance(value, Slice):
        bounds = [read_argument(run, part) for part in (value.start, value.stop, value.step)]
        unknown = next((part for part in bounds if isinstance(part, UnknownArgument)), None)
        return slice(*bounds) if unknown is None else unknown
    if value is Ellipsis:
        return value
    if isinstance(value, Tensor | Array) or tensors_among(run, (value,)):
        return shapes_from(run, value)
    if isinstance(value, tuple):
        return tuple(read_argument(run, part) for part in value)
    return argument_of(run, value, Era.KERAS_3)

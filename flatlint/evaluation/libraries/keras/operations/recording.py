"""Operations: functions of a library on symbolic tensors, which join the graph like layers."""

from __future__ import annotations

from collections.abc import Sequence

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.operations.elementwise import POINTWISE
from flatlint.catalogue.spec import ShapeTree
from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.libraries.keras.applying import outputs_of
from flatlint.evaluation.values import Value
from flatlint.graph import Conflict, Layer, LayerCall, Tensor, Unknown, WhyUnknown
from flatlint.shapes import Shape


def operation(
    run: Interpreter,
    name: str,
    inputs: Sequence[Tensor],
    output: ShapeTree | Unknown,
    conflict: Conflict | None = None,
) -> Value:
    """The tensors that an operation gives, recorded as a call of a layer without parameters."""
    layer = Layer(-1, name, name, (), run.here)
    shape = UnknownArgument(output.reason, output) if isinstance(output, Unknown) else output
    call = LayerCall(
        len(run.recorder.calls),
        layer,
        list(inputs),
        shape,
        run.here,
        (),
        conflict,
        is_operation=True,
        is_pointwise=_is_pointwise(name, inputs, shape),
    )
    run.recorder.calls.append(call)
    return outputs_of(run, call)


def refused(
    run: Interpreter, name: str, inputs: Sequence[Tensor], message: str, keras: str
) -> Value:
    """The tensor of an operation that the library refuses."""
    unknown = run.unknown(WhyUnknown.REFUSED, message)
    return operation(run, name, inputs, unknown, Conflict(message, keras, run.is_guarded))


def _is_pointwise(name: str, inputs: Sequence[Tensor], output: ShapeTree) -> bool:
    if name not in POINTWISE or len(inputs) != 1 or not isinstance(output, Shape):
        return False
    shape = inputs[0].shape
    return isinstance(shape, Shape) and shape.dims == output.dims


def known_shapes(tensors: Sequence[Tensor]) -> list[Shape] | None:
    """The shapes of all tensors, or `None` if one is not known."""
    shapes = [tensor.shape for tensor in tensors]
    known = [shape for shape in shapes if isinstance(shape, Shape)]
    return known if len(known) == len(shapes) else None

"""Which tensors are surely symbolic, so that what Keras says of symbolic tensors holds for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flatlint.evaluation.base import Interpreter
from flatlint.graph import LayerCall, Tensor, tensors_of


@contextmanager
def entered_layer(run: Interpreter) -> Iterator[None]:
    """The program stands in a layer's own code: what it has there are tensors of the backend."""
    run.layers_entered += 1
    try:
        yield
    finally:
        run.layers_entered -= 1


MAX_CALLS = 20_000
"""How many calls are looked at on the way back to an input."""


def is_symbolic(run: Interpreter, tensor: Tensor) -> bool:
    """Whether a tensor comes from an `Input` and stands outside of any layer's own `call`.

    Within a `call` Keras hands on tensors of the backend, and what a training step of the
    program's own gets from a model is an array.
    """
    if run.layers_entered:
        return False
    waiting = [tensor]
    seen: set[int] = set()
    while waiting and len(seen) < MAX_CALLS:
        call = waiting.pop().made_by
        if call is None or id(call) in seen:
            continue
        if _is_input(call):
            return True
        seen.add(id(call))
        waiting += tensors_of(call.inputs)
    return False


def _is_input(call: LayerCall) -> bool:
    return call.layer.class_name == "InputLayer"

"""The ends of a functional model: whether the outputs can be computed from the inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.libraries.keras.models.refusing import Check, is_no_tensor
from flatlint.evaluation.objects import DictObject, ListObject
from flatlint.evaluation.values import Value
from flatlint.graph import LayerCall, TensorTree, tensors_of

NOTHING = object()
"""Stands for an argument that a call does not give."""


def wrong_keywords(
    positional: Sequence[Value], keywords: Mapping[str, Value], *, takes_old_names: bool
) -> Check:
    """`Model(outputs=y)`, `Model(input=x, output=y)`: one end is missing, or named as in Keras 1.

    Source: `functional_init_arguments` in keras/src/models/model.py and in
    tf_keras/src/engine/training.py.
    """
    old = [name for name in ("input", "output") if name in keywords]
    lonely = [name for name in ("inputs", "outputs") if name in keywords]

    def check(era: Era) -> ShapeConflict | None:
        if era is Era.KERAS_1 or (old and takes_old_names):
            return None
        if old:
            return _unrecognised(era, old[0], f"`{old[0]}s` is what it is called today")
        given = len(positional) + len(lonely)
        if given == 1 and lonely:
            return _unrecognised(era, lonely[0], "a model needs both `inputs` and `outputs`")
        return None

    return check


def _unrecognised(era: Era, name: str, why: str) -> ShapeConflict:
    keras = f"('Keyword argument not understood:', {name!r})"
    if era is Era.KERAS_3:
        keras = f"Unrecognized keyword arguments passed to Model: {{{name!r}: …}}"
    return ShapeConflict(f"Model does not take `{name}`: {why}", keras)


def no_tensors(run: Interpreter, inputs: Value, outputs: Value) -> Check:
    """An end of the model is no tensor."""
    wrong_end = next(
        (
            name
            for name, end in (("inputs", inputs), ("outputs", outputs))
            if end is not NOTHING and any(is_no_tensor(run, leaf) for leaf in _leaves(run, end))
        ),
        None,
    )

    def check(era: Era) -> ShapeConflict | None:
        if wrong_end is None:
            return None
        keras = (
            "Output tensors of a Functional model must be the output of a TensorFlow `Layer`"
            if wrong_end == "outputs"
            else "Found unexpected instance while processing input tensors for keras functional "
            "model. Expecting KerasTensor which is from tf.keras.Input() or output from keras "
            "layer call()."
        )
        if era is Era.KERAS_3:
            keras = f"All `{wrong_end}` values must be KerasTensors."
        return ShapeConflict(f"the {wrong_end} of a model must be tensors of layers", keras)

    return check


def _leaves(run: Interpreter, value: Value) -> Iterator[Value]:
    held = run.object_at(value)
    match held:
        case tuple():
            parts: Sequence[Value] = held
        case ListObject(items=items, rest=None):
            parts = items
        case DictObject(entries=entries, is_whole=True):
            parts = tuple(entries.values())
        case _:
            yield value
            return
    for part in parts:
        yield from _leaves(run, part)


def disconnected(inputs: TensorTree, outputs: TensorTree) -> Check:
    """Some layer on the way to an output takes an input that the model does not have.

    Source: `map_graph` in keras/src/ops/function.py, `_map_graph_network` in
    tf_keras/src/engine/functional.py, which lets an input be an output itself.
    """
    given = list(tensors_of(inputs))
    is_known = bool(given) and all(tensor.made_by is not None for tensor in given)
    starts = frozenset(id(tensor.made_by) for tensor in given)
    ends = [tensor.made_by for tensor in tensors_of(outputs) if tensor.made_by is not None]
    missing = next(_inputs_beyond(ends, starts), None) if is_known else None

    def check(era: Era) -> ShapeConflict | None:
        if missing is None or (era is not Era.KERAS_3 and missing in ends):
            return None
        keras = "Graph disconnected: cannot obtain value for tensor"
        if era is Era.KERAS_3:
            keras = "Output with path `` is not connected to `inputs`"
        return ShapeConflict(
            f"the outputs of the model need the input `{missing.layer.name}` {missing.output}, "
            "which is not among its inputs",
            keras,
        )

    return check


def _inputs_beyond(ends: Sequence[LayerCall], starts: frozenset[int]) -> Iterator[LayerCall]:
    """The inputs that a walk back from the ends meets and that are no starts."""
    waiting = list(ends)
    seen: set[int] = set()
    while waiting:
        call = waiting.pop()
        if id(call) in seen or id(call) in starts:
            continue
        seen.add(id(call))
        if call.inputs is None:
            if call.layer.class_name == "InputLayer":
                yield call
            continue
        waiting += [t.made_by for t in tensors_of(call.inputs) if t.made_by is not None]


GIVES_ITS_INPUT = frozenset({"Equalization"})
"""Layers of Keras 3 whose symbolic output is the very tensor that goes in."""


def in_a_circle(outputs: TensorTree) -> Check:
    """A layer that hands on its input itself makes a circle of the graph where the graph ends.

    Source: `compute_output_spec` in keras/src/layers/preprocessing/image_preprocessing/
    equalization.py; `map_graph` in keras/src/ops/function.py.
    """
    ends = [tensor.made_by for tensor in tensors_of(outputs) if tensor.made_by is not None]
    circle = next((call for call in ends if call.layer.class_name in GIVES_ITS_INPUT), None)

    def check(era: Era) -> ShapeConflict | None:
        if circle is None or era is not Era.KERAS_3:
            return None
        return ShapeConflict(
            f"{circle.layer.class_name} gives the tensor that goes into it, so that a model cannot "
            "end with it: put it into a Sequential, or before the model",
            f"Tensor from operation '{circle.layer.name}' is part of a cycle.",
        )

    return check

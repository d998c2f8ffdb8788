"""Labels that have a value for every position of an output."""

from __future__ import annotations

from flatlint.graph import Array, DataCall, ProgramFacts, Tensor, tensors_of
from flatlint.rules.data.label_meetings import loss_of, per_output
from flatlint.rules.structure.positions import End
from flatlint.shapes import Dim, Shape, product


def are_labelled(end: End, facts: ProgramFacts) -> bool:
    """Whether the program has a label for every position that the model ends with."""
    model = end.model.layer
    calls = [call for call in facts.data_calls if call.model.layer is model]
    beside = [each.other for each in facts.comparisons if each.model is model]
    return any(_is_labelled(end, call, facts) for call in calls) or any(
        _is_alike(end.tensor, other) for other in beside
    )


def _is_alike(output: Tensor, labels: Array) -> bool:
    """Whether labels have the rank of the output, and as many positions as far as is known."""
    if not isinstance(labels.shape, Shape) or not isinstance(output.shape, Shape):
        return False
    is_same_rank = labels.shape.rank == output.shape.rank
    return is_same_rank and not any(map(_differ, labels.shape[1:-1], output.shape[1:-1]))


def _is_labelled(end: End, call: DataCall, facts: ProgramFacts) -> bool:
    labels = _part(end, call, call.arguments.get("y"))
    output = end.tensor.shape
    if not isinstance(labels, Array) or not isinstance(labels.shape, Shape):
        return False
    assert isinstance(output, Shape)
    positions = output[1:-1]
    if _is_alike(end.tensor, labels):
        return True
    if labels.shape.rank != output.rank - 1 or product(positions) == 1:
        return False
    is_class_number = output[-1] == 1 or _may_be_sparse(end, call, facts)
    return is_class_number and labels.shape[1:] == positions


def _part(end: End, call: DataCall, value: object) -> object:
    """What of a nest of labels or losses belongs to the output."""
    outputs = list(tensors_of(call.model.outputs))
    if len(outputs) == 1 and isinstance(value, Array | str):
        return value
    names = [tensor.made_by.layer.name if tensor.made_by else "" for tensor in outputs]
    parts = per_output(value, names)
    return parts[end.index] if parts is not None and end.index < len(parts) else None


def _may_be_sparse(end: End, call: DataCall, facts: ProgramFacts) -> bool:
    """Whether the loss may take the number of a class in the place of an axis of classes."""
    loss = call.compiled.arguments.get("loss") if call.compiled is not None else None
    use = loss_of(_part(end, call, loss) if not isinstance(loss, str) else loss, facts.eras)
    return use is None or "sparse" in use.name


def _differ(left: Dim, right: Dim) -> bool:
    return isinstance(left, int) and isinstance(right, int) and left != right

"""Nests of values, tensors and shapes: one read as another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flatlint.catalogue.arguments import NoTensor, UnknownArgument
from flatlint.catalogue.spec import ShapeTree
from flatlint.evaluation.base import Interpreter
from flatlint.evaluation.objects import DictObject, ListObject
from flatlint.evaluation.values import Either, Many, Value
from flatlint.graph import Array, Tensor, TensorTree, Unknown, WhyUnknown, tensors_of
from flatlint.shapes import Expression, Shape


def tensors_from(tree: ShapeTree) -> Value:
    """Fresh tensors of these shapes, nested alike."""
    if isinstance(tree, Shape):
        return Tensor(tree)
    if isinstance(tree, Sequence):
        return tuple(tensors_from(part) for part in tree)
    return tree


def shapes_from(run: Interpreter, value: Value) -> ShapeTree:
    """The shapes of a nest of tensors, what is no tensor as unknown."""
    match value:
        case Tensor(shape=Shape() as shape) | Array(shape=Shape() as shape):
            return shape
        case Tensor(shape=Unknown() as unknown) | Array(shape=Unknown() as unknown):
            return UnknownArgument(unknown.reason, unknown)
        case tuple():
            return tuple(shapes_from(run, part) for part in value)
        case Unknown():
            return UnknownArgument(value.reason, value)
        case int() | float() | str():
            return NoTensor(f"{value!r} is no tensor")
    found = run.object_at(value)
    match found:
        case ListObject(items=items, rest=None):
            return [shapes_from(run, part) for part in items]
        case DictObject(entries=entries, is_whole=True):
            return {str(key): shapes_from(run, item) for key, item in entries.items()}
        case _:
            return UnknownArgument("this is no tensor")


def tensor_tree(run: Interpreter, value: Value) -> TensorTree:
    """The tensors in a nest of values, nested alike; unknown values become unknown tensors."""
    match value:
        case Tensor():
            return value
        case Array(shape=shape, dtype=dtype):
            return Tensor(shape, dtype=dtype)
        case tuple():
            return [tensor_tree(run, part) for part in value]
        case Unknown():
            return Tensor(value)
        case Either():
            return Tensor(value.undecided)
        case Many(element=Unknown() as element):
            return Tensor(element)
        case Expression():
            return Tensor(Unknown(WhyUnknown.PARAMETER, f"`{value}`"))
    found = run.object_at(value)
    match found:
        case ListObject(items=items, rest=None):
            return [tensor_tree(run, part) for part in items]
        case DictObject(entries=entries, is_whole=True):
            return {str(key): tensor_tree(run, item) for key, item in entries.items()}
        case _:
            return None


def tensors_among(run: Interpreter, values: Iterable[Value]) -> list[Tensor]:
    """All tensors in some nests of values, in their order."""
    return [tensor for value in values for tensor in tensors_of(tensor_tree(run, value))]

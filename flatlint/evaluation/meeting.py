"""Where branches meet: the object and the state that stand for either."""

from __future__ import annotations

from dataclasses import replace

from flatlint.evaluation.array_holders import Variable
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.objects import (
    DictObject,
    FunctionalObject,
    Instance,
    LayerObject,
    ListObject,
    SequentialObject,
    SetObject,
    SubclassObject,
)
from flatlint.evaluation.state import State
from flatlint.graph import Tensor


def join_objects(left: object, right: object) -> object:
    """The object that stands for either at one address."""
    if left is right or left == right:
        return left
    match left, right:
        case ListObject(), ListObject():
            return _join_lists(left, right)
        case DictObject(), DictObject():
            return _join_dicts(left, right)
        case SetObject(), SetObject():
            common = tuple(item for item in left.items if item in right.items)
            return SetObject(common, is_whole=False)
        case Instance(), Instance():
            return _join_instances(left, right)
        case SequentialObject(), SequentialObject():
            return _join_sequentials(left, right)
        case SubclassObject(), SubclassObject() if left.instance and right.instance:
            joined = _join_instances(left.instance, right.instance)
            built = _further_built(left, right)
            assert isinstance(built, SubclassObject)
            return replace(built, instance=joined)
        case (LayerObject(), LayerObject()) | (FunctionalObject(), FunctionalObject()):
            return _further_built(left, right)
        case _ if type(left) is type(right) and hasattr(left, "joined"):
            return left.joined(right)
        case _:
            return left


def _further_built(left: LayerObject, right: LayerObject) -> LayerObject:
    """The side that has been built or called, with a `trainable` that holds for both."""
    built = left if _progress(left) >= _progress(right) else right
    return replace(built, trainable=join_values(left.trainable, right.trainable))


def _progress(held: LayerObject) -> tuple[bool, int]:
    """How far a layer is: data builds a model without a call."""
    return getattr(held, "inputs", None) is not None, len(held.calls)


def _join_lists(left: ListObject, right: ListObject) -> ListObject:
    if len(left.items) == len(right.items) and left.rest is None and right.rest is None:
        return ListObject(tuple(map(join_values, left.items, right.items)))
    shorter = min(len(left.items), len(right.items))
    items = tuple(map(join_values, left.items[:shorter], right.items[:shorter]))
    others = [*left.items[shorter:], *right.items[shorter:]]
    others += [rest for rest in (left.rest, right.rest) if rest is not None]
    rest = others[0]
    for other in others[1:]:
        rest = join_values(rest, other)
    return ListObject(items, rest)


def _join_dicts(left: DictObject, right: DictObject) -> DictObject:
    keys = [key for key in left.entries if key in right.entries]
    entries = {key: join_values(left.entries[key], right.entries[key]) for key in keys}
    is_whole = left.is_whole and right.is_whole and len(keys) == len(left.entries)
    factory = left.factory if left.factory == right.factory else None
    return DictObject(entries, is_whole and len(keys) == len(right.entries), factory)


def _join_instances(left: Instance, right: Instance) -> Instance:
    # An attribute that only one branch sets is kept: a program that reads it went through there.
    attributes = {**left.attributes, **right.attributes}
    for name in left.attributes.keys() & right.attributes.keys():
        attributes[name] = join_values(left.attributes[name], right.attributes[name])
    return replace(left, attributes=attributes, is_whole=left.is_whole and right.is_whole)


def _join_sequentials(left: SequentialObject, right: SequentialObject) -> SequentialObject:
    if left.items == right.items:
        joined = _further_built(left, right)
        assert isinstance(joined, SequentialObject)
        if left.instance and right.instance:
            joined = replace(joined, instance=_join_instances(left.instance, right.instance))
        return joined
    longer, shorter = (left, right) if len(left.items) >= len(right.items) else (right, left)
    outputs = longer.outputs
    if outputs:
        last = shorter.outputs[-1] if shorter.outputs else shorter.inputs
        if last is None:
            outputs = ()
        else:
            joined_last = join_values(outputs[-1], last)
            outputs = (*outputs[:-1], joined_last) if isinstance(joined_last, Tensor) else ()
    return replace(longer, outputs=outputs, is_whole=False)


def join_states(left: State, right: State) -> State:
    """The state after two branches have met; what only one of them has is kept."""
    joined = left.fork()
    parent = _common_ancestor(left, right)
    ours, theirs = _changes(left, parent), _changes(right, parent)
    joined.parent = parent
    joined.touched_variables = ours[0] | theirs[0]
    joined.touched_objects = ours[1] | theirs[1]
    for variable in joined.touched_variables & right.variables.keys():
        value = right.variables[variable]
        other = left.variables.get(variable, value)
        joined.variables[variable] = value if other is value else join_values(other, value)
    for address in joined.touched_objects & right.objects.keys():
        thing = right.objects[address]
        twin = left.objects.get(address, thing)
        joined.objects[address] = thing if twin is thing else join_objects(twin, thing)
    return joined


def _common_ancestor(left: State, right: State) -> State | None:
    """The state from which both were forked, directly or not, the latest one."""
    lineage = {id(state) for state in left.ancestry()} - {id(left)}
    return next((s for s in right.ancestry() if s is not right and id(s) in lineage), None)


def _changes(state: State, since: State | None) -> tuple[set[Variable], set[int]]:
    """The variables and objects that changed on the way from `since` to `state`."""
    variables: set[Variable] = set()
    objects: set[int] = set()
    for step in state.ancestry():
        if step is since:
            break
        variables |= step.touched_variables
        objects |= step.touched_objects
    return variables, objects

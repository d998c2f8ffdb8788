"""Writing into arrays: every name that holds the array, or a view of it, sees what was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from flatlint.evaluation.base import Interpreter, method, models
from flatlint.evaluation.bounds import VISITS_A_STEP
from flatlint.evaluation.libraries.numpy.arrays import made, with_values, without_values
from flatlint.evaluation.libraries.numpy.indexing import INEXACT, exact_index, index_parts
from flatlint.evaluation.libraries.numpy.question import REFUSALS, quiet
from flatlint.evaluation.libraries.numpy.reading import array_of, sizes_of
from flatlint.evaluation.libraries.numpy.shaping import reshaped
from flatlint.evaluation.objects import DictObject, Instance, LayerObject, ListObject
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import Array, Unknown
from flatlint.shapes import Shape


def overwrite(run: Interpreter, old: Array, new: Array, is_resized: bool = False) -> None:
    """Put `new` wherever the program holds `old`; what was made from it has unknown values now.

    Mostly only values and bounds change: an array without them needs no visit.
    """
    if old.values is None and old.low is None and old.high is None and not is_resized:
        return
    changed = _Change(old, new)
    state = run.state
    for variable, value in state.array_holders.variables_in(state.variables):
        seen = changed(value)
        if seen is not value:
            state.set_variable(variable, seen)
    for address, held in state.array_holders.objects_in(state.objects):
        seen = _changed_object(held, changed)
        if seen is not held:
            state.replace(Ref(address), seen)
    # A loop that writes beside long lists of arrays is worth no more than any other.
    run.steps_left -= changed.visits // VISITS_A_STEP


class _Change:
    """What becomes of a value when an array is written into; counts what it has looked at."""

    def __init__(self, old: Array, new: Array) -> None:
        self._old, self._new = old, new
        self.visits = 0

    def __call__(self, value: Value) -> Value:
        """The value with the new array in the place of the old one."""
        self.visits += 1
        if value is self._old:
            return self._new
        if isinstance(value, Array):
            return without_values(value) if _may_share(value, self._old) else value
        if isinstance(value, tuple) and any(isinstance(part, Array | tuple) for part in value):
            parts = tuple(map(self, value))
            same = all(ours is theirs for ours, theirs in zip(parts, value, strict=True))
            return value if same else parts
        return value


def _may_share(array: Array, other: Array) -> bool:
    """Whether one may be a view of the other: made from it by what copies nothing."""
    if array.values is None and array.low is None:
        return False
    return _is_view_of(array, other) or _is_view_of(other, array)


VIEWS = frozenset({"item", "reshape", "ravel", "T", "transpose", "expand_dims", "squeeze",
                   "swapaxes", "moveaxis", "rollaxis", "flip", "view", "asarray", "diagonal",
                   "split", "array_split", "hsplit", "vsplit", "dsplit", "atleast_1d",
                   "atleast_2d", "atleast_3d", "fliplr", "flipud", "rot90", "real", "imag",
                   "broadcast_to", "windows", "as_strided"})  # fmt: skip


def _is_view_of(array: Array, other: Array) -> bool:
    trail: Array | None = array
    while trail is not None and trail.made is not None and trail.made.what in VIEWS:
        trail = trail.made.sources[0] if trail.made.sources else None
        if trail is other:
            return True
    return False


def _changed_object(held: object, changed: Callable[[Value], Value]) -> object:
    match held:
        case ListObject(items=items) if any(isinstance(item, Array | tuple) for item in items):
            parts = changed(items)
            assert isinstance(parts, tuple)
            return held if parts is items else replace(held, items=parts)
        case DictObject(entries=entries):
            values = {key: changed(value) for key, value in entries.items()}
            if all(values[key] is entries[key] for key in entries):
                return held
            return replace(held, entries=values)
        case Instance(attributes=attributes):
            set_to = {key: changed(value) for key, value in attributes.items()}
            if all(set_to[key] is attributes[key] for key in attributes):
                return held
            return replace(held, attributes=set_to)
        case LayerObject(instance=Instance() as instance):
            inner = _changed_object(instance, changed)
            assert isinstance(inner, Instance)
            return held if inner is instance else replace(held, instance=inner)
        case _:
            return held


@method(Array, "__setitem__")
def set_item(run: Interpreter, array: Array, index: Value, item: Value) -> Value:
    """`array[index] = item`: the shape stays; the elements stay known if all of these are."""
    overwrite(run, array, _written(run, array, index, item))
    return None


def _written(run: Interpreter, array: Array, index: Value, item: Value) -> Array:
    parts = tuple(map(exact_index, index_parts(run, index)))
    written = array_of(run, item)
    if array.values is None or written.values is None or INEXACT in parts:
        return without_values(array)
    values = np.array(array.values)
    try:
        with quiet():
            values[tuple(map(_own, parts))] = written.values
    except REFUSALS:
        return without_values(array)
    return with_values(array, values)


def _own(part: Any) -> Any:
    return part.values if isinstance(part, Array) else part


@method(Array, "resize")
def resize(run: Interpreter, array: Array, *shape: Value, refcheck: Value = True) -> Value:
    """`a.resize(2, 3)`: another shape in place, whatever the number of elements."""
    sizes = sizes_of(run, shape[0] if len(shape) == 1 else shape)
    whole = sizes if isinstance(sizes, Unknown) else Shape(sizes)
    changed = replace(without_values(array), shape=whole, made=made(run, "resize", [array]))
    overwrite(run, array, changed, is_resized=True)
    return None


@method(Array, "shape=")
def set_shape(run: Interpreter, array: Array, shape: Value) -> Value:
    """`a.shape = (2, 3)`: the same elements in another shape, in place."""
    changed = reshaped(run, array, sizes_of(run, shape))
    assert isinstance(changed, Array)
    overwrite(run, array, changed, is_resized=True)
    return None


@method(Array, "fill")
def fill(run: Interpreter, array: Array, value: Value) -> Value:
    """Every element becomes `value`."""
    return set_item(run, array, Ellipsis, value)


@method(Array, "sort", "partition")
def sort(run: Interpreter, array: Array, *_: Value, **__: Value) -> Value:
    """Sorts in place."""
    overwrite(run, array, replace(without_values(array), low=array.low, high=array.high))
    return None


@models("numpy.fill_diagonal", "numpy.put", "numpy.copyto", "numpy.putmask", "numpy.place",
        "numpy.put_along_axis")  # fmt: skip
def put(run: Interpreter, a: Value, *_: Value, **__: Value) -> Value:
    """Writes something into an array."""
    if isinstance(a, Array):
        overwrite(run, a, without_values(a))
    return None

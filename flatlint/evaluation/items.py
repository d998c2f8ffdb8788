"""Reading and writing `value[index]`."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import libcst as cst

from flatlint.evaluation.base import METHODS, Arguments, Interpreter
from flatlint.evaluation.iteration import elements, is_named_tuple
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.libraries import index_into, write_into
from flatlint.evaluation.objects import DictObject, Instance, ListObject, SequentialObject
from flatlint.evaluation.options import try_each
from flatlint.evaluation.values import (
    A_SHAPE,
    NUMBERS,
    Either,
    LibraryMethod,
    Many,
    Name,
    Ref,
    Slice,
    Value,
    is_constant,
)
from flatlint.graph import Array, Tensor, Unknown, WhyUnknown
from flatlint.shapes import Expression, symbol


def item_of(run: Interpreter, value: Value, index: Value, node: cst.CSTNode) -> Value:
    """`value[index]`."""
    found = run.object_at(value)
    match found:
        case Unknown():
            return _item_of_unknown(found, index)
        case Either():
            return try_each(run, found, lambda option: item_of(run, option, index, node))
        case Tensor() | Array():
            return index_into(run, found, index, node)
        case tuple() | str() | bytes() | range() | ListObject() | Many():
            return _item_of_sequence(run, value, found, index, node)
        case DictObject():
            return _value_at(run, value, found, index, node)
        case SequentialObject():
            return _item_of_sequence(run, value, ListObject(found.items), index, node)
        case Instance() if is_named_tuple(found.cls):
            items, _ = elements(run, value)
            return _item_of_sequence(run, value, tuple(items), index, node)
        case Instance():
            return run.call(run.attribute(value, "__getitem__", node), Arguments((index,)), node)
        case Expression() if isinstance(index, int):
            return symbol(f"{_bracketed(found)}[{index}]")
        case Name():
            return _item_of_name(run, found, index, node)
        case _:
            reader = METHODS.get((type(found), "__getitem__"))
            if reader is not None:
                return run.standing_at(node, lambda: reader(run, value, index))
            return run.unknown(WhyUnknown.NOT_MODELLED, "an item of this value", node)


def _item_of_name(run: Interpreter, found: Name, index: Value, node: cst.CSTNode) -> Value:
    if found.path == "os.environ":
        return run.unknown(WhyUnknown.FROM_OUTSIDE, f"the environment variable `{index}`", node)
    return found  # `list[int]`, `Optional[str]`


def _item_of_unknown(found: Unknown, index: Value) -> Value:
    is_size = found.what == A_SHAPE and not isinstance(index, Slice)
    return replace(found, what=NUMBERS[0]) if is_size else found


def _value_at(
    run: Interpreter, value: Value, found: DictObject, index: Value, node: cst.CSTNode
) -> Value:
    if is_constant(index) and index in found.entries:
        return found.entries[index]
    if found.factory is not None and found.is_whole and is_constant(index):
        made = run.call(found.factory, Arguments(), node)
        set_item(run, value, index, made, node)
        return made
    why = WhyUnknown.NOT_DEFINED if found.is_whole else WhyUnknown.ARGUMENT
    return run.unknown(why, "a key of a dict", node)


def _bracketed(size: Expression) -> str:
    text = str(size)
    plain = text.translate(str.maketrans("", "", "[].'"))
    return text if plain.isidentifier() else f"({text})"


def _item_of_sequence(
    run: Interpreter, value: Value, found: object, index: Value, node: cst.CSTNode
) -> Value:
    if isinstance(found, str | bytes | range):
        return _item_of_constant(run, found, index, node)
    items, rest = elements(run, found)
    if isinstance(index, Slice):
        return _sliced(run, found, items, rest, index, node)
    if isinstance(index, int):
        if rest is None and -len(items) <= index < len(items):
            return items[index]
        if rest is not None and 0 <= index < len(items):
            return items[index]
        if rest is not None:
            return rest
        return run.unknown(WhyUnknown.NOT_DEFINED, "an index beyond the end", node)
    if not items and rest is None:
        return run.unknown(WhyUnknown.ARGUMENT, "an item of an empty sequence", node)
    candidates = items + ([] if rest is None else [rest])
    joined = candidates[0]
    for other in candidates[1:]:
        joined = join_values(joined, other)
    return joined


def _item_of_constant(
    run: Interpreter, found: str | bytes | range, index: Value, node: cst.CSTNode
) -> Value:
    try:
        if isinstance(index, int):
            return found[index]
        if isinstance(index, Slice) and (bounds := _slice_bounds(index)) is not None:
            return found[bounds]
    except (IndexError, OverflowError):
        return run.unknown(WhyUnknown.NOT_DEFINED, "an index beyond the end", node)
    return run.unknown(WhyUnknown.ARGUMENT, "an index", node)


def _slice_bounds(index: Slice) -> slice | None:
    bounds = (index.start, index.stop, index.step)
    if any(not isinstance(bound, int | None) for bound in bounds) or index.step == 0:
        return None
    return slice(*bounds)


def _sliced(
    run: Interpreter,
    found: object,
    items: list[Value],
    rest: Value | None,
    index: Slice,
    node: cst.CSTNode,
) -> Value:
    bounds = _slice_bounds(index)
    if bounds is None and isinstance(found, Many):
        return Many(found.element)
    if bounds is None:
        joined = run.unknown(WhyUnknown.ARGUMENT, "a slice", node)
        return run.allocate(ListObject((), joined)) if isinstance(found, ListObject) else joined
    if rest is not None:
        is_forward = bounds.step in (None, 1) and (bounds.start or 0) >= 0
        if is_forward and bounds.stop is not None and 0 <= bounds.stop <= len(items):
            rest = None
        else:
            # From behind, or in steps, no position is known.
            kept = items[bounds.start :] if is_forward else []
            rest = reduce(join_values, [] if is_forward else items, rest)
            items, bounds = kept, slice(None)
    taken = items[bounds]
    if isinstance(found, ListObject):
        return run.allocate(ListObject(tuple(taken), rest))
    return tuple(taken) if rest is None else Many(rest)


def set_item(run: Interpreter, value: Value, index: Value, item: Value, node: cst.CSTNode) -> None:
    """`value[index] = item`."""
    if isinstance(value, Array):
        write_into(run, value, index, item, node)
    if not isinstance(value, Ref):
        return
    found = run.object_at(value)
    match found:
        case DictObject():
            if is_constant(index):
                entries = {**found.entries, index: item}
                run.state.replace(value, replace(found, entries=entries))
            else:
                run.state.replace(value, found.with_value_somewhere(item))
        case ListObject():
            run.state.replace(value, _list_with(run, found, index, item))
        case Instance():
            run.call(run.attribute(value, "__setitem__", node), Arguments((index, item)), node)
        case _ if (writer := METHODS.get((type(found), "__setitem__"))) is not None:
            writer(run, value, index, item)


def delete_item(run: Interpreter, value: Value, index: Value, node: cst.CSTNode) -> None:
    """`del value[index]`."""
    found = run.object_at(value)
    if not isinstance(value, Ref) or not isinstance(found, ListObject | DictObject):
        return
    if not isinstance(index, Slice):
        run.call(LibraryMethod(value, "pop"), Arguments((index,)), node)
        return
    bounds = _slice_bounds(index)
    if isinstance(found, ListObject) and found.rest is None and bounds is not None:
        items = list(found.items)
        del items[bounds]
        run.state.replace(value, ListObject(tuple(items)))
    elif isinstance(found, ListObject):
        run.state.replace(value, ListObject((), run.unknown(WhyUnknown.ARGUMENT, "a slice", node)))


def _list_with(run: Interpreter, found: ListObject, index: Value, item: Value) -> ListObject:
    items = list(found.items)
    if isinstance(index, int) and -len(items) <= index < len(items) and found.rest is None:
        items[index] = item
        return replace(found, items=tuple(items))
    if isinstance(index, Slice) and (bounds := _slice_bounds(index)) is not None:
        more, others = elements(run, item)
        if others is None and found.rest is None:
            items[bounds] = more
            return ListObject(tuple(items))
    # Any element may have been replaced.
    joined = tuple(join_values(old, item) for old in items)
    rest = None if found.rest is None else join_values(found.rest, item)
    return ListObject(joined, rest)

"""Tables: what is selected from them, and the arrays that they become."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flatlint.evaluation.base import Interpreter, attribute, method
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.libraries.numpy.arrays import array_with
from flatlint.evaluation.libraries.numpy.element_types import dtype_of
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Ref, Slice, Value, shape_value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Shape
from flatlint.shapes.dim import join_dims


@dataclass(frozen=True)
class Table:
    """A `DataFrame` in the state: how many rows and columns it has."""

    rows: Dim = UNFIXED
    width: Dim = UNFIXED

    def joined(self, other: Table) -> Table:
        """What two branches may have made of it."""
        return Table(join_dims(self.rows, other.rows), join_dims(self.width, other.width))


@dataclass(frozen=True)
class Selector:
    """`table.iloc` and `table.loc`."""

    table: Table
    is_by_position: bool


def held(run: Interpreter, ref: Value) -> Table:
    """The table at a reference."""
    found = run.object_at(ref)
    assert isinstance(found, Table)
    return found


def column_of(run: Interpreter, rows: Dim) -> Array:
    """A `Series`."""
    return replace(array_with(run, Shape((rows,)), None, "column"), library="pandas")


def _numbers(run: Interpreter, ref: Value, what: str) -> Array:
    table = held(run, ref)
    return array_with(run, Shape((table.rows, table.width)), None, what)


@attribute(Table, "values")
def values(run: Interpreter, ref: Ref) -> Value:
    """The cells as an array."""
    return _numbers(run, ref, "values")


@method(Table, "__array__")
def as_array(run: Interpreter, ref: Ref) -> Value:
    """The cells, as numpy and scikit-learn read them."""
    return replace(_numbers(run, ref, "table"), library="pandas")


@method(Table, "to_numpy", "as_matrix")
def to_numpy(run: Interpreter, ref: Ref, dtype: Value = None, *_: Value, **__: Value) -> Value:
    """The cells as an array."""
    array = _numbers(run, ref, "to_numpy")
    return array if dtype is None else replace(array, dtype=dtype_of(run, dtype))


@attribute(Table, "shape")
def shape(run: Interpreter, ref: Ref) -> Value:
    """Rows and columns."""
    table = held(run, ref)
    return shape_value(Shape((table.rows, table.width)))


@attribute(Table, "ndim")
def ndim(run: Interpreter, ref: Ref) -> Value:
    """Two axes."""
    return 2


def _taken(run: Interpreter, value: Value, size: Dim) -> Dim | None:
    """How much of an axis an index takes; `None` for one row or column."""
    found = run.object_at(value)
    match found:
        case Slice(start=None, stop=None):
            return size
        case Slice(start=int() | None, stop=int() | None, step=int() | None) if (
            isinstance(size, int) and found.step != 0
        ):
            bounds = slice(found.start, found.stop, found.step)
            return len(range(size)[bounds])  # type: ignore[index]
        case Slice(start=0 | None, stop=int() as stop, step=None) if stop < 0:
            return UNFIXED
        case ListObject(items=items, rest=None):
            return len(items)
        case int() | str():
            return None
    return UNFIXED


def _rank(array: Array) -> int | None:
    return array.shape.rank if isinstance(array.shape, Shape) else None


@method(Table, "__getitem__")
def item(run: Interpreter, ref: Ref, key: Value) -> Value:
    """`table["a"]` is a column, `table[["a", "b"]]` a table; a mask chooses rows."""
    table, found = held(run, ref), run.object_at(key)
    if isinstance(found, str | int):
        return column_of(run, table.rows)
    if isinstance(found, ListObject):
        _, rest = elements(run, found)
        width: Dim = len(found.items) if rest is None else UNFIXED
        return run.allocate(replace(table, width=width))
    if isinstance(found, Slice):
        rows = _taken(run, found, table.rows)
        return run.allocate(replace(table, rows=UNFIXED if rows is None else rows))
    if isinstance(found, Array) and found.dtype == "bool" and _rank(found) == 1:
        return run.allocate(replace(table, rows=UNFIXED))
    return run.unknown(WhyUnknown.ARGUMENT, "a part of a table")


@method(Table, "__setitem__")
def set_item(run: Interpreter, ref: Ref, key: Value, value: Value) -> Value:
    """Perhaps a new column."""
    run.state.replace(ref, replace(held(run, ref), width=UNFIXED))
    return None


@attribute(Table, "iloc")
def iloc(run: Interpreter, ref: Ref) -> Value:
    """Rows and columns by position."""
    return Selector(held(run, ref), is_by_position=True)


@attribute(Table, "loc")
def loc(run: Interpreter, ref: Ref) -> Value:
    """Rows and columns by label."""
    return Selector(held(run, ref), is_by_position=False)


@method(Selector, "__getitem__")
def select(run: Interpreter, selector: Selector, index: Value) -> Value:
    """`table.iloc[:, :-1]`; one row or column has one axis."""
    parts = index if isinstance(index, tuple) else (index,)
    if len(parts) > 2 or any(isinstance(run.object_at(part), Unknown) for part in parts):
        return run.unknown(WhyUnknown.ARGUMENT, "a part of a table")
    table = selector.table
    parts = (*parts, Slice())[:2]
    sizes = [
        _taken(run, part, size) for part, size in zip(parts, (table.rows, table.width), strict=True)
    ]
    if not selector.is_by_position:
        # Ends of slices are labels, and an end belongs to the slice.
        sizes = [
            size if size is None or not isinstance(part, Slice) or part == Slice() else UNFIXED
            for size, part in zip(sizes, parts, strict=True)
        ]
    rows, width = sizes
    if rows is not None and width is not None:
        return run.allocate(Table(rows, width))
    if rows is None and width is None:
        return run.unknown(WhyUnknown.FROM_OUTSIDE, "a cell of a table")
    return column_of(run, rows if rows is not None else width or UNFIXED)


@method(Table, "pop")
def pop(run: Interpreter, ref: Ref, item: Value) -> Value:
    """A column, which the table has no longer."""
    table = held(run, ref)
    run.state.replace(ref, replace(table, width=table.width - 1))
    return column_of(run, table.rows)


@method(Table, "drop")
def drop(
    run: Interpreter,
    ref: Ref,
    labels: Value = None,
    axis: Value = 0,
    index: Value = None,
    columns: Value = None,
    level: Value = None,
    inplace: Value = False,
    errors: Value = "raise",
) -> Value:
    """Without some columns, or without some rows."""
    table = held(run, ref)
    names = columns if columns is not None else labels if axis in (1, "columns") else None
    if names is None or index is not None:
        result = Table(UNFIXED, table.width if columns is None else UNFIXED)
    else:
        found = run.object_at(names)
        count = len(found.items) if isinstance(found, ListObject) and found.rest is None else None
        if isinstance(found, str):
            count = 1
        is_known = count is not None and errors == "raise"
        result = Table(table.rows, table.width - (count or 0) if is_known else UNFIXED)
    return _changed(run, ref, result, inplace)


def _changed(run: Interpreter, ref: Ref, result: Table, inplace: Value) -> Value:
    if inplace is False:
        return run.allocate(result)
    run.state.replace(ref, result)
    return None


@method(Table, "fillna", "interpolate", "ffill", "bfill", "replace", "copy", "sort_values",
        "sort_index", "round", "clip", "abs", "rename", "astype", "shift")  # fmt: skip
def same_shape(run: Interpreter, ref: Ref, *_: Value, inplace: Value = False, **__: Value) -> Value:
    """A table of the same shape."""
    return _changed(run, ref, held(run, ref), inplace)


@method(Table, "dropna", "drop_duplicates", "query", "reset_index", "set_index", "insert",
        "update", "append", "join", "merge", "assign", "select_dtypes", "filter")  # fmt: skip
def other_shape(
    run: Interpreter, ref: Ref, *_: Value, inplace: Value = False, **__: Value
) -> Value:
    """A table of another shape; `insert` and `update` change the table itself."""
    if inplace is not False:
        run.state.replace(ref, Table())
        return None
    run.state.replace(ref, replace(held(run, ref), width=UNFIXED))
    return run.allocate(Table())


@method(Table, "head", "tail", "sample")
def some_rows(run: Interpreter, ref: Ref, n: Value = None, frac: Value = None, **_: Value) -> Value:
    """Some of the rows; all of them for `frac=1`."""
    table = held(run, ref)
    return run.allocate(table if frac == 1 else replace(table, rows=UNFIXED))


@method(Array, "to_numpy")
def series_to_numpy(run: Interpreter, array: Array, dtype: Value = None, **_: Value) -> Value:
    """The numbers of a column as an array of numpy's."""
    plain = replace(array, library="numpy")
    return plain if dtype is None else replace(plain, dtype=dtype_of(run, dtype), values=None)


@attribute(Array, "values")
def series_values(run: Interpreter, array: Array) -> Value:
    """The numbers of a column as an array of numpy's."""
    return replace(array, library="numpy")

"""Tables read from files, made of literals and of arrays."""

from __future__ import annotations

from dataclasses import replace

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.iteration import length_of
from flatlint.evaluation.libraries.numpy.reading import array_of
from flatlint.evaluation.libraries.pandas.tables import Table, column_of
from flatlint.evaluation.objects import DictObject
from flatlint.evaluation.values import Value
from flatlint.graph import Array, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Shape

READERS = ("read_csv", "read_table", "read_fwf", "read_json", "read_parquet", "read_pickle",
           "read_feather", "read_hdf", "read_sql")  # fmt: skip


@models(*(f"pandas.{name}" for name in READERS))
def read(run: Interpreter, *_: Value, **named: Value) -> Value:
    """A table of which nothing is known; some options make it a column or a series of tables."""
    if named.keys() & {"chunksize", "iterator", "squeeze"}:
        return run.unknown(WhyUnknown.FROM_OUTSIDE, "a table in pieces")
    return run.allocate(Table())


@models("pandas.DataFrame")
def data_frame(
    run: Interpreter, data: Value = None, index: Value = None, columns: Value = None, **_: Value
) -> Value:
    """A table of a dict of columns, or of the rows of an array."""
    found = run.object_at(data)
    if isinstance(found, Table):
        return run.allocate(found if columns is None else replace(found, width=UNFIXED))
    if isinstance(found, DictObject):
        is_plain = found.is_whole and columns is None
        rows: Dim = UNFIXED
        if found.entries and index is None:
            rows = length_of(run, next(iter(found.entries.values()))) or UNFIXED
        return run.allocate(Table(rows, len(found.entries) if is_plain else UNFIXED))
    shape = array_of(run, found).shape if isinstance(found, Array) else None
    if isinstance(shape, Shape) and shape.rank == 2:
        return run.allocate(Table(*shape.dims))
    return run.allocate(Table())


@models("pandas.Series")
def series(run: Interpreter, data: Value = None, *_: Value, **__: Value) -> Value:
    """A column."""
    found = run.object_at(data)
    if isinstance(found, DictObject) or data is None:
        return column_of(run, UNFIXED)
    array = array_of(run, found)
    if isinstance(array.shape, Shape) and array.shape.rank == 1:
        return replace(array, library="pandas")
    return column_of(run, UNFIXED)


@models("pandas.get_dummies")
def get_dummies(run: Interpreter, data: Value, *_: Value, **__: Value) -> Value:
    """A column for each value: nobody knows how many."""
    found = run.object_at(data)
    rows: Dim = UNFIXED
    if isinstance(found, Table):
        rows = found.rows
    elif isinstance(found, Array) and isinstance(found.shape, Shape) and found.shape.rank:
        rows = found.shape[0]
    return run.allocate(Table(rows, UNFIXED))

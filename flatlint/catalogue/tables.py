"""The generated tables of one era, read when first asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from flatlint.catalogue.data import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flatlint.catalogue.eras import Era


@cache
def table_of(era: Era) -> Mapping[str, Any]:
    """What `tests/oracle/dump_signatures.py` wrote down of an era."""
    table: dict[str, Any] = read_table(era.label)
    return table


@cache
def tables_of(era: Era) -> tuple[Mapping[str, Any], ...]:
    """The tables of an era, the one that counts first.

    Keras 2 has two: tf_keras 2.21, which is what `tf.keras` was to the end, and standalone Keras
    2.3.1, the last that was not part of TensorFlow.
    """
    table = table_of(era)
    return (table, table["standalone"]) if "standalone" in table else (table,)

"""The generated tables of one era, read when first asked for."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flatlint.catalogue.eras import Era


@cache
def table_of(era: Era) -> Mapping[str, Any]:
    """What `tests/oracle/dump_signatures.py` wrote down of an era."""
    path = files("flatlint.catalogue.data").joinpath(f"{era.label}.json")
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


@cache
def tables_of(era: Era) -> tuple[Mapping[str, Any], ...]:
    """The tables of an era, the one that counts first.

    Keras 2 has two: tf_keras 2.21, which is what `tf.keras` was to the end, and standalone Keras
    2.3.1, the last that was not part of TensorFlow.
    """
    table = table_of(era)
    return (table, table["standalone"]) if "standalone" in table else (table,)

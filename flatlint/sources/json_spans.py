"""Where in a notebook's JSON each cell keeps its source: the least of a parser with positions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecoder
from typing import Any

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = JSONDecoder()


@dataclass(frozen=True)
class JsonValue:
    """A value with the offsets of its literal; `items` are those of a list."""

    value: Any
    start: int
    end: int
    items: tuple[JsonValue, ...] = ()


def located_cells(document: str) -> list[JsonValue | None]:
    """The source of each cell in the order in which cells are numbered; None for no source.

    Cells of format 4 come first, then those of format 3's worksheets.
    """
    start = 1 if document.startswith("\ufeff") else 0
    direct: list[JsonValue | None] = []
    in_sheets: list[JsonValue | None] = []
    for key, at in _members(document, _skip(document, start)):
        if key == "cells":
            direct = list(_sources(document, at))
        elif key == "worksheets":
            in_sheets = []
            for sheet in _elements(document, at):
                for name, cells in _members(document, sheet):
                    if name == "cells":
                        in_sheets += _sources(document, cells)
    return direct + in_sheets


def _sources(document: str, at: int) -> Iterator[JsonValue | None]:
    for cell in _elements(document, at):
        found = dict(_members(document, cell))
        where = found.get("source", found.get("input"))
        yield None if where is None else _located(document, where)


def _located(document: str, start: int) -> JsonValue:
    value, end = _DECODER.raw_decode(document, start)
    items = (
        tuple(_located(document, item) for item in _elements(document, start))
        if isinstance(value, list)
        else ()
    )
    return JsonValue(value, start, end, items)


def _skip(document: str, at: int) -> int:
    found = _SPACE.match(document, at)
    return found.end() if found else at


def _members(document: str, at: int) -> Iterator[tuple[str, int]]:
    """Each key of the object at an offset, with its value's offset; nothing of a non-object."""
    if document[at] != "{":
        return
    at = _skip(document, at + 1)
    while document[at] == '"':
        key, at = _DECODER.raw_decode(document, at)
        at = _skip(document, _skip(document, at) + 1)
        yield key, at
        at = _after_comma(document, at)


def _elements(document: str, at: int) -> Iterator[int]:
    """The offset of each element of the list at an offset; nothing of a non-list."""
    if document[at] != "[":
        return
    at = _skip(document, at + 1)
    while document[at] != "]":
        yield at
        at = _after_comma(document, at)


def _after_comma(document: str, at: int) -> int:
    """Past the value at an offset and the comma that follows, if any."""
    at = _skip(document, _DECODER.raw_decode(document, at)[1])
    return _skip(document, at + 1) if document[at] == "," else at

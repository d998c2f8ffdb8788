"""The texts that the client has open, as they stand in its buffers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from lsprotocol import types
from pygls.uris import to_fs_path

from flatlint.server.positions import ClientPositions, Encoding
from flatlint.sources.reading import from_text
from flatlint.sources.source_file import SourceFile

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Document:
    """One version of an open text."""

    uri: str
    version: int
    source: SourceFile
    encoding: Encoding

    @classmethod
    def opened(cls, item: types.TextDocumentItem, encoding: Encoding) -> Document:
        """A document as the client opens it."""
        return cls(item.uri, item.version, source_of(item.text, item.uri), encoding)

    @cached_property
    def positions(self) -> ClientPositions:
        """The text with positions as the client counts them."""
        return ClientPositions(self.source, self.encoding)

    def changed(
        self, version: int, changes: Iterable[types.TextDocumentContentChangeEvent]
    ) -> Document:
        """The next version. Each change speaks of the text that the one before it left.

        We do this ourselves: pygls parts lines at form feeds too, which the protocol does not.
        """
        source = self.source
        for change in changes:
            source = source_of(_changed(source, change, self.encoding), self.uri)
        return replace(self, version=version, source=source)


def source_of(text: str, uri: str) -> SourceFile:
    """The source that an editor shows; it has a path only where the uri names a file."""
    path = path_of(uri)
    return replace(from_text(text, "<editor>"), path=path, name=uri if path is None else str(path))


def path_of(uri: str) -> Path | None:
    """The file that a uri names, if it names one."""
    path = to_fs_path(uri)
    return None if path is None else Path(path)


def _changed(
    source: SourceFile, change: types.TextDocumentContentChangeEvent, encoding: Encoding
) -> str:
    if not isinstance(change, types.TextDocumentContentChangePartial):
        return change.text
    positions = ClientPositions(source, encoding)
    start, end = positions.offset(change.range.start), positions.offset(change.range.end)
    mark = BYTE_ORDER_MARK if source.has_byte_order_mark else ""
    return f"{mark}{source.text[:start]}{change.text}{source.text[end:]}"
